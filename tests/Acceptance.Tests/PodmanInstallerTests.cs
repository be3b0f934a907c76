using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests;

/// <summary>
/// Podman's MSIs of both editions: fresh, over an older version, repaired, refused, uninstalled. Each story begins and ends with a clean
/// Windows.
/// </summary>
[TestFixture(MsiEdition.PerMachine)]
[TestFixture(MsiEdition.PerUser)]
[Category("podman")]
internal sealed class PodmanInstallerTests(MsiEdition edition)
{
    private const string Custom = @"C:\My tools\podman";

    private readonly PodmanWindows windows = new();
    private readonly TemporaryFolder scratch = new();
    private string[] before = null!;

    private bool PerUser => edition == MsiEdition.PerUser;

    private string Folder => PerUser ? PodmanWindows.Home + @"\AppData\Local\Programs\qcw-podman" : PodmanWindows.Folder;

    private string PathVariable =>
        windows
            .Session.Registry.Read(PerUser ? PodmanWindows.UserEnvironment : PodmanWindows.MachineEnvironment)!
            .GetValueOrDefault("PATH")
            ?.AsText
        ?? string.Empty;

    private IReadOnlyDictionary<string, RegistryValue>? Key =>
        windows.Session.Registry.Read((PerUser ? "HKEY_CURRENT_USER" : "HKEY_LOCAL_MACHINE") + @"\Software\qcw\Podman");

    [OneTimeSetUp]
    public void CopyIn()
    {
        string msi = PodmanWindows.MsiOf(edition);
        windows.Session.CopyIn(msi, @"C:\release.msi");
        windows.Session.CopyIn(OlderPodman.Make(msi, edition, scratch.Path), @"C:\older.msi");
        before = windows.FilesIn(@"C:\Program Files");
    }

    [OneTimeTearDown]
    public void End()
    {
        windows.Dispose();
        scratch.Dispose();
    }

    [Test, Order(1)]
    public void It_installs_without_questions()
    {
        Assert.That(windows.Msiexec(@"/i C:\release.msi"), Is.Zero);
        string[] files = windows.FilesIn(Folder);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                files,
                Is.SupersetOf([
                    "podman.exe",
                    "gvproxy.exe",
                    "win-sshproxy.exe",
                    "docs/podman.html",
                    "docs/podman-machine-init.html",
                    "shells/podman-shell.cmd",
                ]));
            Assert.That(files.Count(file => file.StartsWith("docs/", StringComparison.Ordinal)), Is.GreaterThan(150));
            Assert.That(
                files,
                Is.SupersetOf([
                    "licenses/podman/LICENSE",
                    "licenses/gvisor-tap-vsock/LICENSE",
                    "licenses/go/LICENSE",
                    "licenses/podman/modules/github.com/spf13/cobra/LICENSE.txt",
                ]));
            Assert.That(PathVariable, Does.EndWith(Folder + @"\"));
            Assert.That(windows.Configuration, Is.EqualTo("[machine]\nprovider=\"qemu\"\n"));
            Assert.That(windows.AppsAndFeatures(), Is.EqualTo(["Podman for Windows (qcw)"]));
            Assert.That(Key!["InstallDir"].AsText, Is.EqualTo(Folder + @"\"));
        }
    }

    [Test, Order(2)]
    public void The_command_prompt_finds_it() =>
        Assert.That(
            windows.PromptOk("podman --version"),
            Does.Match(@"^podman(\.exe)? version " + ReleaseUnderTest.VersionOf(PodmanWindows.MsiOf(edition))));

    [Test, Order(3)]
    public void It_uninstalls_without_a_trace()
    {
        Assert.That(windows.Msiexec(@"/x C:\release.msi"), Is.Zero);
        AssertClean();
    }

    [Test, Order(4)]
    public void An_older_version_is_upgraded_in_its_folder_with_its_provider()
    {
        Assert.That(windows.Msiexec($@"/i C:\older.msi INSTALLDIR=""{Custom}"" MACHINE_PROVIDER=wsl"), Is.Zero);
        Assert.That(windows.FilesIn(Custom), Does.Contain(OlderPodman.RetiredPage));

        Assert.That(windows.Msiexec(@"/i C:\release.msi"), Is.Zero);
        string[] files = windows.FilesIn(Custom);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Does.Contain("docs/podman-machine-init.html").And.Not.Contain(OlderPodman.RetiredPage));
            Assert.That(windows.FilesIn(Folder), Is.Empty);
            Assert.That(windows.Configuration, Is.EqualTo("[machine]\nprovider=\"wsl\"\n"));
            Assert.That(windows.AppsAndFeatures(), Is.EqualTo(["Podman for Windows (qcw)"]));
            Assert.That(PathVariable, Does.Contain(Custom));
        }
    }

    [Test, Order(5)]
    public void The_older_version_over_it_is_refused_and_changes_nothing()
    {
        string[] files = windows.FilesIn(Custom);
        Assert.That(windows.Msiexec(@"/i C:\older.msi"), Is.EqualTo(1603));
        Assert.That(windows.FilesIn(Custom), Is.EqualTo(files));
    }

    [Test, Order(6)]
    public void A_repair_brings_back_what_is_missing_and_can_change_the_provider()
    {
        File.Delete(windows.Session.HostPath(Custom + @"\gvproxy.exe"));
        File.WriteAllText(windows.Session.HostPath(Custom + @"\podman.exe"), "damaged");
        Assert.That(windows.Msiexec(@"/i C:\release.msi REINSTALL=ALL REINSTALLMODE=amus MACHINE_PROVIDER=hyperv"), Is.Zero);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(windows.FilesIn(Custom), Does.Contain("gvproxy.exe"));
            // by its path: removing an entry of PATH, Wine leaves a semicolon too many, and then its cmd finds nothing behind it
            Assert.That(windows.Session.RunOk(Custom + @"\podman.exe", "--version"), Does.Contain("version"));
            Assert.That(windows.Configuration, Is.EqualTo("[machine]\nprovider=\"hyperv\"\n"));
        }
    }

    [Test, Order(7)]
    public void After_all_that_it_uninstalls_without_a_trace()
    {
        Assert.That(windows.Msiexec(@"/x C:\release.msi"), Is.Zero);
        AssertClean();
    }

    private void AssertClean()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(windows.FilesIn(Folder), Is.Empty);
            Assert.That(windows.FilesIn(Custom), Is.Empty);
            Assert.That(windows.FilesIn(@"C:\Program Files"), Is.EqualTo(before));
            Assert.That(PathVariable, Does.Not.Contain("podman"));
            Assert.That(windows.Configuration, Is.Null);
            Assert.That(windows.AppsAndFeatures(), Is.Empty);
            Assert.That(Key, Is.Null);
        }
    }
}
