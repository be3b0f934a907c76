using System.Formats.Tar;

namespace Qcw.Build.Sources.Archives;

/// <summary>Reads the members of a tar archive, compressed or not.</summary>
internal static class TarMembers
{
    private const int BlockSize = 512;

    /// <summary>The members in order.</summary>
    /// <exception cref="BuildException">A member is of a kind that does not belong in a source tree.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static IEnumerable<ArchiveEntry> Read(string archive, FileStream file)
    {
        ArchiveFormat format = ArchiveFormats.Detect(archive, file);
        using var stream = new DecodedStream(() => ArchiveFormats.Decompress(format, file));
        using var reader = new TarReader(stream, leaveOpen: true);
        while (Next(reader) is { } entry)
        {
            if (entry.EntryType is TarEntryType.GlobalExtendedAttributes)
            {
                continue; // git archive notes its commit id there
            }

            yield return new ArchiveEntry(
                entry.Name,
                Kind(archive, entry),
                (entry.Mode & UnixFileMode.UserExecute) != 0,
                entry.ModificationTime,
                entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink ? entry.LinkName : null,
                entry.DataStream);
        }

        stream.Complete();
        if (stream.TrailingZeros < BlockSize)
        {
            throw new InvalidDataException("the block that ends a tar archive is missing");
        }
    }

    /// <summary>Decompresses a tar archive to its end, where the checksum is. Other archives have none over the whole.</summary>
    /// <exception cref="BuildException">It is damaged.</exception>
    public static void RequireIntact(string archive)
    {
        using FileStream file = File.OpenRead(archive);
        if (ArchiveFormats.Detect(archive, file) is var format and not ArchiveFormat.Zip)
        {
            try
            {
                using var stream = new DecodedStream(() => ArchiveFormats.Decompress(format, file));
                stream.Complete();
            }
            catch (InvalidDataException e)
            {
                throw ArchiveExtractor.Damaged(archive, e);
            }
        }
    }

    private static TarEntry? Next(TarReader reader)
    {
        try
        {
            return reader.GetNextEntry();
        }
        catch (Exception e)
            when (e is EndOfStreamException or FormatException or OverflowException or ArgumentException or NotSupportedException
                or InvalidOperationException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static ArchiveEntryKind Kind(string archive, TarEntry entry) => entry.EntryType switch
    {
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => ArchiveEntryKind.File,
        TarEntryType.Directory or TarEntryType.DirectoryList => ArchiveEntryKind.Directory,
        TarEntryType.SymbolicLink => ArchiveEntryKind.SymbolicLink,
        TarEntryType.HardLink => ArchiveEntryKind.HardLink,
        _ => throw new BuildException(
            $"{archive}: {entry.Name} is refused: it is a {entry.EntryType}, which does not belong in a source tree"),
    };
}
