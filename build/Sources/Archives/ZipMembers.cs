using System.IO.Compression;
using System.Text;

namespace Qcw.Build.Sources.Archives;

/// <summary>Reads the members of a zip archive.</summary>
internal static class ZipMembers
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int Directory = 0x4000;
    private const int SymbolicLink = 0xA000;
    private const int UserExecute = 0x40;

    /// <summary>The members in order.</summary>
    /// <exception cref="BuildException">A member is of a kind that does not belong in a source tree.</exception>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static IEnumerable<ArchiveEntry> Read(string archive, FileStream file)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            // the upper half is the Unix mode; 0 where the packer did not know one
            int mode = entry.ExternalAttributes >>> 16;
            ArchiveEntryKind kind = Kind(archive, entry, mode);

            // a zip's times have no zone: read as UTC they are the same on every machine
            var modified = new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero);
            if (kind is ArchiveEntryKind.Directory)
            {
                yield return new ArchiveEntry(entry.FullName, kind, false, modified, null, null);
                continue;
            }

#pragma warning disable CA2000 // the analyzer does not see that a foreach over this ends it
            using var content = new DecodedStream(entry.Open, checkSum: true);
#pragma warning restore CA2000
            string? target = kind is ArchiveEntryKind.SymbolicLink ? ReadText(content) : null;
            yield return new ArchiveEntry(entry.FullName, kind, (mode & UserExecute) != 0, modified, target, content);
            if (content.TotalLength != entry.Length || content.Crc32 != entry.Crc32)
            {
                throw new InvalidDataException(
                    $"{entry.FullName} does not have the checksum that the archive states"); // the framework does not look
            }
        }
    }

    private static ArchiveEntryKind Kind(string archive, ZipArchiveEntry entry, int mode) => (mode & TypeMask) switch
    {
        SymbolicLink => ArchiveEntryKind.SymbolicLink,
        Directory => ArchiveEntryKind.Directory,
        0 or RegularFile => entry.FullName.EndsWith('/') ? ArchiveEntryKind.Directory : ArchiveEntryKind.File,
        int type => throw new BuildException(
            $"{archive}: {entry.FullName} is refused: its Unix type {type:x4} (a device, fifo or socket) does not belong in a source tree"),
    };

    private static string ReadText(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        return reader.ReadToEnd();
    }
}
