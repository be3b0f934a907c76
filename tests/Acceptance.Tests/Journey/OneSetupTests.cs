namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// The short way: the one setup program, installed by somebody who is no administrator, and the prompt that it puts into the Start menu.
/// </summary>
[TestFixture]
internal sealed class OneSetupTests() : JourneyStory(Installation.OneSetup)
{
    private const string Folder = Installation.SetupFolder;

    private static string Home => PodmanWindows.Home;

    [Test, Order(1)]
    public void A_machine_is_made_with_the_QEMU_beside_Podman() =>
        Assert.That(Machine.Init(Image), Does.Contain("Machine init complete"));

    [Test, Order(2)]
    public void It_starts()
    {
        Assert.That(Machine.Start(), Does.Contain("started successfully"));
        Assert.That(Machine.Emulators, Has.Count.EqualTo(1));
    }

    [Test, Order(3)]
    public void A_container_answers()
    {
        int port = Ports.Free();
        Machine.Do(@"podman load -i C:\Downloads\web.tar");
        Machine.Do($"podman run -d --rm --name web -p {port}:80 {ContainerImage.Name}");
        Assert.That(Fetch(port), Is.EqualTo(ContainerImage.Page));
    }

    [Test, Order(4)]
    public void While_it_runs_nothing_is_uninstalled()
    {
        Assert.That(Uninstall(), Is.EqualTo(6));
        Assert.That(Windows.Session.HostPath(Home + Folder + @"\podman\podman.exe"), Does.Exist);
        Machine.Stop();
        Assert.That(Machine.Emulators, Is.Empty);
    }

    [Test, Order(5)]
    public void Uninstalling_leaves_nothing_but_the_machine()
    {
        Assert.That(Uninstall(), Is.Zero);
        string folder = Windows.Session.HostPath(Home + Folder);
        Assert.That(
            Directory.GetFileSystemEntries(folder).Select(Path.GetFileName), Is.EqualTo(new[] { "uninstall.exe" }), "it was waited for");
        Assert.That(
            Windows.Session.HostPath(Home + @"\AppData\Roaming\containers\containers.conf.d\99-qcw-machine-provider.conf"), Does.Not.Exist);
        AssertDiskIsUndamaged();
    }

    private int Uninstall() =>
        Windows.Session.Run(Home + Folder + @"\uninstall.exe", $"/S _?={Home}{Folder}").ExitCode;
}
