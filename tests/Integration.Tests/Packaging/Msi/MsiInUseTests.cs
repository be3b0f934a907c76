namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>While programs of the installation run, nothing of it is replaced or removed: not the half of it that is free either.</summary>
internal sealed class MsiInUseTests : InstalledMsi
{
    private const string Flag = @"C:\qcw-running";

    [TearDown]
    public void EndProgram() => File.Delete(Windows.HostPath(Flag));

    [TestCase(MsiWindows.OneMsi, MsiWindows.TwoMsi, "gvproxy.exe")]
    [TestCase(MsiWindows.OneMsi, MsiWindows.TwoMsi, "podman.exe")]
    [TestCase(MsiWindows.UserOneMsi, MsiWindows.UserTwoMsi, "win-sshproxy.exe")]
    public void An_upgrade_a_repair_and_an_uninstallation_are_refused_and_work_when_it_has_ended(string one, string two, string program)
    {
        string folder = one == MsiWindows.UserOneMsi ? UserFolder : Folder;
        Install(one);
        string[] files = FilesIn(folder);
        string path = MachinePath;
        Run(folder, program);
        foreach (string arguments in new[] { $"/i {two}", $"/i {one} REINSTALL=ALL REINSTALLMODE=amus", $"/x {one}" })
        {
            // Wine has a code of its own for it
            Assert.That(Msiexec(arguments), Is.EqualTo(1627).Or.EqualTo(1603), arguments);
            Assert.That(FilesIn(folder), Is.EqualTo(files), arguments);
            Assert.That(VersionIn(folder), Is.EqualTo("podman.exe version 4.5.0-dev"), arguments);
            Assert.That(Configuration, Is.EqualTo(ConfigurationOf("qemu")), arguments);
            Assert.That(MachinePath, Is.EqualTo(path), arguments);
        }

        File.Delete(Windows.HostPath(Flag));
        Wait.Until(() => Msiexec($"/i {two}") == 0, "the program has ended and the upgrade works", 120);
        Assert.That(VersionIn(folder), Is.EqualTo("podman.exe version 4.6.0"));
        Uninstall(two);
    }

    [Test]
    public void A_program_of_the_same_name_elsewhere_runs_on()
    {
        Install(MsiWindows.OneMsi);
        Windows.CopyIn(Windows.HostPath(Folder + @"\gvproxy.exe"), @"C:\qcw-other\gvproxy.exe");
        Run(@"C:\qcw-other", "gvproxy.exe");
        Install(MsiWindows.TwoMsi);
        Uninstall(MsiWindows.TwoMsi);
        Assert.That(File.Exists(Windows.HostPath(Flag)), Is.True);
    }

    [Test]
    public void Folders_that_somebody_has_deleted_can_be_uninstalled()
    {
        Install(MsiWindows.OneMsi);
        Directory.Delete(Windows.HostPath(Folder), recursive: true);
        Uninstall(MsiWindows.OneMsi);
        Assert.That(Directory.Exists(Windows.HostPath(Folder)), Is.False, "a program was made by asking whether it is in use");
    }

    private static void Run(string folder, string program)
    {
        Windows.Start($@"{folder}\{program}", "wait " + Flag);
        Wait.Until(() => File.Exists(Windows.HostPath(Flag)), $"{program} runs", 120);
    }
}
