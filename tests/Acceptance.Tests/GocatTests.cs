using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Qcw.Acceptance.Tests;

/// <summary>The zip of gocat, unpacked and used.</summary>
[TestFixture]
[Category("gocat")]
public sealed class GocatTests
{
    private const string Program = @"C:\gocat\bin\gocat.exe";

    private WineSession windows = null!;
    private string version = null!;

    [OneTimeSetUp]
    public void Unpack()
    {
        string zip = ReleaseUnderTest.File("gocat-*.zip");
        version = ReleaseUnderTest.VersionOf(zip).Split('-')[0]; // commits after the tag are not in it
        windows = new WineSession();
        ZipFile.ExtractToDirectory(zip, windows.HostPath(@"C:\gocat"));
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test]
    public void Says_its_version() => Assert.That(windows.RunOk(Program, "version"), Is.EqualTo(version + "\n"));

    [Test]
    public void Its_help_lists_both_directions() =>
        Assert.That(windows.RunOk(Program, "--help"), Does.Contain("tcp-to-unix").And.Contain("unix-to-tcp"));

    [Test]
    public void Has_licence_texts() =>
        Assert.That(
            Directory.GetFiles(windows.HostPath(@"C:\gocat\licenses"), "LICENSE*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(windows.HostPath(@"C:\gocat\licenses"), file)),
            Is.SupersetOf(["gocat/LICENSE", "go/LICENSE", "gocat/modules/github.com/spf13/cobra/LICENSE.txt"]));

    /// <summary>
    /// A client's bytes go through two gocat processes, TCP to socket and socket to TCP, and come back. Wine 8 has no Unix sockets (error
    /// 10047); there the program has to say that it cannot open one, and no more can be seen.
    /// </summary>
    [Test]
    public async Task Relays_from_tcp_to_tcp_through_a_unix_socket()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        int behind = ((IPEndPoint)server.LocalEndpoint).Port;
        int front = Ports.Free();
        string log = windows.HostPath(@"C:\relay.txt");
        windows.Start("cmd", $@"/c {Program} tcp-to-unix --src 127.0.0.1:{behind} --dst C:\relay.sock >C:\relay.txt 2>&1");
        Wait.Until(
            () => File.Exists(log) && (File.ReadAllText(log).Length > 0 || Path.Exists(windows.HostPath(@"C:\relay.sock"))),
            "gocat has opened its socket or said why not");
        if (File.ReadAllText(log).Contains("10047", StringComparison.Ordinal))
        {
            Assert.That(File.ReadAllText(log), Does.Contain(@"failed to listen at Unix socket path: C:\relay.sock"));
            return;
        }

        windows.Start(Program, $@"unix-to-tcp --src C:\relay.sock --dst 127.0.0.1:{front}");
        using TcpClient client = await Ports.ConnectAsync(front);
        await client.GetStream().WriteAsync("hello"u8.ToArray());
        using TcpClient inside = await server.AcceptTcpClientAsync();
        byte[] received = new byte[5];
        await inside.GetStream().ReadExactlyAsync(received);
        Assert.That(Encoding.ASCII.GetString(received), Is.EqualTo("hello"));
    }
}
