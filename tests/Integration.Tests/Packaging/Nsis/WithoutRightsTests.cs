namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>Somebody without an administrator's rights, see <see cref="WineUser"/> for what that is worth under Wine.</summary>
internal sealed class WithoutRightsTests : InstalledProduct
{
    private WineUser user = null!;

    private static readonly string[] Changed = ["Software", @"System\CurrentControlSet\Control\Session Manager\Environment"];

    [SetUp]
    public void LockTheMachine() => user = new WineUser(Windows);

    [Test]
    public void The_registry_of_the_machine_refuses_the_user()
    {
        foreach (string key in Changed)
        {
            Assert.That(user.Run(Reg, $@"add HKLM\{key} /v mine /d x /f").ExitCode, Is.Not.Zero, key);
            Assert.That(user.Run(Reg, $@"query HKLM\{key}").ExitCode, Is.Zero, key);
        }

        Assert.That(user.Run(Reg, @"add HKCU\Software\mine /f").ExitCode, Is.Zero);
    }

    [Test]
    public void Without_an_option_it_is_installed_for_the_user()
    {
        RegistryValue machinePath = MachinePath;
        Assert.That(user.Run(SetupOne, "/S /PATH=1").ExitCode, Is.Zero);
        Assert.That(Windows.RunOk(UserFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Assert.That(user.Run(SetupTwo, "/S").ExitCode, Is.Zero);
        Assert.That(UserEntry!["DisplayVersion"].AsText, Is.EqualTo("2.0-rc1"));
        AssertNothingForAll(machinePath);

        Assert.That(user.Run(UserFolder + @"\uninstall.exe", "/S").ExitCode, Is.Zero);
        Wait.Until(() => !Directory.Exists(Windows.HostPath(UserFolder)), "the user's uninstaller has removed its folder", 20);
        Assert.That(UserPath, Is.Null);
    }

    [Test]
    public void For_all_users_an_administrator_is_needed()
    {
        Assert.That(user.Run(SetupOne, "/S /AllUsers").ExitCode, Is.EqualTo(7));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.Empty);

        Windows.RunOk(SetupOne, "/S");
        string[] files = FilesIn(TestProduct.DefaultFolder);
        Assert.That(user.Run(SetupTwo, "/S").ExitCode, Is.EqualTo(7), "an upgrade stays in its edition");
        Assert.That(
            user.Run(TestProduct.DefaultFolder + @"\uninstall.exe", $"/S _?={TestProduct.DefaultFolder}").ExitCode, Is.EqualTo(7));
        Assert.That(FilesIn(TestProduct.DefaultFolder), Is.EqualTo(files));
        Assert.That(Entry!["DisplayVersion"].AsText, Is.EqualTo("1.0"));
        Assert.That(UserEntry, Is.Null);
        Uninstall();
    }

    private const string Reg = @"C:\windows\system32\reg.exe";
}
