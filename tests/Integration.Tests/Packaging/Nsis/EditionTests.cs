namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>The edition for one user, and what the two editions know of each other.</summary>
internal sealed class EditionTests : InstalledProduct
{
    private const string OtherFolder = @"C:\Other place";

    private static readonly RegistryValue SomePath = RegistryValue.FromText(RegistryValue.Text, @"C:\mine;%USERPROFILE%\bin;");

    [Test]
    public void For_one_user_nothing_of_the_machine_is_changed()
    {
        RegistryValue machinePath = MachinePath;
        UserPath = SomePath;
        Windows.RunOk(SetupOne, "/S /CurrentUser /PATH=1");

        Assert.That(FilesIn(UserFolder), Does.Contain("bin/hello.exe").And.Contain("uninstall.exe"));
        Assert.That(Windows.RunOk(UserFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Assert.That(FilesIn(UserStartMenu), Is.EqualTo(new[] { "Command prompt.lnk", "Uninstall.lnk" }));
        Assert.That(UserEntry!["InstallLocation"].AsText, Is.EqualTo(UserFolder));
        Assert.That(UserEntry!["QuietUninstallString"].AsText, Is.EqualTo($"\"{UserFolder}\\uninstall.exe\" /S"));
        Assert.That(UserPath!.AsText, Is.EqualTo($@"{SomePath.AsText};{UserFolder}\bin"));
        Assert.That(UserPath.Type, Is.EqualTo(RegistryValue.Text));
        AssertNothingForAll(machinePath);

        Uninstall(UserFolder);
        Assert.That(UserPath.Data, Is.EqualTo(SomePath.Data));
    }

    [Test]
    public void A_user_without_PATH_has_none_afterwards()
    {
        UserPath = null;
        Windows.RunOk(SetupOne, "/S /CurrentUser /PATH=1");
        Assert.That(UserPath!.AsText, Is.EqualTo($@"{UserFolder}\bin"));
        Assert.That(UserPath.Type, Is.EqualTo(RegistryValue.ExpandedText));
        Uninstall(UserFolder);
        Assert.That(UserPath, Is.Null);
    }

    [TestCase(true), TestCase(false)]
    public void An_upgrade_stays_in_its_edition(bool forAll)
    {
        (string option, string folder) = forAll ? ("/AllUsers", TestProduct.DefaultFolder) : ("/CurrentUser", UserFolder);
        Windows.RunOk(SetupOne, $"/S {option} /COMPONENTS=texts,extra");
        Windows.RunOk(SetupTwo, "/S");
        Assert.That(FilesIn(folder), Does.Contain("doc/more/only-in-2.txt").And.Contain("extra/grüße.txt"));
        Assert.That((UserEntry ?? Entry)!["DisplayVersion"].AsText, Is.EqualTo("2.0-rc1"));
        Assert.That(UserEntry is null, Is.Not.EqualTo(Entry is null), "there is one edition");
        Uninstall(folder);
    }

    [Test]
    public void Both_can_be_installed_and_each_is_removed_by_itself()
    {
        Windows.RunOk(SetupOne, "/S /AllUsers /PATH=1");
        Windows.RunOk(SetupTwo, "/S /CurrentUser");
        Assert.That(Entry!["DisplayVersion"].AsText, Is.EqualTo("1.0"));
        Assert.That(UserEntry!["DisplayVersion"].AsText, Is.EqualTo("2.0-rc1"));
        Assert.That(UserEntry["Qcw.Components"].AsText, Does.Not.Contain("path"), "what was chosen for the other one is not taken over");

        Assert.That(Windows.Run(SetupOne, "/S /CurrentUser").ExitCode, Is.EqualTo(5), "each is compared with its own");
        Uninstall(UserFolder);
        Assert.That(Windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Assert.That(MachinePath.AsText, Does.EndWith(TestProduct.DefaultFolder + @"\bin"));
        Assert.That(FilesIn(StartMenu), Is.Not.Empty);
        Uninstall();
    }

    [Test]
    public void One_cannot_be_installed_into_the_folder_of_the_other()
    {
        Windows.RunOk(SetupOne, $"/S /AllUsers /D={OtherFolder}");
        string[] files = FilesIn(OtherFolder);
        Assert.That(Windows.Run(SetupTwo, $"/S /CurrentUser /D={OtherFolder}").ExitCode, Is.EqualTo(3));
        Assert.That(FilesIn(OtherFolder), Is.EqualTo(files));
        Assert.That(UserEntry, Is.Null);
        Uninstall(OtherFolder);
    }

    [Test]
    public void The_two_options_exclude_each_other() =>
        Assert.That(Windows.Run(SetupOne, "/S /CurrentUser /allusers").ExitCode, Is.EqualTo(3));

    [Test]
    public void A_failure_for_one_user_takes_everything_back()
    {
        UserPath = SomePath;
        string obstacle = Windows.HostPath(UserFolder + @"\extra\grüße.txt");
        Directory.CreateDirectory(obstacle);
        Assert.That(Windows.Run(SetupOne, "/S /CurrentUser /COMPONENTS=texts,extra,menu,path").ExitCode, Is.EqualTo(2));
        Assert.That(FilesIn(UserFolder), Is.Empty);
        Assert.That(UserPath!.Data, Is.EqualTo(SomePath.Data));
        Directory.Delete(Windows.HostPath(UserFolder), recursive: true);
    }
}
