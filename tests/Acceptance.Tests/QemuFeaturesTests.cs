using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Qcw.Acceptance.Tests;

/// <summary>
/// What only a QEMU with all its libraries can do. <c>--target=Acceptance</c> leaves these tests out for a line whose QEMU has fewer.
/// </summary>
[TestFixture]
[Category("qemu-features")]
internal sealed class QemuFeaturesTests
{
    private const string Folder = @"C:\Program Files\qcw-qemu";
    private const string Credentials = @"C:\pki";
    private const string OfClient = $"--object tls-creds-x509,id=tls,endpoint=client,dir={Credentials}";
    private const string OfServer = $"-object tls-creds-x509,id=tls,endpoint=server,dir={Credentials},verify-peer=no";

    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        windows = QemuUnderTest.Install("/COMPONENTS=system,aarch64,tools,firmware");
        TlsCredentials.Write(windows.HostPath(Credentials));
        File.WriteAllBytes(windows.HostPath(@"C:\guest.raw"), BootSector.DiskImage());
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test]
    public void An_image_is_read_over_http()
    {
        using var server = new HttpTestServer();
        Uri address = server.On("/guest.raw", Ranges(BootSector.DiskImage()));
        Image($@"convert -f raw -O qcow2 {address} C:\http.qcow2");
        Assert.That(Image(@"compare -f raw -F qcow2 C:\guest.raw C:\http.qcow2"), Does.Contain("Images are identical"));
    }

    [Test]
    public void An_image_over_http_that_is_missing_is_said_to_be()
    {
        using var server = new HttpTestServer();
        WineResult result = windows.Run($@"{Folder}\qemu-img.exe", $"info {server.Url("/none.raw")}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Output, Does.Contain("404"));
        }
    }

    // nobody listens: each is known, and tells what became of its connection
    [TestCase("ssh://core@127.0.0.1:{0}/guest.raw", "Failed to connect to '127.0.0.1:{0}'")]
    [TestCase("nfs://127.0.0.1/folder/guest.raw", "Failed to mount nfs share")]
    public void Images_of_other_servers_are_asked_for(string address, string error)
    {
        int port = Ports.Free();
        WineResult result = windows.Run($@"{Folder}\qemu-img.exe", "info " + string.Format(CultureInfo.InvariantCulture, address, port));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Not.Zero);
            Assert.That(result.Output, Does.Contain(string.Format(CultureInfo.InvariantCulture, error, port)));
        }
    }

    [Test]
    public async Task An_image_is_served_with_tls_and_not_without()
    {
        int port = Ports.Free();
        windows.Start(
            $@"{Folder}\qemu-nbd.exe",
            $@"-{OfServer} --tls-creds tls --bind 127.0.0.1 --port {port} --persistent --read-only -f raw -x disk C:\guest.raw");
        (await Ports.ConnectAsync(port)).Dispose();
        string address = $"--image-opts driver=nbd,host=localhost,port={port},export=disk";
        WineResult plain = windows.Run($@"{Folder}\qemu-img.exe", $"info {address}");
        Image($@"convert -O raw {OfClient} {address},tls-creds=tls C:\nbd.raw");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plain.ExitCode, Is.Not.Zero);
            Assert.That(plain.Output, Does.Contain("TLS negotiation required"));
            Assert.That(File.ReadAllBytes(windows.HostPath(@"C:\nbd.raw")), Is.EqualTo(BootSector.DiskImage()));
        }
    }

    [Test]
    public async Task The_remote_screen_has_tls()
    {
        int port = Ports.Free();
        windows.Start(
            $@"{Folder}\qemu-system-x86_64.exe",
            $"-machine q35 -accel tcg -S -display none -net none {OfServer} -vnc 127.0.0.1:{port - 5900},tls-creds=tls");
        using TcpClient client = await Ports.ConnectAsync(port);
        NetworkStream plain = client.GetStream();
        byte[] version = "RFB 003.008\n"u8.ToArray();
        Assert.That(await ReadAsync(plain, version.Length), Is.EqualTo(version));
        await plain.WriteAsync(version);
        // one kind of security, VeNCrypt 0.2, and in it one: TLS with a certificate and no password
        Assert.That(await ReadAsync(plain, 2), Is.EqualTo(new byte[] { 1, 19 }));
        await plain.WriteAsync(new byte[] { 19 });
        Assert.That(await ReadAsync(plain, 2), Is.EqualTo(new byte[] { 0, 2 }));
        await plain.WriteAsync(new byte[] { 0, 2 });
        byte[] kind = [0, 0, 1, 4];
        Assert.That(await ReadAsync(plain, 6), Is.EqualTo((byte[])[0, 1, .. kind]));
        await plain.WriteAsync(kind);
        Assert.That(await ReadAsync(plain, 1), Is.EqualTo(new byte[] { 1 }));

        using X509Certificate2 authority =
            X509CertificateLoader.LoadCertificateFromFile(Path.Combine(windows.HostPath(Credentials), "ca-cert.pem"));
        await using var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { authority },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        });
        Assert.That(await ReadAsync(secure, 4), Is.EqualTo(new byte[4]), "the viewer is let in");
    }

    [Test]
    public async Task A_usb_device_can_come_over_the_network()
    {
        int port = Ports.Free();
        windows.Start(
            $@"{Folder}\qemu-system-x86_64.exe",
            // without -S: QEMU says nothing to the other program while the machine stands still
            "-machine q35 -accel tcg -display none -net none -device qemu-xhci "
                + $"-chardev socket,id=usb,host=127.0.0.1,port={port},server=on,wait=off -device usb-redir,chardev=usb");
        using TcpClient client = await Ports.ConnectAsync(port);
        // the first packet: of type 0 (hello), its length, no number; then who speaks
        byte[] hello = await ReadAsync(client.GetStream(), 12 + 64);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hello[..4], Is.EqualTo(new byte[4]));
            Assert.That(hello[12..].AsSpan().IndexOf("qemu usb-redir guest"u8), Is.Zero);
        }
    }

    [Test]
    public void A_machine_of_arm_starts_its_uefi()
    {
        const string Serial = @"C:\aarch64.txt";
        windows.Start(
            $@"{Folder}\qemu-system-aarch64.exe",
            $"-machine virt -cpu max -m 256 -display none -net none -serial file:{Serial} -bios edk2-aarch64-code.fd");
        Wait.Until(
            () => File.Exists(windows.HostPath(Serial))
                && File.ReadAllText(windows.HostPath(Serial)).Contains("UEFI Interactive Shell", StringComparison.Ordinal),
            "the UEFI of ARM has started its shell", 240);
    }

    private static async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await stream.ReadExactlyAsync(bytes, late.Token);
        return bytes;
    }

    /// <summary>The file or the part of it that is asked for, which always has an end.</summary>
    private static Func<HttpExchange, Task> Ranges(byte[] bytes) => async exchange =>
    {
        if (!exchange.Headers.TryGetValue("Range", out string? range))
        {
            await exchange.HeadAsync(200, $"Content-Length: {bytes.Length}", "Accept-Ranges: bytes");
            await exchange.BodyAsync(bytes);
            return;
        }

        int[] ends = [.. range["bytes=".Length..].Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        int last = Math.Min(ends[1], bytes.Length - 1);
        await exchange.HeadAsync(
            206, $"Content-Length: {last - ends[0] + 1}", $"Content-Range: bytes {ends[0]}-{last}/{bytes.Length}", "Accept-Ranges: bytes");
        await exchange.BodyAsync(bytes.AsMemory(ends[0], last - ends[0] + 1));
    };

    private string Image(string arguments) => windows.RunOk($@"{Folder}\qemu-img.exe", arguments);
}
