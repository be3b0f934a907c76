namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>What the installer does to the machine's PATH, also to one longer than NSIS's texts (1024) and a command line (8192).</summary>
internal sealed class InstallPathTests : InstalledProduct
{
    private const string Own = TestProduct.DefaultFolder + @"\bin";

    /// <summary>Every program gets PATH in its environment, where 32,767 characters have room: the next test's must start.</summary>
    [TearDown]
    public void UsualPath() => MachinePath = RegistryValue.FromText(RegistryValue.ExpandedText, @"C:\windows\system32;C:\windows");

    [TestCase(RegistryValue.ExpandedText, 12_000, "")]
    [TestCase(RegistryValue.ExpandedText, 1_500, ";")]
    [TestCase(RegistryValue.Text, 0, "")]
    public void An_entry_is_added_and_taken_out_again(int type, int length, string end)
    {
        RegistryValue before = RegistryValue.FromText(type, LongPath(length) + end);
        MachinePath = before;

        Windows.RunOk(SetupOne, "/S /PATH=1");
        Assert.That(MachinePath.AsText, Is.EqualTo(before.AsText + ';' + Own));
        Assert.That(MachinePath.Type, Is.EqualTo(type));

        Uninstall();
        Assert.That(MachinePath.AsText, Is.EqualTo(before.AsText));
        Assert.That(MachinePath.Type, Is.EqualTo(type));
    }

    [Test]
    public void An_entry_that_was_there_before_is_not_touched()
    {
        RegistryValue before = RegistryValue.FromText(RegistryValue.ExpandedText, $@"{Own.ToUpperInvariant()};C:\windows;{Own}\deeper");
        MachinePath = before;

        Windows.RunOk(SetupOne, "/S /COMPONENTS=path");
        Assert.That(MachinePath.AsText, Is.EqualTo(before.AsText));
        Uninstall();
        Assert.That(MachinePath.AsText, Is.EqualTo(before.AsText));
    }

    [Test]
    public void An_upgrade_leaves_the_entry_in_its_place()
    {
        MachinePath = RegistryValue.FromText(RegistryValue.ExpandedText, @"C:\windows;%SystemRoot%\system32");
        Windows.RunOk(SetupOne, "/S /PATH=1");
        MachinePath = RegistryValue.FromText(RegistryValue.ExpandedText, MachinePath.AsText + @";C:\later");

        Windows.RunOk(SetupTwo, "/S");
        Assert.That(MachinePath.AsText, Is.EqualTo($@"C:\windows;%SystemRoot%\system32;{Own};C:\later"));

        Windows.RunOk(SetupTwo, "/S /PATH=0");
        Assert.That(MachinePath.AsText, Is.EqualTo(@"C:\windows;%SystemRoot%\system32;C:\later"));
        Uninstall();
    }

    [Test]
    public void Moving_to_another_folder_moves_the_entry()
    {
        MachinePath = RegistryValue.FromText(RegistryValue.ExpandedText, @"C:\windows");
        Windows.RunOk(SetupOne, "/S /PATH=1");
        Windows.RunOk(SetupTwo, @"/S /D=C:\Other place");
        Assert.That(MachinePath.AsText, Is.EqualTo(@"C:\windows;C:\Other place\bin"));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);

        Uninstall(@"C:\Other place");
        Assert.That(MachinePath.AsText, Is.EqualTo(@"C:\windows"));
    }

    // whether it is asked for or not: the command prompts of Podman put QEMU's folder on their PATH
    [TestCase(@"/PATH=1 /D=C:\a;b", @"C:\a;b")]
    [TestCase(@"/D=C:\a;b\c", @"C:\a;b")]
    [TestCase(@"/D=C:\100%%TEMP%%", "C:\\100%TEMP%")]
    public void A_folder_that_PATH_cannot_hold_is_refused(string arguments, string folder)
    {
        Assert.That(Windows.Run(SetupOne, "/S " + arguments).ExitCode, Is.EqualTo(3));
        Assert.That(Directory.Exists(Windows.HostPath(folder)), Is.False);
    }

    [TestCase("")]
    [TestCase(";")]
    public void An_entry_is_taken_out_of_a_PATH_that_has_become_too_long(string end)
    {
        MachinePath = RegistryValue.FromText(RegistryValue.ExpandedText, @"C:\windows");
        Windows.RunOk(SetupOne, "/S /PATH=1");
        string rest = LongPath(40_000) + end;
        MachinePath = RegistryValue.FromText(RegistryValue.ExpandedText, $"{MachinePath.AsText};{rest}");

        // an upgrade needs no room for an entry that is there
        Windows.RunOk(SetupTwo, "/S");
        Assert.That(MachinePath.AsText, Is.EqualTo($@"C:\windows;{Own};{rest}"));
        Uninstall();
        Assert.That(MachinePath.AsText, Is.EqualTo($@"C:\windows;{rest}"));
    }

    [Test]
    public void An_entry_that_has_no_room_on_PATH_is_refused_before_anything_is_changed()
    {
        const string Other = @"C:\Other place";
        Windows.RunOk(SetupOne, "/S");
        string[] files = FilesIn(TestProduct.DefaultFolder);
        RegistryValue before = RegistryValue.FromText(RegistryValue.ExpandedText, LongPath(32_760));
        MachinePath = before;

        Assert.That(Windows.Run(SetupTwo, $"/S /PATH=1 /D={Other}").ExitCode, Is.EqualTo(2));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EqualTo(files));
        Assert.That(Entry!["DisplayVersion"].AsText, Is.EqualTo("1.0"));
        Assert.That(Directory.Exists(Windows.HostPath(Other)), Is.False);
        Assert.That(MachinePath.AsText, Is.EqualTo(before.AsText));
        Uninstall();
    }

    private static string LongPath(int length)
    {
        string path = @"C:\windows\system32;%SystemRoot%";
        for (int index = 0; path.Length < length; index++)
        {
            path += $@";C:\Program Files\Some program {index}\bin";
        }

        return path;
    }
}
