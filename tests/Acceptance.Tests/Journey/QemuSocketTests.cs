using System.Net.Sockets;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>
/// QEMU's own use of Unix sockets, without Podman: the QMP monitor, which listens, and the network device, which connects.
/// </summary>
[TestFixture]
[Category("qemu")]
internal sealed class QemuSocketTests
{
    private const string Qemu = @"C:\Program Files\qcw-qemu\qemu-system-x86_64.exe";

    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install() => windows = QemuUnderTest.Install();

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test]
    public void The_monitor_answers_on_one()
    {
        windows.Start(Qemu, @"-machine none -display none -qmp unix:C:\monitor.sock,server=on,wait=off");
        using var monitor = new Qmp(windows.HostPath(@"C:\monitor.sock"));
        Assert.That(monitor.Version.GetProperty("major").GetInt32(), Is.AtLeast(7), "the first that has -netdev stream");
        monitor.Run("query-status");
        monitor.Quit();
        Wait.Until(() => MachineProcesses.Find(windows.Prefix, "qemu-system-x86_64").Count == 0, "QEMU has ended");
    }

    [Test]
    public void The_network_device_sends_its_frames_through_one()
    {
        using TcpListener listener = UnixSocketLayer.Listen(windows.HostPath(@"C:\network.sock"));
        const string Mac = "52:54:00:12:34:56";
        windows.Start(
            Qemu,
            "-machine q35 -accel tcg -m 64 -display none -no-reboot -boot n " +
            @"-netdev stream,id=network,server=off,addr.type=unix,addr.path=C:\network.sock " +
            $"-device virtio-net-pci,netdev=network,mac={Mac}");

        // nothing is on its disk, so the boot ROM of the network card asks for an address by DHCP
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using Socket connection = listener.AcceptSocketAsync(limit.Token).AsTask().GetAwaiter().GetResult();
        connection.ReceiveTimeout = (int)TimeSpan.FromMinutes(2).TotalMilliseconds;
        using var stream = new NetworkStream(connection);
        byte[] frame = Frame(stream);
        while (!IsDhcpRequest(frame))
        {
            frame = Frame(stream);
        }

        Assert.That(BitConverter.ToString(frame, 6, 6).Replace('-', ':'), Is.EqualTo(Mac), "the sender's address");
    }

    // QEMU's stream device: four bytes of length, most significant first, before each Ethernet frame
    private static byte[] Frame(NetworkStream stream)
    {
        byte[] length = new byte[4];
        stream.ReadExactly(length);
        byte[] frame = new byte[System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(length)];
        stream.ReadExactly(frame);
        return frame;
    }

    // IPv4, UDP, from port 68 to 67; the header of IPv4 has no options here
    private static bool IsDhcpRequest(byte[] frame) =>
        frame.Length > 42 && frame[12] == 0x08 && frame[13] == 0x00 && frame[23] == 17 && frame[35] == 68 && frame[37] == 67;
}
