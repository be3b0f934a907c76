namespace Qcw.Acceptance.Tests.Lima;

/// <summary>
/// What Lima's QEMU driver does on a Windows host of x86_64: pkg/driver/qemu/qemu.go of Lima 2.2.0
/// (de0816ea4bdc5267b428ab21025889b8dd785526), read and written down here; Lima itself does not run in tests.
/// </summary>
internal static class LimaDriver
{
    /// <summary>An older QEMU is refused (<c>minimumQemuVersion</c>).</summary>
    public static readonly Version OldestQemu = new(11, 0, 0);

    /// <summary>What Lima reads the version from: the first line of <c>--version</c> (<c>parseQemuVersion</c>).</summary>
    public const string VersionLine = @"^QEMU emulator version (\d+\.\d+\.\d+)";

    /// <summary>Name of the port of Lima's agent in the guest (<c>filenames.VirtioPort</c>).</summary>
    public const string AgentPort = "io.lima-vm.guest_agent.0";

    /// <summary>
    /// Where UEFI is looked for, in this order (<c>getFirmware</c>). What is at home on Linux is tried too, and is on the current drive
    /// then.
    /// </summary>
    /// <param name="qemu">Folder of <c>qemu-system-x86_64.exe</c>, which Lima finds on PATH.</param>
    /// <param name="home">Folder of the user.</param>
    public static string[] FirmwareCandidates(string qemu, string home) =>
    [
        home + @"\.local\share\qemu\edk2-x86_64-code.fd",
        qemu[..qemu.LastIndexOf('\\')] + @"\share\qemu\edk2-x86_64-code.fd",
        qemu + @"\share\edk2-x86_64-code.fd",
        @"C:\usr\share\edk2\x64\OVMF_CODE.4m.fd",
        @"C:\usr\share\OVMF\OVMF_CODE.fd",
        @"C:\usr\share\OVMF\OVMF_CODE_4M.fd",
        @"C:\usr\share\edk2\ovmf\OVMF_CODE.fd",
        @"C:\usr\share\qemu\ovmf-x86_64.bin",
        @"C:\usr\share\qemu\ovmf-x86_64-4m.bin",
    ];

    /// <summary>
    /// QEMU's arguments for an instance of the template <c>default</c> (<c>Cmdline</c>), with the accelerator <c>tcg</c> in place of
    /// <c>whpx</c>, which Wine has not.
    /// </summary>
    /// <param name="instance">Folder of the instance.</param>
    /// <param name="name">Its name.</param>
    /// <param name="firmware">UEFI, as it was found.</param>
    /// <param name="sshPort">Free port of this computer.</param>
    public static string[] Arguments(string instance, string name, string firmware, int sshPort) =>
    [
        "-m", "1024", // half of the computer's memory, and 4096 at most
        "-cpu", "qemu64",
        "-machine", "q35,accel=tcg",
        "-smp", "2,sockets=1,cores=2,threads=1",
        "-drive", $"if=pflash,format=raw,readonly=on,file={firmware}",
        "-device", "qemu-xhci,id=usb-bus",
        "-drive", $@"file={instance}\disk,if=none,discard=on,id=boot-disk",
        "-device", "virtio-blk-pci,drive=boot-disk,bootindex=1",
        "-boot", "order=c,splash-time=0,menu=on",
        "-drive", $@"id=cdrom0,if=none,format=raw,readonly=on,file={instance}\cidata.iso",
        "-device", "virtio-scsi,id=scsi0",
        "-device", "scsi-cd,bus=scsi0.0,drive=cdrom0",
        "-netdev", $"user,id=net0,net=192.168.5.0/24,dhcpstart=192.168.5.15,hostfwd=tcp:127.0.0.1:{sshPort}-:22",
        "-device", "virtio-net-pci,netdev=net0,mac=52:55:55:71:63:77",
        "-device", "virtio-rng-pci",
        "-display", "none",
        "-vga", "none",
        "-parallel", "none",
        "-chardev", $@"socket,id=char-serial,path={instance}\serial.sock,server=on,wait=off,logfile={instance}\serial.log",
        "-serial", "chardev:char-serial",
        "-chardev", $@"socket,id=char-serial-virtio,path={instance}\serialv.sock,server=on,wait=off,logfile={instance}\serialv.log",
        "-device", "virtio-serial-pci,id=virtio-serial0,max_ports=1",
        "-device", "virtconsole,chardev=char-serial-virtio,id=console0",
        "-chardev", $@"socket,id=char-qmp,path={instance}\qmp.sock,server=on,wait=off",
        "-qmp", "chardev:char-qmp",
        "-chardev", $@"socket,path={instance}\ga.sock,server=on,wait=off,id=qga0",
        "-device", "virtio-serial",
        "-device", $"virtserialport,chardev=qga0,name={AgentPort}",
        "-name", "lima-" + name,
        "-pidfile", $@"{instance}\qemu.pid",
    ];
}
