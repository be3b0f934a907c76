using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Qcw.Build.Packaging.Pe;

/// <summary>
/// The checksum in the header of a PE image (Microsoft's "PE Format", "Optional Header"). Windows checks it of drivers only; programs that
/// rate downloads look whether it is there, and signing sets it.
/// </summary>
public static class PeChecksum
{
    private const int BufferSize = 128 * 1024;

    /// <summary>
    /// Makes a file what it is again after a signature was attached and removed: its length a multiple of 8, with zeros at its end, and
    /// its checksum set. A file that is so stays as it is.
    /// </summary>
    /// <param name="file">Full path of an exe or a DLL.</param>
    /// <exception cref="BuildException">It is not a PE image, or it is signed; the message names the file, which is unchanged.</exception>
    public static void Set(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        PeSignatureFields fields = PeSignatureFields.Read(stream);
        if (fields.IsSigned)
        {
            throw new BuildException($"{file} is signed, and a change would break its signature: remove the signature first");
        }

        stream.SetLength(stream.Length + PeSignatureFields.PaddingAfter(stream.Length));
        Span<byte> checksum = stackalloc byte[PeSignatureFields.ChecksumSize];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Of(stream, fields));
        stream.Position = fields.Checksum;
        stream.Write(checksum);
    }

    /// <summary>Whether the checksum in a file's header is the one of its bytes.</summary>
    /// <param name="file">Full path of an exe or a DLL.</param>
    /// <exception cref="BuildException">It is not a PE image; the message names the file.</exception>
    public static bool IsRight(string file)
    {
        using FileStream stream = File.OpenRead(file);
        PeSignatureFields fields = PeSignatureFields.Read(stream);
        return Found(stream, fields) == Of(stream, fields);
    }

    private static uint Found(FileStream stream, PeSignatureFields fields)
    {
        Span<byte> checksum = stackalloc byte[PeSignatureFields.ChecksumSize];
        stream.Position = fields.Checksum;
        stream.ReadExactly(checksum);
        return BinaryPrimitives.ReadUInt32LittleEndian(checksum);
    }

    // the ones' complement sum of all words but the checksum's own two, and the length
    private static uint Of(FileStream stream, PeSignatureFields fields)
    {
        uint own = Found(stream, fields);
        ulong sum = 0;
        byte[] buffer = new byte[BufferSize];
        stream.Position = 0;
        for (int count; (count = stream.ReadAtLeast(buffer, BufferSize, throwOnEndOfStream: false)) > 0;)
        {
            if (count % 2 != 0)
            {
                buffer[count++] = 0;
            }

            foreach (ushort word in MemoryMarshal.Cast<byte, ushort>(buffer.AsSpan(0, count)))
            {
                sum += BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);
            }
        }

        sum -= (own & 0xffff) + (own >> 16);
        while (sum >> 16 != 0)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (uint)sum + (uint)stream.Length;
    }
}
