namespace Qcw.Acceptance.Tests;

/// <summary>
/// A guest of one disk sector. It computes a Fibonacci number and writes it to the first serial port, so the number on the
/// port proves that guest code ran; then it ends QEMU through the isa-debug-exit device.
/// </summary>
internal static class BootSector
{
    /// <summary>What the guest prints: the number stands nowhere in the image.</summary>
    public const string Output = "qcw guest: F(24) = 46368";

    /// <summary>QEMU's arguments for the device that the guest ends with.</summary>
    public const string ExitDevice = "-device isa-debug-exit,iobase=0x501,iosize=2";

    /// <summary>QEMU's exit code after the guest wrote 0x10 to that device: twice the value, plus one.</summary>
    public const int ExitCode = (0x10 * 2) + 1;

    // 16-bit code for address 0x7c00, where a BIOS loads the first sector of a disk
    private static readonly byte[] Code =
    [
        0xfa,                   // 7c00     cli
        0x31, 0xc0,             // 7c01     xor ax, ax
        0x8e, 0xd8,             // 7c03     mov ds, ax
        0x8e, 0xd0,             // 7c05     mov ss, ax
        0xbc, 0x00, 0x7c,       // 7c07     mov sp, 0x7c00
        0xfc,                   // 7c0a     cld
        0xbe, 0x62, 0x7c,       // 7c0b     mov si, text
        0xe8, 0x1f, 0x00,       // 7c0e     call print
        0x31, 0xc0,             // 7c11     xor ax, ax          F(0)
        0xbb, 0x01, 0x00,       // 7c13     mov bx, 1           F(-1)
        0xb9, 0x18, 0x00,       // 7c16     mov cx, 24
        0x0f, 0xc1, 0xd8,       // 7c19 l:  xadd ax, bx         next number into ax, the last one into bx
        0xe2, 0xfb,             // 7c1c     loop l
        0xe8, 0x2b, 0x00,       // 7c1e     call decimal
        0xbe, 0x76, 0x7c,       // 7c21     mov si, line_end
        0xe8, 0x09, 0x00,       // 7c24     call print
        0xba, 0x01, 0x05,       // 7c27     mov dx, 0x501
        0xb0, 0x10,             // 7c2a     mov al, 0x10
        0xee,                   // 7c2c     out dx, al          QEMU ends here
        0xf4,                   // 7c2d h:  hlt
        0xeb, 0xfd,             // 7c2e     jmp h
        0xac,                   // 7c30 print: lodsb
        0x84, 0xc0,             // 7c31     test al, al
        0x74, 0x05,             // 7c33     jz return
        0xe8, 0x03, 0x00,       // 7c35     call put
        0xeb, 0xf6,             // 7c38     jmp print
        0xc3,                   // 7c3a     ret
        0x52,                   // 7c3b put: push dx
        0x50,                   // 7c3c     push ax
        0xba, 0xfd, 0x03,       // 7c3d     mov dx, 0x3fd       line status of COM1
        0xec,                   // 7c40 w:  in al, dx
        0xa8, 0x20,             // 7c41     test al, 0x20       room for a byte?
        0x74, 0xfb,             // 7c43     jz w
        0x58,                   // 7c45     pop ax
        0xba, 0xf8, 0x03,       // 7c46     mov dx, 0x3f8
        0xee,                   // 7c49     out dx, al
        0x5a,                   // 7c4a     pop dx
        0xc3,                   // 7c4b     ret
        0x31, 0xd2,             // 7c4c decimal: xor dx, dx
        0xbb, 0x0a, 0x00,       // 7c4e     mov bx, 10
        0xf7, 0xf3,             // 7c51     div bx
        0x52,                   // 7c53     push dx             the last digit, printed last
        0x85, 0xc0,             // 7c54     test ax, ax
        0x74, 0x03,             // 7c56     jz d
        0xe8, 0xf1, 0xff,       // 7c58     call decimal
        0x58,                   // 7c5b d:  pop ax
        0x04, 0x30,             // 7c5c     add al, '0'
        0xe8, 0xda, 0xff,       // 7c5e     call put
        0xc3,                   // 7c61     ret
        .. "qcw guest: F(24) = \0"u8,   // 7c62 text
        .. "\r\n\0"u8,                  // 7c76 line_end
    ];

    /// <summary>A raw disk image of one megabyte that boots the guest.</summary>
    public static byte[] DiskImage()
    {
        byte[] disk = new byte[1 << 20];
        Code.CopyTo(disk, 0);
        disk[510] = 0x55; // the mark of a sector that can be booted
        disk[511] = 0xaa;
        return disk;
    }
}
