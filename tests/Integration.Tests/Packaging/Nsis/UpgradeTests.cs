namespace Qcw.Integration.Tests.Packaging.Nsis;

internal sealed class UpgradeTests : InstalledProduct
{
    private const string Folder = @"C:\Tools of mine\product";

    [Test]
    public void An_upgrade_keeps_folder_choices_and_the_users_files()
    {
        Windows.RunOk(SetupOne, $"/S /COMPONENTS=texts,extra /D={Folder}");
        File.WriteAllText(Windows.HostPath(Folder + @"\doc\more\mine.txt"), "mine");

        Windows.RunOk(SetupTwo, "/S");
        Assert.That(FilesIn(Folder), Is.EquivalentTo(new[]
        {
            "bin/hello.exe", "bin/libgreeting-1.dll", "licenses/LICENSE.txt", "uninstall.exe",
            "doc/common $INSTDIR [x].txt", "doc/more/only-in-2.txt", "doc/more/mine.txt", "extra/grüße.txt",
        }));
        Assert.That(Windows.RunOk(Folder + @"\bin\hello.exe"), Is.EqualTo("hello 2.0-rc1\n"));
        Assert.That(Entry!["DisplayVersion"].AsText, Is.EqualTo("2.0-rc1"));
        Assert.That(Directory.Exists(Windows.HostPath(StartMenu)), Is.False, "it was not chosen for 1.0");
        Assert.That(Directory.Exists(Windows.HostPath(TestProduct.DefaultFolder)), Is.False);

        Uninstall(Folder);
        Assert.That(FilesIn(Folder), Is.EqualTo(new[] { "doc/more/mine.txt" }));
        Directory.Delete(Windows.HostPath(Folder), recursive: true);
    }

    [Test]
    public void Installing_the_same_version_again_repairs_it()
    {
        Windows.RunOk(SetupOne, "/S");
        string[] files = FilesIn(TestProduct.DefaultFolder);
        File.Delete(Windows.HostPath(TestProduct.DefaultFolder + @"\bin\libgreeting-1.dll"));
        File.WriteAllText(Windows.HostPath(TestProduct.DefaultFolder + @"\bin\hello.exe"), "damaged");

        Windows.RunOk(SetupOne, "/S");
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EqualTo(files));
        Assert.That(Windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Uninstall();
    }

    [Test]
    public void A_downgrade_has_to_be_asked_for()
    {
        Windows.RunOk(SetupTwo, "/S");
        Assert.That(Windows.Run(SetupOne, "/S").ExitCode, Is.EqualTo(5));
        Assert.That(Windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"), Is.EqualTo("hello 2.0-rc1\n"));

        Windows.RunOk(SetupOne, "/S /DOWNGRADE");
        Assert.That(Windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Uninstall();
    }

    [Test]
    public void A_program_in_use_stops_an_upgrade_before_anything_is_changed()
    {
        const string Flag = @"C:\running";
        Windows.RunOk(SetupOne, "/S");
        string[] files = FilesIn(TestProduct.DefaultFolder);
        Windows.Start(TestProduct.DefaultFolder + @"\bin\hello.exe", "wait " + Flag);
        Wait.Until(() => File.Exists(Windows.HostPath(Flag)), "the program runs");

        Assert.That(Windows.Run(SetupTwo, "/S").ExitCode, Is.EqualTo(6));
        Assert.That(
            Windows.Run(TestProduct.DefaultFolder + @"\uninstall.exe", $"/S _?={TestProduct.DefaultFolder}").ExitCode, Is.EqualTo(6));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EqualTo(files));
        Assert.That(Entry!["DisplayVersion"].AsText, Is.EqualTo("1.0"));

        File.Delete(Windows.HostPath(Flag));
        Wait.Until(() => Windows.Run(SetupTwo, "/S").ExitCode == 0, "the program has ended and the upgrade works");
        Uninstall();
    }

    [Test]
    public void A_program_in_use_is_left_alone_where_nothing_is_registered()
    {
        const string Flag = @"C:\running";
        Windows.RunOk(SetupOne, "/S");
        Windows.RunOk("reg", $"delete {TestProduct.UninstallKey} /f");
        string[] files = FilesIn(TestProduct.DefaultFolder);
        Windows.Start(TestProduct.DefaultFolder + @"\bin\hello.exe", "wait " + Flag);
        Wait.Until(() => File.Exists(Windows.HostPath(Flag)), "the program runs");

        Assert.That(Windows.Run(SetupTwo, "/S").ExitCode, Is.EqualTo(6));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EqualTo(files));
        Assert.That(Entry, Is.Null);

        File.Delete(Windows.HostPath(Flag));
        Wait.Until(() => Windows.Run(SetupOne, "/S").ExitCode == 0, "the program has ended");
        Uninstall();
    }

    [Test]
    public void A_folder_that_cannot_be_made_leaves_the_older_version_alone()
    {
        Windows.RunOk(SetupOne, "/S");

        // under Wine Z: is this machine's root, and nobody can make a folder in /proc
        Assert.That(Windows.Run(SetupTwo, @"/S /D=Z:\proc\product").ExitCode, Is.EqualTo(2));
        Assert.That(Windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Uninstall();
    }

    [Test]
    public void A_file_that_cannot_be_written_takes_everything_back()
    {
        // a folder stands where the last section's file has to go
        string obstacle = Windows.HostPath(TestProduct.DefaultFolder + @"\extra\grüße.txt");
        Directory.CreateDirectory(obstacle);
        Assert.That(Windows.Run(SetupOne, "/S /COMPONENTS=texts,extra,menu,path").ExitCode, Is.EqualTo(2));

        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);
        Assert.That(MachinePath.AsText, Does.Not.Contain(TestProduct.Id));
        Directory.Delete(Windows.HostPath(TestProduct.DefaultFolder), recursive: true);
    }

    [TestCase(@"C:\")]
    [TestCase("product")]
    [TestCase(@"C:\windows\notepad.exe\product")]
    [TestCase("\"C:\\in quotes\"")]
    public void What_cannot_be_a_folder_is_refused(string folder)
    {
        Assert.That(Windows.Run(SetupOne, "/S /D=" + folder).ExitCode, Is.EqualTo(3));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);
    }
}
