using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>Builds archives byte by byte, hostile ones too.</summary>
public static class SourceArchive
{
    public static byte[] Tar(params SourceArchiveItem[] items) => Tar(TarEntryFormat.Pax, items);

    public static byte[] Tar(TarEntryFormat format, params SourceArchiveItem[] items)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach (SourceArchiveItem item in items)
            {
                TarEntry entry = format is TarEntryFormat.Ustar ? new UstarTarEntry(item.Type, item.Name)
                    : format is TarEntryFormat.Gnu ? new GnuTarEntry(item.Type, item.Name)
                    : new PaxTarEntry(item.Type, item.Name);
                entry.Mode = (UnixFileMode)(item.Executable ? 0b111_111_101 : 0b110_110_100);
                entry.ModificationTime = DateTimeOffset.FromUnixTimeSeconds(item.Time);
                entry.Uid = 12345;
                entry.Gid = 12345;
                if (item.Link is not null)
                {
                    entry.LinkName = item.Link;
                }

                if (item.Content is not null)
                {
                    entry.DataStream = new MemoryStream(item.Content);
                }

                writer.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, string Content, int UnixMode)[] items)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content, int mode) in items)
            {
                ZipArchiveEntry entry = zip.CreateEntry(name);
                entry.ExternalAttributes = mode << 16;
                entry.LastWriteTime = new DateTimeOffset(2020, 9, 13, 12, 26, 40, TimeSpan.Zero);
                using Stream data = entry.Open();
                data.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return stream.ToArray();
    }

    public static byte[] GZip(byte[] tar)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(tar);
        }

        return stream.ToArray();
    }

    /// <summary>Writes a file packed by a program: the encoder is not the one whose decoder is tested.</summary>
    public static void WriteCompressed(string program, byte[] tar, string path, params string[] options)
    {
        string plain = path + ".plain";
        File.WriteAllBytes(plain, tar);
        ProcessRunner.Run(new ProcessRequest(program, [.. options, "--force", plain]));
        File.Move(plain + (program == "xz" ? ".xz" : ".bz2"), path, overwrite: true);
    }

    /// <summary>Puts a byte into the first header's name and mends the header's sum.</summary>
    public static byte[] WithNameByte(byte[] tar, int position, byte value)
    {
        const int SumAt = 148;
        const int SumLength = 8;
        byte[] changed = [.. tar];
        changed[position] = value;
        changed.AsSpan(SumAt, SumLength).Fill((byte)' ');
        int sum = changed.Take(512).Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(changed, SumAt);
        return changed;
    }
}

/// <summary>A member of an archive that a test builds.</summary>
public sealed record SourceArchiveItem(
    string Name,
    TarEntryType Type = TarEntryType.RegularFile,
    byte[]? Content = null,
    string? Link = null,
    bool Executable = false,
    long Time = 1_600_000_000)
{
    public static SourceArchiveItem File(string name, string content = "text\n", bool executable = false, long time = 1_600_000_000) =>
        new(name, Content: Encoding.UTF8.GetBytes(content), Executable: executable, Time: time);

    public static SourceArchiveItem Folder(string name, long time = 1_600_000_000) => new(name, TarEntryType.Directory, Time: time);

    public static SourceArchiveItem SymbolicLink(string name, string target) => new(name, TarEntryType.SymbolicLink, Link: target);

    public static SourceArchiveItem HardLink(string name, string target) => new(name, TarEntryType.HardLink, Link: target);
}
