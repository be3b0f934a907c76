namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>
/// Base of the tests that install the test product: one Windows for all, in which nothing is installed when a test begins.
/// </summary>
internal abstract class InstalledProduct
{
    protected const string StartMenu = @"C:\ProgramData\Microsoft\Windows\Start Menu\Programs\" + TestProduct.Name;
    protected const string EnvironmentKey = @"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Session Manager\Environment";
    protected const string SetupOne = @"C:\one.exe";
    protected const string SetupTwo = @"C:\two.exe";

    protected TestProduct Product { get; private set; } = null!;

    protected WineSession Windows { get; private set; } = null!;

    protected IReadOnlyDictionary<string, RegistryValue>? Entry => Windows.Registry.Read(TestProduct.UninstallKey);

    protected RegistryValue MachinePath
    {
        get => Windows.Registry.Read(EnvironmentKey)!["Path"];
        set => Windows.Registry.Write(EnvironmentKey, "Path", value);
    }

    [OneTimeSetUp]
    public void MakeProduct()
    {
        Product = new TestProduct();
        StartWindows();
    }

    [OneTimeTearDown]
    public void EndWindows()
    {
        Windows?.Dispose();
        Product?.Dispose();
    }

    /// <summary>
    /// Every test ends with an uninstallation, or changed nothing; where one did not come so far, the next gets a fresh Windows.
    /// </summary>
    [TearDown]
    public void NothingIsLeft()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
        {
            Windows.Dispose();
            StartWindows();
            return;
        }

        Assert.That(Entry, Is.Null, "the registry entry is left");
        Assert.That(Directory.Exists(Windows.HostPath(StartMenu)), Is.False, "the Start menu's folder is left");
        Wait.Until(() => !Directory.Exists(Windows.HostPath(TestProduct.DefaultFolder)), "the install folder is gone", 10);
    }

    /// <summary>The files below a folder, relative with <c>/</c>, sorted; empty where there is no folder.</summary>
    protected string[] FilesIn(string folder)
    {
        string host = Windows.HostPath(folder);
        return Directory.Exists(host)
            ?
            [
                .. Directory
                    .EnumerateFiles(host, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(host, file))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    /// <summary>Uninstalls. The folder goes after the uninstaller in it, so nothing may be looked for in between.</summary>
    protected void Uninstall(string folder = TestProduct.DefaultFolder)
    {
        Windows.Uninstall($@"{folder}\uninstall.exe");
        string host = Windows.HostPath(folder);
        Wait.Until(
            () => !Directory.Exists(host) || HasFiles(host), "the uninstaller has removed its folder, unless there are other files in it",
            10);
    }

    private static bool HasFiles(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Any();
        }
        catch (DirectoryNotFoundException)
        {
            return false; // it has gone meanwhile
        }
    }

    private void StartWindows()
    {
        Windows = new WineSession();
        Windows.CopyIn(Product.One, SetupOne);
        Windows.CopyIn(Product.Two, SetupTwo);
    }
}
