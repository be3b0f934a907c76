using System.IO.Hashing;
using System.Text;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace Qcw.Build.Packaging.Zip;

/// <summary>
/// Writes zip archives whose bytes depend only on the names and contents of the files and one time. Entries are sorted by name, have the
/// same attributes on every system, and no entries exist for folders. The headers are written here, and the contents are compressed by
/// SharpCompress's own deflate, whose version the lock file pins. The runtime's <see cref="System.IO.Compression"/> is not used because its
/// zlib changes with the runtime that is installed.
/// </summary>
public static class DeterministicZip
{
    /// <summary>
    /// The version of the format, for fingerprints. It changes whenever the same files give other bytes. (1 was deflated by the .NET
    /// runtime.)
    /// </summary>
    public const string Format = "zip 2";

    // the format keeps local times in steps of two seconds from 1980 to 2107
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    /// <summary>Writes an archive. It appears under its name only when it is complete; an existing one is replaced.</summary>
    /// <param name="zipFile">The archive to write, a full path.</param>
    /// <param name="files">The contents; the targets are the names of the entries.</param>
    /// <param name="sourceDateEpoch">The time of every entry, seconds since 1970-01-01 UTC. It is stored as UTC.</param>
    /// <exception cref="BuildException">
    /// Two entries have the same name on Windows, a name is not possible there, or the archive would need Zip64.
    /// </exception>
    public static void Write(string zipFile, IReadOnlyList<InstalledFile> files, long sourceDateEpoch)
    {
        Validate(zipFile, files);
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(sourceDateEpoch);
        time = time < Earliest ? Earliest : time > Latest ? Latest : time;
        Files.Write(zipFile, stream =>
        {
            using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
            IEnumerable<InstalledFile> sorted = files.OrderBy(file => file.Target, StringComparer.Ordinal);
            ZipHeader[] headers = [.. sorted.Select(file => WriteEntry(writer, file, time))];
            long directory = writer.BaseStream.Position;
            foreach (ZipHeader header in headers)
            {
                header.WriteCentral(writer);
            }

            long end = writer.BaseStream.Position;
            if (end > uint.MaxValue)
            {
                throw new BuildException($"{zipFile} cannot be made: it would have {end} bytes, and more than {uint.MaxValue} need Zip64");
            }

            ZipHeader.WriteEnd(writer, headers.Length, directory, end);
        });
    }

    private static ZipHeader WriteEntry(BinaryWriter writer, InstalledFile file, DateTimeOffset time)
    {
        byte[] content = File.ReadAllBytes(file.Source);
        byte[] packed = Deflate(content);
        bool smaller = packed.Length < content.Length;
        var header = new ZipHeader(
            Encoding.UTF8.GetBytes(file.Target), time, Crc32.HashToUInt32(content), smaller,
            (uint)(smaller ? packed : content).Length, (uint)content.Length, (uint)writer.BaseStream.Position);
        header.WriteLocal(writer);
        writer.Write(smaller ? packed : content);
        return header;
    }

    private static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionMode.Compress, CompressionLevel.BestCompression))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static void Validate(string zipFile, IReadOnlyList<InstalledFile> files)
    {
        if (files.Count >= ushort.MaxValue)
        {
            throw new BuildException(
                $"{zipFile} cannot be made: it would have {files.Count} entries, and more than {ushort.MaxValue - 1} need Zip64");
        }

        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in files.Select(file => file.Target))
        {
            if (WindowsNames.Problem(name) is { } problem)
            {
                throw new BuildException($"{zipFile} cannot be made: the entry '{name}' {problem}");
            }

            if (!names.Add(name))
            {
                throw new BuildException($"{zipFile} cannot be made: two entries are named {name} (Windows ignores letter case)");
            }
        }
    }
}

/// <summary>The headers of one entry, as PKWARE's APPNOTE 6.3.10 lays them out (sections 4.3.7, 4.3.12 and 4.3.16).</summary>
/// <param name="Name">In UTF-8.</param>
/// <param name="Time">Between 1980 and 2107.</param>
/// <param name="Crc">The CRC-32 of the contents.</param>
/// <param name="IsDeflated">Whether the contents are compressed.</param>
/// <param name="PackedSize">The size in the archive, in bytes.</param>
/// <param name="Size">The size of the file, in bytes.</param>
/// <param name="Offset">Where the local header starts in the archive.</param>
internal sealed record ZipHeader(byte[] Name, DateTimeOffset Time, uint Crc, bool IsDeflated, uint PackedSize, uint Size, uint Offset)
{
    private const ushort VersionNeeded = 20; // deflate
    private const ushort MadeByUnix = (3 << 8) | VersionNeeded;
    private const ushort MaximumCompression = 1 << 1;
    private const ushort Utf8Name = 1 << 11;

    // a regular file, rw-r--r--, in the upper half as Unix systems keep it; Windows ignores it
    private const uint Attributes = 0x81A4u << 16;

    public void WriteLocal(BinaryWriter writer)
    {
        writer.Write(0x04034b50u);
        WriteCommon(writer);
        writer.Write((ushort)0); // extra field
        writer.Write(Name);
    }

    public void WriteCentral(BinaryWriter writer)
    {
        writer.Write(0x02014b50u);
        writer.Write(MadeByUnix);
        WriteCommon(writer);
        writer.Write((ushort)0); // extra field
        writer.Write((ushort)0); // comment
        writer.Write((ushort)0); // number of the disk
        writer.Write((ushort)0); // not known to be text
        writer.Write(Attributes);
        writer.Write(Offset);
        writer.Write(Name);
    }

    /// <summary>Writes the end record, directly behind the central directory.</summary>
    /// <param name="writer">The archive.</param>
    /// <param name="count">The number of entries.</param>
    /// <param name="directory">Where the central directory starts.</param>
    /// <param name="end">Where the central directory ends.</param>
    public static void WriteEnd(BinaryWriter writer, int count, long directory, long end)
    {
        writer.Write(0x06054b50u);
        writer.Write((ushort)0); // number of this disk
        writer.Write((ushort)0); // number of the disk with the directory
        writer.Write((ushort)count);
        writer.Write((ushort)count);
        writer.Write((uint)(end - directory));
        writer.Write((uint)directory);
        writer.Write((ushort)0); // comment
    }

    // the fields that both headers have, from the version that is needed to the length of the name
    private void WriteCommon(BinaryWriter writer)
    {
        writer.Write(VersionNeeded);
        writer.Write((ushort)(MaximumCompression | (Name.Any(value => value > 0x7f) ? Utf8Name : 0)));
        writer.Write((ushort)(IsDeflated ? 8 : 0));
        writer.Write((ushort)((Time.Hour << 11) | (Time.Minute << 5) | (Time.Second / 2)));
        writer.Write((ushort)(((Time.Year - 1980) << 9) | (Time.Month << 5) | Time.Day));
        writer.Write(Crc);
        writer.Write(PackedSize);
        writer.Write(Size);
        writer.Write((ushort)Name.Length);
    }
}
