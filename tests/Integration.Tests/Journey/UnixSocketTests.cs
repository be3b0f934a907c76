namespace Qcw.Integration.Tests.Journey;

/// <summary>The Unix sockets that the journey of the acceptance tests gives to Wine behave as Windows' own do.</summary>
[TestFixture]
public sealed class UnixSocketTests
{
    private const int AddressInUse = 10048;
    private const int ConnectionRefused = 10061;
    private const int SocketTypeNotSupported = 10044;

    private WineSession windows = null!;
    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void Install()
    {
        folder = new TemporaryFolder();
        windows = new WineSession();
        UnixSocketLayer.InstallInto(windows);
        UnixSocketLayer.Compile(Path.Combine(UnixSocketLayer.Sources, "programs", "sockets.c"), folder["sockets.exe"]);
        GoTestProgram.Build(Path.Combine(UnixSocketLayer.Sources, "programs", "http", "main.go"), folder["http.exe"]);
        windows.CopyIn(folder["sockets.exe"], @"C:\sockets.exe");
        windows.CopyIn(folder["http.exe"], @"C:\http.exe");
    }

    [OneTimeTearDown]
    public void End()
    {
        windows.Dispose();
        folder.Dispose();
    }

    [TestCase(@"C:\windows\temp\c.sock")]
    [TestCase("C:/windows/temp/slashes.sock")]
    [TestCase("relative.sock")]
    [TestCase("/windows/temp/current-drive.sock")]
    public void A_program_in_C_has_them(string path)
    {
        string[] said = windows.RunOk(@"C:\sockets.exe", path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(said, Is.EqualTo((string[])
        [
            $"datagrams: error {SocketTypeNotSupported}",
            $"connect before there is one: error {ConnectionRefused}",
            "bind: ok",
            $"bind again: error {AddressInUse}",
            "listen: ok",
            "client: connect without blocking: ok",
            $"client: peer: family 1, 110 bytes, {path}",
            "server: accepted from: family 1, 2 bytes, no name",
            $"server: own name: family 1, 110 bytes, {path}",
            "server: 4 bytes, ping",
            "client: 4 bytes, pong",
            "server: 0 bytes after the client has closed",
            "the file is still there",
            $"connect to nobody: error {ConnectionRefused}",
            $"connect to no file: error {ConnectionRefused}",
            "bind after the file was deleted: ok",
            "a TCP socket is still one: 1",
        ]));
    }

    [Test]
    public void A_program_in_Go_has_them() =>
        Assert.That(windows.RunOk(@"C:\http.exe", @"C:\windows\temp\go.sock"), Is.EqualTo("""
            listening on unix C:\windows\temp\go.sock
            a second listener is refused: true
            connected to unix C:\windows\temp\go.sock
            /page on unix, C:\windows\temp\go.sock from @
            100 requests, connections: 1
            the file is gone: true
            nobody to connect to: true

            """));

    [Test]
    public void A_program_in_Go_is_told_that_it_gets_no_snapshot_of_a_process()
    {
        GoTestProgram.Build(Path.Combine(UnixSocketLayer.Sources, "programs", "snapshot", "main.go"), folder["snapshot.exe"]);
        windows.CopyIn(folder["snapshot.exe"], @"C:\snapshot.exe");
        Assert.That(windows.RunOk(@"C:\snapshot.exe"), Is.EqualTo("result 120, error 120, snapshot 0\n"));
    }

    [Test]
    public void Without_the_layer_there_are_none()
    {
        using var bare = new WineSession();
        bare.CopyIn(folder["http.exe"], @"C:\http.exe");
        WineResult result = bare.Run(@"C:\http.exe", @"C:\go.sock");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(1));
            Assert.That(result.Output, Does.Contain("socket"), "a Wine that has Unix sockets does not need the layer: remove it");
        }
    }
}
