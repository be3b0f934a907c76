namespace Qcw.Integration.Tests.Packaging.Nsis;

internal sealed class InstallTests : InstalledProduct
{
    private static readonly string[] Required = ["bin/hello.exe", "bin/libgreeting-1.dll", "licenses/LICENSE.txt", "uninstall.exe"];
    private static readonly string[] Texts = ["doc/common $INSTDIR [x].txt", "doc/more/only-in-1.txt"];

    [Test]
    public void A_silent_install_brings_the_default_sections()
    {
        RegistryValue path = MachinePath;
        Windows.RunOk(SetupOne, "/S");

        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EquivalentTo(Required.Concat(Texts)));
        Assert.That(Windows.RunOk(TestProduct.DefaultFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Assert.That(
            FilesIn(StartMenu), Is.EqualTo(new[] { "Command prompt.lnk", "Uninstall.lnk" }),
            "the section of the third shortcut's file was not chosen");
        Assert.That(MachinePath.AsText, Is.EqualTo(path.AsText));
        string library = Windows.HostPath(TestProduct.DefaultFolder + @"\bin\libgreeting-1.dll");
        Assert.That(File.GetLastWriteTimeUtc(library), Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(TestProduct.Epoch).UtcDateTime));

        Uninstall();
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);
    }

    [Test]
    public void Apps_and_Features_shows_what_was_installed()
    {
        Windows.RunOk(SetupOne, "/S");
        IReadOnlyDictionary<string, RegistryValue> entry = Entry!;
        long bytes = Directory.EnumerateFiles(Windows.HostPath(TestProduct.DefaultFolder), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith("uninstall.exe", StringComparison.Ordinal)).Sum(file => new FileInfo(file).Length);

        Assert.Multiple(() =>
        {
            Assert.That(entry["DisplayName"].AsText, Is.EqualTo(TestProduct.Name));
            Assert.That(entry["DisplayVersion"].AsText, Is.EqualTo("1.0"));
            Assert.That(entry["Publisher"].AsText, Is.EqualTo("qcw tests"));
            Assert.That(entry["URLInfoAbout"].AsText, Is.EqualTo("https://example.org/product"));
            Assert.That(entry["DisplayIcon"].AsText, Is.EqualTo(TestProduct.DefaultFolder + @"\bin\hello.exe"));
            Assert.That(entry["InstallLocation"].AsText, Is.EqualTo(TestProduct.DefaultFolder));
            Assert.That(entry["UninstallString"].AsText, Is.EqualTo($"\"{TestProduct.DefaultFolder}\\uninstall.exe\""));
            Assert.That(entry["QuietUninstallString"].AsText, Is.EqualTo($"\"{TestProduct.DefaultFolder}\\uninstall.exe\" /S"));
            Assert.That(entry["InstallDate"].AsText, Does.Match("^20[0-9]{6}$"));
            Assert.That(entry["NoModify"].AsNumber, Is.EqualTo(1));
            Assert.That(entry["NoRepair"].AsNumber, Is.EqualTo(1));
            Assert.That(
                entry["EstimatedSize"].AsNumber, Is.EqualTo(bytes / 1024.0).Within(6), "in KB; each of the six files is rounded up");
        });
        Uninstall();
    }

    [Test]
    public void The_command_line_chooses_components_and_a_folder_with_spaces()
    {
        const string Folder = @"C:\My Tools\test product";
        Windows.RunOk(SetupOne, $"/S /COMPONENTS=extra,menu /D={Folder}");

        Assert.That(FilesIn(Folder), Is.EquivalentTo(Required.Append("extra/grüße.txt")));
        Assert.That(FilesIn(StartMenu), Does.Contain("Extra text.lnk"));
        Assert.That(Entry!["InstallLocation"].AsText, Is.EqualTo(Folder));

        Uninstall(Folder);
        Assert.That(Directory.Exists(Windows.HostPath(Folder)), Is.False);
    }

    [Test]
    public void No_optional_component_at_all_is_a_choice_too()
    {
        Windows.RunOk(SetupOne, "/S /COMPONENTS=");
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EquivalentTo(Required));
        Assert.That(Directory.Exists(Windows.HostPath(StartMenu)), Is.False);
        Uninstall();
    }

    [TestCase("/COMPONENTS=texts,typo")]
    [TestCase("/COMPONENT=texts")]
    [TestCase("/PATH=yes")]
    [TestCase("/silent")]
    public void What_the_command_line_does_not_know_is_refused(string option)
    {
        Assert.That(Windows.Run(SetupOne, "/S " + option).ExitCode, Is.EqualTo(3));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);
    }

    [Test]
    public void An_old_Windows_is_refused()
    {
        const string Key = @"HKEY_CURRENT_USER\Software\Wine\AppDefaults\one.exe";
        Windows.Registry.Write(Key, "Version", RegistryValue.FromText(RegistryValue.Text, "win81"));
        Assert.That(Windows.Run(SetupOne, "/S").ExitCode, Is.EqualTo(4));
        Windows.RunOk("reg", $"delete {Key} /f");
    }

    [TestCase(@"C:\Інструменти\test product"), TestCase(@"C:\工具\test product")]
    public void A_folder_may_have_letters_that_the_code_page_lacks(string folder)
    {
        Windows.RunOk(SetupOne, $"/S /D={folder}");
        Assert.That(FilesIn(folder), Is.EquivalentTo(Required.Concat(Texts)));
        Assert.That(Entry!["InstallLocation"].AsText, Is.EqualTo(folder));
        Uninstall(folder);
    }

    [TestCase("17763", @"C:\Інструменти\test product", 4), TestCase("17763", @"C:\工具\test product", 4)]
    [TestCase("17763", @"C:\Outils préférés\test product", 0, TestName = "The_code_page_1252_has_accents")]
    [TestCase("18362", @"C:\Інструменти\test product", 0)]
    public void Before_1903_the_letters_of_the_folder_must_be_in_the_code_page(string build, string folder, int exitCode)
    {
        const string Key = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
        RegistryValue before = Windows.Registry.Read(Key)!["CurrentBuildNumber"];
        Windows.Registry.Write(Key, "CurrentBuildNumber", RegistryValue.FromText(RegistryValue.Text, build));
        Assert.That(Windows.Run(SetupOne, $"/S /D={folder}").ExitCode, Is.EqualTo(exitCode));
        Windows.Registry.Write(Key, "CurrentBuildNumber", before);
        Assert.That(Directory.Exists(Windows.HostPath(folder)), Is.EqualTo(exitCode == 0));
        if (exitCode == 0)
        {
            Uninstall(folder);
        }
    }

    [Test]
    public void Uninstalling_leaves_what_is_not_its_own()
    {
        Windows.RunOk(SetupOne, "/S /COMPONENTS=texts");
        string[] own = ["doc/more/mine.txt", "extra/grüße.txt", "note.txt"]; // the second is the name of a file that was not chosen
        foreach (string name in own)
        {
            string file = Path.Combine(Windows.HostPath(TestProduct.DefaultFolder), name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "mine");
        }

        Uninstall();
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EqualTo(own));
        Directory.Delete(Windows.HostPath(TestProduct.DefaultFolder), recursive: true);
    }
}
