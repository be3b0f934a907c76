namespace Qcw.Acceptance.Tests;

/// <summary>qcw-utils.ps1 of the release installs from the release's own folder, and its command prompts have the release's XZ.</summary>
[TestFixture]
[Category("qcw-utils")]
public sealed class UtilsTests
{
    private const string Home = @"C:\my tools\qcw-utils";
    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        windows = new WineSession();
        ProcessResult result = Pwsh.Run(
            ReleaseUnderTest.Folder,
            ["-File", ReleaseUnderTest.File("qcw-utils.ps1"), "-Offline", ReleaseUnderTest.Folder, "-Target", windows.HostPath(Home)]);
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [TestCase("default"), TestCase("qemu"), TestCase("wsl"), TestCase("hyperv")]
    public void Xz_runs_in_each_command_prompt(string provider)
    {
        File.WriteAllText(windows.HostPath(@"C:\start.bat"), $"@\"{Home}\\shells\\podman-{provider}.bat\" xz --version\r\n");
        string version = ReleaseUnderTest.VersionOf(ReleaseUnderTest.File("xz-*.zip"));
        Assert.That(windows.RunOk("cmd", @"/c C:\start.bat"), Does.Contain($"xz (XZ Utils) {version}"));
    }
}
