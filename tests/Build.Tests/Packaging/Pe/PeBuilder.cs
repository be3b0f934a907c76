using System.Buffers.Binary;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Qcw.Build.Tests.Packaging.Pe;

/// <summary>Makes PE images that contain nothing but headers and import tables, sound ones and damaged ones.</summary>
internal sealed class PeBuilder
{
    public const int SectionAddress = 0x1000;
    public const int SectionOffset = 0x200;

    private const int HeaderOffset = 64;
    private const int OptionalHeader = HeaderOffset + 24;
    private const int ImportDirectory = OptionalHeader + 112 + 8;
    private const int DelayDirectory = OptionalHeader + 112 + (13 * 8);
    private const int SectionHeader = OptionalHeader + 240;

    public Machine Machine { get; init; } = Machine.Amd64;

    public string[] Imports { get; init; } = [];

    public string[] DelayImports { get; init; } = [];

    /// <summary>The attributes of delay-load entries: 1 is today's format.</summary>
    public int DelayAttributes { get; init; } = 1;

    public byte[] Build()
    {
        byte[] image = new byte[SectionOffset + 0x1000];
        "MZ"u8.CopyTo(image);
        Write32(image, 60, HeaderOffset);
        "PE\0\0"u8.CopyTo(image.AsSpan(HeaderOffset));
        Write16(image, HeaderOffset + 4, (ushort)Machine);
        Write16(image, HeaderOffset + 6, 1);
        Write16(image, HeaderOffset + 20, 240);
        Write16(image, HeaderOffset + 22, 0x22);
        Write16(image, OptionalHeader, 0x20b);
        Write32(image, OptionalHeader + 32, 0x1000);
        Write32(image, OptionalHeader + 36, 0x200);
        Write32(image, OptionalHeader + 56, 0x3000);
        Write32(image, OptionalHeader + 60, SectionOffset);
        Write32(image, OptionalHeader + 108, 16);
        ".idata"u8.CopyTo(image.AsSpan(SectionHeader));
        Write32(image, SectionHeader + 8, 0x1000);
        Write32(image, SectionHeader + 12, SectionAddress);
        Write32(image, SectionHeader + 16, 0x1000);
        Write32(image, SectionHeader + 20, SectionOffset);

        int table = 0;
        int names = 0x800;
        if (Imports.Length > 0)
        {
            Write32(image, ImportDirectory, SectionAddress);
            foreach (string name in Imports)
            {
                Write32(image, SectionOffset + table + 12, SectionAddress + names);
                table += 20;
                names = AddName(image, names, name);
            }

            table += 20;
        }

        if (DelayImports.Length > 0)
        {
            Write32(image, DelayDirectory, SectionAddress + table);
            foreach (string name in DelayImports)
            {
                Write32(image, SectionOffset + table, DelayAttributes);
                Write32(image, SectionOffset + table + 4, SectionAddress + names);
                table += 32;
                names = AddName(image, names, name);
            }
        }

        return image;
    }

    /// <summary>An image whose import directory stands at an address of one's choice.</summary>
    public byte[] BuildWithImportTableAt(int address)
    {
        byte[] image = Build();
        Write32(image, ImportDirectory, address);
        return image;
    }

    public static void Write32(byte[] image, int offset, int value) => BinaryPrimitives.WriteInt32LittleEndian(image.AsSpan(offset), value);

    private static void Write16(byte[] image, int offset, ushort value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), value);

    private static int AddName(byte[] image, int offset, string name)
    {
        Encoding.ASCII.GetBytes(name).CopyTo(image, SectionOffset + offset);
        return offset + name.Length + 1;
    }
}
