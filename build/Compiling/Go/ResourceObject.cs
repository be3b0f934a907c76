using System.Reflection.PortableExecutable;
using System.Text;

namespace Qcw.Build.Compiling.Go;

/// <summary>
/// Writes a COFF object with a version resource. Go's linker links one in when it is in the main package's folder and ends in <c>.syso</c>;
/// <see cref="SourceView"/> puts it there. The same resource gives the same bytes everywhere.
/// </summary>
public static class ResourceObject
{
    private const int HeaderSize = 20;
    private const int SectionHeaderSize = 40;
    private const int DataEntryAt = 3 * 24; // behind three directories with one entry each: type, name, language
    private const int DataAt = DataEntryAt + 16;
    private const uint IsFolder = 0x8000_0000;

    /// <summary>The name that the object must have, so that Go uses it for Windows on this processor only.</summary>
    public static string FileName(Architecture architecture) => $"qcw_windows_{architecture.GoName}.syso";

    /// <summary>The object's bytes.</summary>
    /// <exception cref="BuildException">The resource's texts do not fit the format.</exception>
    public static byte[] Write(VersionResource resource, Architecture architecture)
    {
        byte[] section = Section(resource.ToBytes());
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteHeaders(writer, architecture.Machine, section.Length);
        writer.Write(section);

        // the one relocation: the data entry's address counts from the start of the image, not of the section
        writer.Write(DataEntryAt);
        writer.Write(0); // the symbol below
        writer.Write(AddressRelocation(architecture));

        writer.Write(Name());
        writer.Write(0); // its value: the section's start
        writer.Write((ushort)1); // the section
        writer.Write((ushort)0);
        writer.Write((byte)3); // IMAGE_SYM_CLASS_STATIC
        writer.Write((byte)0);
        writer.Write(4); // a string table with nothing but its own size
        writer.Flush();
        return stream.ToArray();
    }

    private static void WriteHeaders(BinaryWriter writer, Machine machine, int sectionSize)
    {
        const int SectionAt = HeaderSize + SectionHeaderSize;
        int relocationAt = SectionAt + sectionSize;
        writer.Write((ushort)machine);
        writer.Write((ushort)1); // sections
        writer.Write(0); // no time
        writer.Write(relocationAt + 10); // the symbol table
        writer.Write(1); // symbols
        writer.Write(0); // no optional header, no flags

        writer.Write(Name());
        writer.Write(0L); // size and address in memory: the linker's business
        writer.Write(sectionSize);
        writer.Write(SectionAt);
        writer.Write(relocationAt);
        writer.Write(0); // no line numbers
        writer.Write((ushort)1); // relocations
        writer.Write((ushort)0);
        writer.Write(
            (uint)(SectionCharacteristics.MemRead | SectionCharacteristics.ContainsInitializedData | SectionCharacteristics.Align4Bytes));
    }

    /// <summary>A tree of three levels with one leaf: RT_VERSION, the name 1, US English.</summary>
    private static byte[] Section(byte[] data)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        WriteDirectory(writer, 16, IsFolder | 24);
        WriteDirectory(writer, 1, IsFolder | 48);
        WriteDirectory(writer, 0x409, DataEntryAt);
        writer.Write(DataAt);
        writer.Write(data.Length);
        writer.Write(0L); // code page, reserved
        writer.Write(data);
        while (stream.Length % 4 != 0)
        {
            writer.Write((byte)0);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static void WriteDirectory(BinaryWriter writer, int id, uint target)
    {
        writer.Write(0L); // flags, time
        writer.Write(0); // version
        writer.Write((ushort)0); // entries with a name
        writer.Write((ushort)1); // entries with a number
        writer.Write(id);
        writer.Write(target);
    }

    private static byte[] Name() => Encoding.ASCII.GetBytes(".rsrc\0\0\0");

    // ADDR32NB of each processor
    private static ushort AddressRelocation(Architecture architecture) =>
        architecture.Machine switch
        {
            Machine.Amd64 => 3,
            Machine.Arm64 => 2,
            _ => throw new BuildException($"version resources are written for x86_64 and arm64, not for {architecture}"),
        };
}
