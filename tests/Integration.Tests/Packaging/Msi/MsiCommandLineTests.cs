namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>Folders and properties of the command line that would end in something else than was meant.</summary>
internal sealed class MsiCommandLineTests : InstalledMsi
{
    private const string Semicolon = @"C:\a;b";

    [TestCase(@"""C:\a;b""")]
    [TestCase(@"""C:\100%%TEMP%%""")]
    [TestCase("tools")]
    [TestCase(@"C:\")]
    [TestCase("C:")]
    [TestCase("C:/tools/podman")]
    [TestCase(@"\\server\share\podman")]
    public void A_folder_that_PATH_cannot_hold_or_that_is_none_is_refused(string folder)
    {
        string path = MachinePath;
        AssertRefused(MsiWindows.OneMsi, $"INSTALLDIR={folder}");
        AssertRefused(MsiWindows.UserOneMsi, $"INSTALLDIR={folder} ADDLOCAL=main");
        Assert.That(MachinePath, Is.EqualTo(path));
    }

    [TestCase(@"C:\qcw tools\", @"C:\qcw tools\")]
    [TestCase(@"C:\qcw-R&D [x] {y} it's (1) = ^!", @"C:\qcw-R&D [x] {y} it's (1) = ^!\")]
    public void Any_other_folder_is_an_entry_of_PATH_while_it_is_installed(string folder, string entry)
    {
        Install(MsiWindows.OneMsi, $"INSTALLDIR=\"{folder}\"");
        Assert.That(MachinePath.Split(';').Count(item => item == entry), Is.EqualTo(1));
        Assert.That(FilesIn(entry), Does.Contain("podman.exe"));
        Install(MsiWindows.TwoMsi);
        Assert.That(FilesIn(entry), Does.Contain("docs/tutorials/new.html"));
        Uninstall(MsiWindows.TwoMsi);
        Assert.That(MachinePath, Does.Not.Contain("qcw"));
        Assert.That(Directory.Exists(Windows.HostPath(entry)), Is.False);
    }

    [Test]
    public void A_folder_that_an_older_version_has_accepted_can_be_left_and_uninstalled()
    {
        const string Older = @"C:\qcw-older.msi";
        using var folder = new TemporaryFolder();
        Windows.CopyIn(Windows.HostPath(MsiWindows.OneMsi), Older);
        string none = folder.Write(
            "LaunchCondition.idt", "Condition\tDescription\r\ns255\tl255\r\nLaunchCondition\tCondition\r\n"u8.ToArray());
        ProcessRunner.Run(new ProcessRequest("msibuild", Windows.HostPath(Older), "-i", none));
        Install(Older, $"INSTALLDIR=\"{Semicolon}\" REMOVE=path ADDLOCAL=main");
        Assert.That(FilesIn(Semicolon), Does.Contain("podman.exe"));
        Assert.That(Msiexec($"/i {MsiWindows.TwoMsi}"), Is.EqualTo(1603));
        Install(MsiWindows.TwoMsi, $"INSTALLDIR=\"{Folder}\"");
        Assert.That(FilesIn(Semicolon), Is.Empty);
        Uninstall(MsiWindows.TwoMsi);

        Install(Older, $"INSTALLDIR=\"{Semicolon}\" ADDLOCAL=main");
        Uninstall(MsiWindows.OneMsi);
        Assert.That(FilesIn(Semicolon), Is.Empty);
    }

    [Test]
    public void A_change_of_features_does_not_move_a_half_of_the_installation()
    {
        Install(MsiWindows.OneMsi, "ADDLOCAL=main");
        AssertRefused(MsiWindows.OneMsi, @"ADDLOCAL=docs INSTALLDIR=C:\qcw-other");
        Install(MsiWindows.OneMsi, @"ADDLOCAL=docs INSTALLDIR=""c:\program files\QCW-podman""");
        Assert.That(FilesIn(Folder), Does.Contain("docs/podman.html").And.Contain("podman.exe"));
        Uninstall(MsiWindows.OneMsi);
        Assert.That(FilesIn(Folder), Is.Empty);
    }

    [TestCase(MsiWindows.OneMsi, "ALLUSERS=\"\"")]
    [TestCase(MsiWindows.OneMsi, "ALLUSERS=2 MSIINSTALLPERUSER=1")]
    [TestCase(MsiWindows.OneMsi, "MSIINSTALLPERUSER=1")]
    [TestCase(MsiWindows.UserOneMsi, "ALLUSERS=1")]
    [TestCase(MsiWindows.UserOneMsi, "ALLUSERS=2")]
    public void An_edition_does_not_install_for_whom_the_other_one_is(string msi, string arguments) => AssertRefused(msi, arguments);

    [TestCase(MsiWindows.OneMsi, "ALLUSERS=1")]
    [TestCase(MsiWindows.OneMsi, "ALLUSERS=2")]
    [TestCase(MsiWindows.UserOneMsi, "ALLUSERS=\"\"")]
    [TestCase(MsiWindows.UserOneMsi, "MSIINSTALLPERUSER=1")]
    public void What_an_edition_does_anyway_may_be_asked_for(string msi, string arguments)
    {
        Install(msi, arguments);
        Assert.That(FilesIn(msi == MsiWindows.OneMsi ? Folder : UserFolder), Does.Contain("podman.exe"));
        Uninstall(msi);
    }

    [TestCase(MsiWindows.OneMsi)]
    [TestCase(MsiWindows.UserOneMsi)]
    [TestCase(MsiWindows.UserFiveMsi)]
    public void Settings_that_are_out_of_reach_are_not_looked_at_where_nothing_is_written_there(string msi)
    {
        const string Key = @"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders";
        RegistryValue before = Windows.Registry.Read(Key)!["AppData"];
        Windows.Registry.Write(Key, "AppData", RegistryValue.FromText(RegistryValue.Text, @"Q:\away"));
        Install(msi, @"MACHINE_PROVIDER=none /l*v C:\qcw-away.log");
        Assert.That(
            TextOf(@"C:\qcw-away.log").Split('\n').Select(line => line.Trim())
                .Where(line => line.Contains(@"= Q:\away", StringComparison.Ordinal)).Distinct(),
            Is.EqualTo(new[] { @"Property(S): AppDataFolder = Q:\away\" }));
        Uninstall(msi);
        Windows.Registry.Write(Key, "AppData", before);
    }

    [TestCase(MsiWindows.OneMsi, MachineEnvironment)]
    [TestCase(MsiWindows.UserOneMsi, UserEnvironment)]
    public void The_entry_is_taken_out_of_a_PATH_that_has_become_too_long(string msi, string environment)
    {
        RegistryValue? before = Windows.Registry.Read(environment)?.GetValueOrDefault("PATH");
        Install(msi);
        string path = Windows.Registry.Read(environment)!["PATH"].AsText;
        string rest = string.Concat(Enumerable.Range(0, 1000).Select(index => $@";C:\Program Files\Some program {index}\bin"));
        Windows.Registry.Write(environment, "PATH", RegistryValue.FromText(RegistryValue.ExpandedText, path + rest));
        Uninstall(msi);
        string left = Windows.Registry.Read(environment)!["PATH"].AsText;
        Assert.That(left, Does.Not.Contain("qcw-podman").And.EndsWith(rest[1..]).And.Length.GreaterThan(32_766));
        Windows.Registry.Write(environment, "PATH", before ?? RegistryValue.FromText(RegistryValue.Text, string.Empty));
    }
}
