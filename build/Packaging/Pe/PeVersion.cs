using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Qcw.Build.Packaging.Pe;

/// <summary>The version resource of an exe or a DLL (Microsoft's "Version Information Structures").</summary>
/// <param name="Numbers">The file version, four numbers: <c>7.2.0.0</c>.</param>
/// <param name="Language">
/// The first language of the resource's translations, as a decimal number (1033 is American English). Empty if it names none.
/// </param>
public sealed record PeVersion(string Numbers, string Language)
{
    private const int VersionType = 16;
    private const uint FixedSignature = 0xFEEF04BD;
    private const int SubdirectoryFlag = int.MinValue;

    /// <summary>Reads the version resource of a file. Null if the file is not a PE image or has none.</summary>
    /// <exception cref="BuildException">The image or its resource is damaged; the message names the file.</exception>
    public static PeVersion? Read(string file)
    {
        if (!PeImage.IsPe(file))
        {
            return null;
        }

        using FileStream stream = File.OpenRead(file);
        try
        {
            using var reader = new PEReader(stream);
            return reader.PEHeaders.PEHeader is { ResourceTableDirectory.Size: > 0 } header
                ? Find(reader, header.ResourceTableDirectory.RelativeVirtualAddress)
                : null;
        }
        catch (BadImageFormatException e)
        {
            throw new BuildException($"{file} is not a valid PE image: {e.Message}", e);
        }
    }

    // three levels: type, name, language; of the latter two the first counts
    private static PeVersion? Find(PEReader reader, int table)
    {
        int offset = Entry(reader, table, 0, VersionType);
        if (offset == 0)
        {
            return null;
        }

        for (int level = 0; level < 2 && (offset & SubdirectoryFlag) != 0; level++)
        {
            offset = Entry(reader, table, offset & ~SubdirectoryFlag, null);
        }

        BlobReader data = At(reader, table + (long)offset, 8);
        int address = data.ReadInt32();
        int size = data.ReadInt32();
        return Parse(At(reader, address, size), size);
    }

    /// <summary>The offset that the entry of an id leads to, of the first entry where no id is given; 0: there is none.</summary>
    private static int Entry(PEReader reader, int table, int directory, int? id)
    {
        BlobReader header = At(reader, table + (long)directory, 16);
        header.Offset = 12;
        int count = header.ReadUInt16() + header.ReadUInt16();
        BlobReader entries = At(reader, table + (long)directory + 16, count * 8);
        for (int index = 0; index < count; index++)
        {
            int entryId = entries.ReadInt32();
            int offset = entries.ReadInt32();
            if (id is null || entryId == id)
            {
                return offset;
            }
        }

        return 0;
    }

    private static PeVersion Parse(BlobReader data, int size)
    {
        ReadBlock(ref data, out int fixedSize, out string name);
        if (name != "VS_VERSION_INFO" || fixedSize < 16 || data.ReadUInt32() != FixedSignature)
        {
            throw new BadImageFormatException("its version resource does not begin as one");
        }

        int start = data.Offset;
        data.ReadUInt32();
        uint high = data.ReadUInt32();
        uint low = data.ReadUInt32();
        data.Offset = start - 4 + fixedSize;
        string numbers = string.Create(CultureInfo.InvariantCulture, $"{high >> 16}.{high & 0xffff}.{low >> 16}.{low & 0xffff}");
        return new PeVersion(numbers, LanguageOf(data, size));
    }

    private static string LanguageOf(BlobReader data, int size)
    {
        while (Align(ref data) && data.Offset + 6 < size)
        {
            int start = data.Offset;
            int length = ReadBlock(ref data, out int valueLength, out string name);
            if (name == "Translation" && valueLength >= 2)
            {
                return data.ReadUInt16().ToString(CultureInfo.InvariantCulture);
            }

            // the translation is inside VarFileInfo; every other block is skipped
            if (name != "VarFileInfo")
            {
                data.Offset = length > 0 && start + length <= size ? start + length : size;
            }
        }

        return string.Empty;
    }

    /// <summary>Reads the head of a block: its length, its value's length, and its name. The reader is at the value afterwards.</summary>
    private static int ReadBlock(ref BlobReader data, out int valueLength, out string name)
    {
        int length = data.ReadUInt16();
        valueLength = data.ReadUInt16();
        data.ReadUInt16(); // whether the value is text or bytes
        var characters = new List<char>();
        for (char next = data.ReadChar(); next != '\0'; next = data.ReadChar())
        {
            characters.Add(next);
        }

        name = new string([.. characters]);
        Align(ref data);
        return length;
    }

    private static bool Align(ref BlobReader data)
    {
        data.Offset = Math.Min((data.Offset + 3) & ~3, data.Length);
        return data.RemainingBytes > 0;
    }

    private static BlobReader At(PEReader reader, long address, int size)
    {
        PEMemoryBlock block = address is >= 0 and <= int.MaxValue && size >= 0 ? reader.GetSectionData((int)address) : default;
        return block.Length >= size
            ? block.GetReader(0, size)
            : throw new BadImageFormatException($"its resources lead to address 0x{address:x}, which is outside the image");
    }
}
