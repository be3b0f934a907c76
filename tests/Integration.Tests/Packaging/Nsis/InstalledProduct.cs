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

    private const string UserEnvironmentKey = @"HKEY_CURRENT_USER\Environment";

    protected static readonly string UserFolder = $@"C:\users\{Environment.UserName}\AppData\Local\Programs\{TestProduct.Id}";

    protected static readonly string UserStartMenu =
        $@"C:\users\{Environment.UserName}\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\{TestProduct.Name}";

    protected TestProduct Product { get; private set; } = null!;

    protected WineSession Windows { get; private set; } = null!;

    protected IReadOnlyDictionary<string, RegistryValue>? Entry => Windows.Registry.Read(TestProduct.UninstallKey);

    protected IReadOnlyDictionary<string, RegistryValue>? UserEntry =>
        Windows.Registry.Read(TestProduct.UninstallKey.Replace("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", StringComparison.Ordinal));

    /// <summary>PATH of the user; null: the user has none.</summary>
    protected RegistryValue? UserPath
    {
        get => Windows.Registry.Read(UserEnvironmentKey)!.GetValueOrDefault("Path");
        set
        {
            if (value is not null)
            {
                Windows.Registry.Write(UserEnvironmentKey, "Path", value);
            }
            else if (UserPath is not null)
            {
                Windows.RunOk("reg", $"delete {UserEnvironmentKey} /v Path /f");
            }
        }
    }

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

        Assert.That(Entry ?? UserEntry, Is.Null, "the registry entry is left");
        Assert.That(
            Directory.Exists(Windows.HostPath(StartMenu)) || Directory.Exists(Windows.HostPath(UserStartMenu)), Is.False,
            "the Start menu's folder is left");
        foreach (string folder in (string[])[TestProduct.DefaultFolder, UserFolder])
        {
            Wait.Until(() => !Directory.Exists(Windows.HostPath(folder)), "the install folder is gone", 10);
        }
    }

    /// <summary>Nothing is installed for all users, and their PATH is as it was.</summary>
    protected void AssertNothingForAll(RegistryValue machinePath)
    {
        Assert.That(Entry, Is.Null);
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);
        Assert.That(FilesIn(StartMenu), Is.Empty);
        Assert.That(MachinePath.Data, Is.EqualTo(machinePath.Data));
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
