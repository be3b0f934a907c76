using System.Text;
using NUnit.Framework.Interfaces;

namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>Base of the tests that install MSIs.</summary>
internal abstract class InstalledMsi
{
    protected const string Folder = @"C:\Program Files\qcw-podman";
    protected const string MachineKey = @"HKEY_LOCAL_MACHINE\Software\qcw\Podman";
    protected const string UserKey = @"HKEY_CURRENT_USER\Software\qcw\Podman";
    protected const string MachineEnvironment = @"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Session Manager\Environment";
    protected const string UserEnvironment = @"HKEY_CURRENT_USER\Environment";

    protected static WineSession Windows => MsiWindows.Session;

    /// <summary>The user's folder on drive C:, a Windows path.</summary>
    protected static string Home => @"C:\users\" + Environment.UserName;

    protected static string Settings => Home + @"\AppData\Roaming\containers";

    protected static string ConfigurationFile => Settings + @"\containers.conf.d\99-qcw-machine-provider.conf";

    /// <summary>Wine puts the entries of all users and those of one user into the same folder.</summary>
    protected static string StartMenu => Home + @"\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\Podman (qcw)";

    protected static string UserFolder => Home + @"\AppData\Local\Programs\qcw-podman";

    protected static string MachinePath => Windows.Registry.Read(MachineEnvironment)!["PATH"].AsText;

    [TearDown]
    public void NextTestGetsACleanWindows()
    {
        if (TestContext.CurrentContext.Result.Outcome.Status == TestStatus.Failed)
        {
            MsiWindows.EndSession();
        }
    }

    /// <summary>Runs msiexec without a window.</summary>
    protected static int Msiexec(string arguments) => Windows.Run("msiexec", arguments + " /qn").ExitCode;

    protected static void Install(string msi, string arguments = "") =>
        Assert.That(Msiexec($"/i {msi} {arguments}"), Is.Zero, $"installing {msi} {arguments}");

    // Wine shows the sentence of a launch condition in a window and nowhere else: what stopped it is seen in the log, the sentence in the
    // table
    protected static void AssertRefused(string msi, string arguments)
    {
        string[] before = Drive();
        Assert.That(Msiexec($@"/i {msi} /l*v C:\qcw-refused.log {arguments}"), Is.EqualTo(1603));
        string log = TextOf(@"C:\qcw-refused.log");
        Assert.That(log, Does.Contain("Action start").And.Contain("LaunchConditions").And.Not.Contain("CostInitialize"));
        Assert.That(Drive(), Is.EqualTo(before));
    }

    protected static void Uninstall(string msi)
    {
        Assert.That(Msiexec($"/x {msi}"), Is.Zero, $"uninstalling {msi}");
        Assert.That(Path.Exists(Windows.HostPath(ConfigurationFile)), Is.False, "the configuration file is left");
        Assert.That(
            Directory.Exists(Windows.HostPath(Settings)) && FilesIn(Settings).Length == 0, Is.False,
            "an empty folder is left among the settings");
        Assert.That(Directory.Exists(Windows.HostPath(StartMenu)), Is.False, "the Start menu's folder is left");
    }

    /// <summary>The files below a folder, relative with <c>/</c>, sorted; empty where there is no folder.</summary>
    protected static string[] FilesIn(string folder)
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

    protected static string TextOf(string windowsPath) => File.ReadAllText(Windows.HostPath(windowsPath));

    /// <summary>What Podman reads, lines ended by LF; null where there is no file.</summary>
    protected static string? Configuration =>
        File.Exists(Windows.HostPath(ConfigurationFile)) ? TextOf(ConfigurationFile).ReplaceLineEndings("\n") : null;

    protected static string ConfigurationOf(string provider) => $"[machine]\nprovider=\"{provider}\"\n";

    protected static string VersionIn(string folder) => Windows.RunOk(folder + @"\podman.exe").Trim();

    /// <summary>The entry under Apps &amp; Features, or null.</summary>
    protected static IReadOnlyDictionary<string, RegistryValue>? EntryOf(string root, string productCode) =>
        Windows.Registry.Read($@"{root}\Software\Microsoft\Windows\CurrentVersion\Uninstall\{productCode}");

    /// <summary>All files of drive C: but Windows Installer's own and those of these tests.</summary>
    protected static string[] Drive() =>
        [
            .. Directory
                .EnumerateFileSystemEntries(
                    Windows.DriveC, "*",
                    new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
                .Select(file => Path.GetRelativePath(Windows.DriveC, file))
                .Where(file =>
                    !file.StartsWith("qcw-", StringComparison.Ordinal)
                    && !file.Contains("/Installer", StringComparison.OrdinalIgnoreCase)
                    && !file.Contains("temp/", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>True where a shortcut has a text, which stands in it as UTF-16.</summary>
    protected static bool LinkHas(string name, string text) =>
        File.ReadAllBytes(Windows.HostPath($@"{StartMenu}\{name}.lnk")).AsSpan().IndexOf(Encoding.Unicode.GetBytes(text)) >= 0;
}
