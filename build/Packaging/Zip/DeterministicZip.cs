using System.IO.Compression;

namespace Qcw.Build.Packaging.Zip;

/// <summary>
/// Writes zip archives whose bytes depend on nothing but names, contents and one time: entries sorted, no folder entries,
/// the same attributes for all, the same host system in the headers wherever it runs. (The compressed bytes are those of the
/// zlib inside the .NET runtime, whose version <c>global.json</c> pins.)
/// </summary>
public static class DeterministicZip
{
    // a regular file, rw-r--r--, in the upper half as Unix systems keep it; Windows ignores it
    private const int Attributes = 0x81A4 << 16;
    private const byte HostUnix = 3;

    // the format keeps local times in steps of two seconds from 1980 to 2107
    private static readonly DateTimeOffset Earliest = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2107, 12, 31, 23, 59, 58, TimeSpan.Zero);

    /// <summary>Writes an archive. It appears under its name only when it is complete; one that is there is replaced.</summary>
    /// <param name="zipFile">The archive to make, a full path.</param>
    /// <param name="files">What goes in; targets are the entries' names.</param>
    /// <param name="sourceDateEpoch">Every entry's time, seconds since 1970-01-01 UTC, written as UTC.</param>
    /// <exception cref="BuildException">Two entries have the same name on Windows, or a name is not possible there.</exception>
    public static void Write(string zipFile, IReadOnlyList<InstalledFile> files, long sourceDateEpoch)
    {
        Validate(zipFile, files);
        DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(sourceDateEpoch);
        time = time < Earliest ? Earliest : time > Latest ? Latest : time;
        Files.Write(zipFile, stream =>
        {
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (InstalledFile file in files.OrderBy(file => file.Target, StringComparer.Ordinal))
                {
                    ZipArchiveEntry entry = archive.CreateEntry(file.Target, CompressionLevel.SmallestSize);
                    entry.LastWriteTime = time;
                    entry.ExternalAttributes = Attributes;
                    using Stream content = entry.Open();
                    using FileStream source = File.OpenRead(file.Source);
                    source.CopyTo(content);
                }
            }

            SetHost(stream);
        });
    }

    private static void Validate(string zipFile, IReadOnlyList<InstalledFile> files)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in files.Select(file => file.Target))
        {
            if (WindowsNames.Problem(name) is { } problem)
            {
                throw new BuildException($"{zipFile} cannot be made: the entry '{name}' {problem}");
            }

            if (!names.Add(name))
            {
                throw new BuildException($"{zipFile} cannot be made: two entries are named {name} (Windows does not tell letter cases apart)");
            }
        }
    }

    /// <summary>.NET writes the system it runs on into each entry of the central directory ("version made by", upper byte).</summary>
    private static void SetHost(FileStream stream)
    {
        const int EndSize = 22; // no comment, and far from the sizes that need Zip64
        Span<byte> end = stackalloc byte[EndSize];
        stream.Position = stream.Length - EndSize;
        stream.ReadExactly(end);
        int entries = BitConverter.ToUInt16(end[10..]);
        long position = BitConverter.ToUInt32(end[16..]);
        if (BitConverter.ToUInt32(end) != 0x06054b50 || entries == ushort.MaxValue)
        {
            throw new BuildException($"{stream.Name} has more entries than this format of zip archives can have");
        }

        Span<byte> header = stackalloc byte[46];
        for (int index = 0; index < entries; index++)
        {
            stream.Position = position;
            stream.ReadExactly(header);
            stream.Position = position + 5;
            stream.WriteByte(HostUnix);
            position += header.Length + BitConverter.ToUInt16(header[28..]) + BitConverter.ToUInt16(header[30..]) + BitConverter.ToUInt16(header[32..]);
        }
    }
}
