using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Qcw.Acceptance.Tests.Journey;

namespace Qcw.Acceptance.Tests.Lima;

/// <summary>
/// QEMU, used as Lima 2.2.0 uses it on Windows. Lima refuses a QEMU before 11, so <c>--target=Acceptance</c> leaves these tests out for a
/// line with an older one, and says so.
/// </summary>
[TestFixture]
[Category("lima")]
internal sealed class LimaTests
{
    private const string Folder = @"C:\Program Files\qcw-qemu";
    private const string Program = "qemu-system-x86_64"; // Lima looks for that name on PATH
    private const string Name = "default";

    private readonly string instance = $@"{PodmanWindows.Home}\.lima\{Name}";
    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        windows = QemuUnderTest.Install("/PATH=1");
        Directory.CreateDirectory(windows.HostPath(instance));
        UefiDisk.Write(windows.HostPath(@"C:\disk.raw"));
        windows.RunOk("qemu-img", $@"convert -f raw -O qcow2 C:\disk.raw {instance}\disk");
        File.WriteAllBytes(windows.HostPath(instance + @"\cidata.iso"), new byte[1 << 20]);
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test, Order(1)]
    public void Its_version_is_new_enough()
    {
        Match version = Regex.Match(windows.RunOk(Program, "--version"), LimaDriver.VersionLine);
        Assert.That(version.Success, Is.True);
        Assert.That(Version.Parse(version.Groups[1].Value), Is.AtLeast(LimaDriver.OldestQemu));
    }

    // as Lima asks for it
    [TestCase("-M none -accel help", "whpx"), TestCase("-M none -netdev help", "user")]
    [TestCase("-machine help", "q35"), TestCase("-cpu help -machine q35", "qemu64")]
    [Order(2)]
    public void It_has(string question, string feature) => Assert.That(windows.RunOk(Program, question), Does.Contain(feature));

    [Test, Order(3)]
    public void Its_firmware_is_found() => Assert.That(Firmware(), Is.EqualTo(Folder + @"\share\edk2-x86_64-code.fd"));

    [Test, Order(4)]
    public void Its_qemu_img_describes_the_disk()
    {
        string output = windows.RunOk("qemu-img", $@"info --output=json --force-share {instance}\disk");
        Assert.That(JsonDocument.Parse(output).RootElement.GetProperty("format").GetString(), Is.EqualTo("qcow2"));
    }

    [Test, Order(5)]
    public void A_guest_starts_with_uefi_and_says_so_on_both_of_its_serial_ports()
    {
        string[] arguments = LimaDriver.Arguments(instance, Name, Firmware()!, Ports.Free());
        windows.Start($@"{Folder}\{Program}.exe", string.Join(' ', arguments.Select(Quoted)));
        using var monitor = new Qmp(InstanceFile("qmp.sock"));
        foreach (string log in (string[])["serial.log", "serialv.log"])
        {
            Wait.Until(() => Read(log).Contains(UefiDisk.Output, StringComparison.Ordinal), $"the guest has written into {log}", 120);
        }

        using TcpClient agent = UnixSocketLayer.Connect(InstanceFile("ga.sock"));
        Wait.Until(
            () => monitor.Run("query-chardev").EnumerateArray().Any(device =>
                device.GetProperty("label").GetString() == "qga0" && IsConnected(device)),
            "QEMU has the connection to the port of Lima's agent");
        int pid = int.Parse(Read("qemu.pid"), CultureInfo.InvariantCulture);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(monitor.Run("query-status").GetProperty("status").GetString(), Is.EqualTo("running"));
            Assert.That(pid, Is.Positive);
        }

        monitor.Quit();
        Wait.Until(() => MachineProcesses.Find(windows.Prefix, Program).Count == 0, "QEMU has ended");
    }

    private static string Quoted(string argument) => argument.Contains(' ', StringComparison.Ordinal) ? $"\"{argument}\"" : argument;

    // such as disconnected:unix:PATH,server=on
    private static bool IsConnected(JsonElement device) =>
        !device.GetProperty("filename").GetString()!.StartsWith("disconnected:", StringComparison.Ordinal);

    private string? Firmware() => LimaDriver.FirmwareCandidates(Folder, PodmanWindows.Home)
        .FirstOrDefault(file => File.Exists(windows.HostPath(file)));

    private string InstanceFile(string name) => windows.HostPath($@"{instance}\{name}");

    private string Read(string name) => File.Exists(InstanceFile(name)) ? File.ReadAllText(InstanceFile(name)) : string.Empty;
}
