namespace Qcw.Integration.Tests.Packaging.Nsis;

/// <summary>Somebody without an administrator's rights, see <see cref="WineUser"/> for what that is worth under Wine.</summary>
internal sealed class WithoutRightsTests : InstalledProduct
{
    private const string Reg = @"C:\windows\system32\reg.exe";

    private static readonly string[] Changed = ["Software", @"System\CurrentControlSet\Control\Session Manager\Environment"];

    private WineUser user = null!;

    [SetUp]
    public void LockTheMachine() => user = new WineUser(Windows);

    [Test]
    public void The_registry_of_the_machine_refuses_the_user()
    {
        foreach (string key in Changed)
        {
            Assert.That(user.Run(Reg, $"add \"HKLM\\{key}\" /v mine /d x /f").ExitCode, Is.Not.Zero, key);
            Assert.That(user.Run(Reg, $"query \"HKLM\\{key}\"").ExitCode, Is.Zero, key);
        }

        Assert.That(user.Run(Reg, @"add HKCU\Software\mine /f").ExitCode, Is.Zero);
    }

    [Test]
    public void Without_an_option_it_is_installed_for_the_user()
    {
        using IDisposable closed = user.CloseFolders();
        Assert.That(user.Run(@"C:\windows\system32\cmd.exe", @"/c mkdir ""C:\Program Files\mine""").ExitCode, Is.Not.Zero);
        RegistryValue machinePath = MachinePath;
        Assert.That(user.Run(SetupOne, "/S /PATH=1").ExitCode, Is.Zero);
        Assert.That(Windows.RunOk(UserFolder + @"\bin\hello.exe"), Is.EqualTo("hello 1.0\n"));
        Assert.That(user.Run(SetupTwo, "/S").ExitCode, Is.Zero);
        Assert.That(UserEntry!["DisplayVersion"].AsText, Is.EqualTo("2.0-rc1"));
        AssertNothingForAll(machinePath);

        // in its place: NSIS would first make a temporary folder for administrators, because Wine says that everybody is one
        Assert.That(user.Run(UserFolder + @"\uninstall.exe", $"/S _?={UserFolder}").ExitCode, Is.Zero);
        Assert.That(FilesIn(UserFolder), Is.EqualTo(new[] { "uninstall.exe" }));
        Directory.Delete(Windows.HostPath(UserFolder), recursive: true);
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
}
