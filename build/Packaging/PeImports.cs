using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Qcw.Build.Packaging;

/// <summary>Reads the import and the delay-load directory of a PE image (Microsoft's "PE Format", sections 6.4 and 5.8).</summary>
internal static class PeImports
{
    private const int ImportEntrySize = 20;
    private const int ImportNameOffset = 12;
    private const int DelayEntrySize = 32;
    private const int DelayNameOffset = 4;

    // an image with more entries or longer names than these is damaged, and reading on would only hide it
    private const int MostEntries = 4096;
    private const int LongestName = 260;

    /// <summary>The DLLs an image names.</summary>
    /// <exception cref="BadImageFormatException">A table points outside the image, or does not end.</exception>
    public static IReadOnlyList<PeImport> Read(PEReader image)
    {
        PEHeader header = image.PEHeaders.PEHeader!;
        IEnumerable<string> ordinary = Names(image, header.ImportTableDirectory, ImportEntrySize, ReadImportEntry);
        IEnumerable<string> delayed = Names(image, header.DelayImportTableDirectory, DelayEntrySize, ReadDelayEntry);
        return
        [
            .. ordinary.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new PeImport(name, IsDelayed: false)),
            .. delayed.Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new PeImport(name, IsDelayed: true)),
        ];
    }

    private static IEnumerable<string> Names(PEReader image, DirectoryEntry table, int entrySize, Func<BlobReader, int> readNameAddress)
    {
        if (table.RelativeVirtualAddress == 0)
        {
            yield break;
        }

        // linkers write the table's size in different ways, the loader ignores it: the end is the entry without a name
        for (int index = 0; index < MostEntries; index++)
        {
            int name = readNameAddress(At(image, table.RelativeVirtualAddress + (index * entrySize), entrySize));
            if (name == 0)
            {
                yield break;
            }

            yield return NameAt(image, name);
        }

        throw new BadImageFormatException($"an import table has no end within {MostEntries} entries");
    }

    private static int ReadImportEntry(BlobReader entry)
    {
        entry.Offset = ImportNameOffset;
        return entry.ReadInt32();
    }

    private static int ReadDelayEntry(BlobReader entry)
    {
        int attributes = entry.ReadInt32();
        entry.Offset = DelayNameOffset;
        int name = entry.ReadInt32();
        return name == 0 || (attributes & 1) == 1
            ? name
            : throw new BadImageFormatException("its delay-load table is in the format of Visual C++ 6, which has no 64-bit form");
    }

    private static string NameAt(PEReader image, int address)
    {
        BlobReader reader = At(image, address, 1);
        var name = new StringBuilder();
        while (reader.RemainingBytes > 0 && name.Length <= LongestName)
        {
            byte next = reader.ReadByte();
            if (next == 0)
            {
                return name.Length > 0 ? name.ToString() : throw new BadImageFormatException("an imported DLL has an empty name");
            }

            // names of files on a Windows disk; anything else is not a name but damage
            name.Append(next is >= 0x20 and < 0x7f && !"<>:\"/\\|?*".Contains((char)next, StringComparison.Ordinal)
                ? (char)next
                : throw new BadImageFormatException($"the name of an imported DLL contains the byte 0x{next:x2}"));
        }

        throw new BadImageFormatException("the name of an imported DLL has no end");
    }

    private static BlobReader At(PEReader image, int address, int size)
    {
        PEMemoryBlock block = address >= 0 ? image.GetSectionData(address) : default;
        return block.Length >= size
            ? block.GetReader()
            : throw new BadImageFormatException($"an import table leads to address 0x{address:x}, which is outside the image");
    }
}
