using Qcw.Acceptance.Tests.Journey;

namespace Qcw.Acceptance.Tests;

/// <summary>
/// QEMU in a folder, and with files, whose letters Windows' code page lacks. Wine's is 1252 here, and Wine heeds the manifests as Windows
/// does from version 1903 on.
/// </summary>
[TestFixture(@"C:\Інструменти\qemu"), TestFixture(@"C:\工具\qemu")]
[Category("qemu")]
internal sealed class QemuLettersTests(string folder)
{
    private const string Work = @"C:\Машини 客";

    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        windows = QemuUnderTest.Install($"/D={folder}");
        Directory.CreateDirectory(windows.HostPath(Work));
        File.WriteAllBytes(windows.HostPath(Work + @"\гість.raw"), BootSector.DiskImage());
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test, Order(1)]
    public void Every_program_makes_UTF_8_its_code_page()
    {
        // not the uninstaller and GLib's helpers, which use no code page
        string[] programs = Directory.GetFiles(windows.HostPath(folder), "qemu-*.exe");
        Assert.That(programs, Is.Not.Empty);
        Assert.That(
            programs.Where(file => File.ReadAllBytes(file).AsSpan().IndexOf("<activeCodePage "u8) < 0).Select(Path.GetFileName), Is.Empty);
    }

    [Test, Order(2)]
    public void Images_are_made_converted_and_described()
    {
        Image($@"convert -f raw -O qcow2 ""{Work}\гість.raw"" ""{Work}\основа.qcow2""");
        Image($@"create -f qcow2 -F qcow2 -b ""{Work}\основа.qcow2"" ""{Work}\шар 层.qcow2""");
        Image($@"check ""{Work}\шар 层.qcow2""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Image($@"info ""{Work}\шар 层.qcow2"""), Does.Contain($@"backing file: {Work}\основа.qcow2"));
            Assert.That(Image($@"compare ""{Work}\гість.raw"" ""{Work}\шар 层.qcow2"""), Does.Contain("Images are identical"));
        }
    }

    // the BIOS from the install folder, and from a flash device
    [TestCase(false), TestCase(true), Order(3)]
    public void A_guest_starts(bool flash)
    {
        string serial = $@"{Work}\порт-{flash}.txt";
        string bios = $@"{Work}\прошивка.bin";
        File.Copy(windows.HostPath($@"{folder}\share\bios-256k.bin"), windows.HostPath(bios), overwrite: true);
        WineResult result = windows.Run(
            $@"{folder}\qemu-system-x86_64.exe",
            @"-machine pc -accel tcg -m 64 -display none -no-reboot -net none -name ""Гість 客"" -k de "
                + $@"-D ""{Work}\журнал.txt"" "
                + $@"-chardev ""file,id=port,path={serial}"" -serial chardev:port {BootSector.ExitDevice} "
                + $@"-drive ""file={Work}\шар 层.qcow2,format=qcow2"""
                + (flash ? $@" -drive ""if=pflash,format=raw,readonly=on,file={bios}""" : string.Empty));
        Assert.That(File.Exists(windows.HostPath(serial)), Is.True, result.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(windows.HostPath(serial)), Does.Contain(BootSector.Output), result.Output);
            Assert.That(result.ExitCode, Is.EqualTo(BootSector.ExitCode));
        }
    }

    [Test, Order(4)]
    public void Its_monitor_answers_on_a_Unix_socket()
    {
        windows.Start(
            $@"{folder}\qemu-system-x86_64.exe",
            $@"-machine none -display none -pidfile ""{Work}\номер"" -qmp ""unix:{Work}\монітор.sock,server=on,wait=off""");
        using var monitor = new Qmp(windows.HostPath($@"{Work}\монітор.sock"));
        monitor.Run("query-status");
        Assert.That(windows.HostPath($@"{Work}\номер"), Does.Exist);
        monitor.Quit();
        Wait.Until(() => MachineProcesses.Find(windows.Prefix, "qemu-system-x86_64").Count == 0, "QEMU has ended");
    }

    [Test, Order(5)]
    public void Uninstalling_leaves_nothing()
    {
        windows.Uninstall($@"{folder}\uninstall.exe");
        Wait.Until(() => !Directory.Exists(windows.HostPath(folder)), "the install folder is gone");
    }

    private string Image(string arguments) => windows.RunOk($@"{folder}\qemu-img.exe", arguments);
}
