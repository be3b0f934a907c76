using SharpCompress.Compressors;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.Deflate;
using SharpCompress.Compressors.Xz;

namespace Qcw.Build.Sources.Archives;

/// <summary>How an archive is packed.</summary>
internal enum ArchiveFormat
{
    Tar,
    GZip,
    Xz,
    BZip2,
    Zip,
}

/// <summary>Tells archive formats apart by their first bytes: downloads are kept by hash, and names lie.</summary>
internal static class ArchiveFormats
{
    private const int TarMagicOffset = 257;

    /// <summary>The format of a file; its position is put back to the start.</summary>
    /// <exception cref="BuildException">The format is unknown.</exception>
    public static ArchiveFormat Detect(string archive, Stream file)
    {
        byte[] head = new byte[512];
        int length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        ReadOnlySpan<byte> start = head.AsSpan(0, length);
        return start switch
        {
            [0x1f, 0x8b, ..] => ArchiveFormat.GZip,
            [0xfd, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0, ..] => ArchiveFormat.Xz,
            [(byte)'B', (byte)'Z', (byte)'h', ..] => ArchiveFormat.BZip2,
            [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] => ArchiveFormat.Zip,
            _ when length == head.Length && start[TarMagicOffset..].StartsWith("ustar"u8) => ArchiveFormat.Tar,
            _ => throw new BuildException(
                $"{archive} is not an archive that can be unpacked (tar, tar.gz, tar.xz, tar.bz2 or zip): {Describe(start)}"),
        };
    }

    /// <summary>The tar stream inside a file of that format.</summary>
    /// <remarks>
    /// Not the framework's GZipStream: it takes a file that was cut off for a whole one. A gzip file of several members, which gzip itself
    /// never writes, is read to the end of the first, and so found incomplete.
    /// </remarks>
    public static Stream Decompress(ArchiveFormat format, Stream file) => format switch
    {
        ArchiveFormat.GZip => new GZipStream(file, CompressionMode.Decompress),
        ArchiveFormat.Xz => new XZStream(file),
        ArchiveFormat.BZip2 => BZip2Stream.Create(file, CompressionMode.Decompress, decompressConcatenated: true, leaveOpen: true),
        _ => file,
    };

    private static string Describe(ReadOnlySpan<byte> start)
    {
        return BodySniffer.Describe(start) is { } known
            ? $"it is {known}" : $"it starts with {Convert.ToHexStringLower(start[..Math.Min(8, start.Length)])}";
    }
}
