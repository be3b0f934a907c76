using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace Qcw.Build.Packaging.Pe;

/// <summary>The facts about an exe or a DLL that packaging needs.</summary>
/// <param name="File">The full path.</param>
/// <param name="Machine">The processor that it runs on.</param>
/// <param name="Imports">The imported DLLs, ordinary imports before delayed ones, in the order of the tables without repetitions.</param>
public sealed record PeImage(string File, Machine Machine, IReadOnlyList<PeImport> Imports)
{
    private const int DosHeaderSize = 64;

    /// <summary>True for code of 64-bit Intel and AMD processors.</summary>
    public bool IsAmd64 => Machine == Machine.Amd64;

    /// <summary>
    /// True if a file begins like a PE image: with a DOS header whose pointer leads to <c>PE\0\0</c>. Nothing else is checked.
    /// </summary>
    public static bool IsPe(string file)
    {
        using FileStream stream = System.IO.File.OpenRead(file);
        Span<byte> header = stackalloc byte[DosHeaderSize];
        if (stream.ReadAtLeast(header, DosHeaderSize, throwOnEndOfStream: false) < DosHeaderSize || !header.StartsWith("MZ"u8))
        {
            return false;
        }

        int offset = BitConverter.ToInt32(header[^4..]);
        Span<byte> signature = stackalloc byte[4];
        if (offset < 0 || offset > stream.Length - signature.Length)
        {
            return false;
        }

        stream.Position = offset;
        stream.ReadExactly(signature);
        return signature.SequenceEqual("PE\0\0"u8);
    }

    /// <summary>Reads a PE image.</summary>
    /// <exception cref="BuildException">It is not one, or its tables are damaged; the message names the file.</exception>
    public static PeImage Read(string file)
    {
        using FileStream stream = System.IO.File.OpenRead(file);
        try
        {
            using var reader = new PEReader(stream);
            if (reader.PEHeaders.PEHeader is null)
            {
                throw new BuildException($"{file} is an object file, not an exe or a DLL");
            }

            return new PeImage(file, reader.PEHeaders.CoffHeader.Machine, PeImports.Read(reader));
        }
        catch (BadImageFormatException e)
        {
            throw new BuildException($"{file} is not a valid PE image: {e.Message}", e);
        }
    }
}

/// <summary>One DLL that a PE image names in its import tables.</summary>
/// <param name="Dll">The name as the image spells it: <c>KERNEL32.dll</c>.</param>
/// <param name="IsDelayed">Whether the image loads it at the first call, not at its start.</param>
public sealed record PeImport(string Dll, bool IsDelayed);

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
