using System.Reflection.PortableExecutable;
using System.Security.Cryptography;

namespace Qcw.Build.Packaging.Pe;

/// <summary>
/// What an Authenticode signature of a PE image signs (Microsoft's "Windows Authenticode Portable Executable Signature Format"). It is the
/// same before and after signing.
/// </summary>
public static class AuthenticodeDigest
{
    private const int BufferSize = 128 * 1024;

    /// <summary>The sha256 of everything that a signature leaves as it is: 64 lower-case hex digits.</summary>
    /// <param name="file">Full path of an exe or a DLL, signed or not.</param>
    /// <exception cref="BuildException">It is not a PE image, or it goes on after its signature; the message names the file.</exception>
    public static string Of(string file)
    {
        using FileStream stream = File.OpenRead(file);
        PeSignatureFields fields = PeSignatureFields.Read(stream);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, stream, 0, fields.Checksum);
        Append(hash, stream, fields.Checksum + PeSignatureFields.ChecksumSize, fields.Entry);
        Append(hash, stream, fields.Entry + PeSignatureFields.EntrySize, fields.Certificates);
        // signing pads the image first
        hash.AppendData(new byte[PeSignatureFields.PaddingAfter(fields.Certificates)]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, FileStream stream, long from, long to)
    {
        byte[] buffer = new byte[(int)Math.Min(BufferSize, to - from)];
        stream.Position = from;
        for (long rest = to - from; rest > 0;)
        {
            int count = (int)Math.Min(buffer.Length, rest);
            stream.ReadExactly(buffer, 0, count);
            hash.AppendData(buffer, 0, count);
            rest -= count;
        }
    }
}

/// <summary>Where a PE image has what signing changes. All numbers count bytes from the beginning of the file.</summary>
/// <param name="Checksum">Of the image's checksum, a number of 32 bits at an even offset.</param>
/// <param name="Entry">Of the directory entry that leads to the certificates.</param>
/// <param name="Certificates">Of the certificates, which are a file's last part; the end of the file where there are none.</param>
/// <param name="IsSigned">Whether there are certificates.</param>
internal sealed record PeSignatureFields(long Checksum, long Entry, long Certificates, bool IsSigned)
{
    public const int ChecksumSize = 4;
    public const int EntrySize = 8;

    private const int Alignment = 8;

    // in the optional header, whose two forms (PE32, PE32+) differ in what stands before the directories
    private const int ChecksumOffset = 64;
    private const int Directories = 96;
    private const int DirectoriesPlus = 112;
    private const int CertificateDirectory = 4;

    /// <summary>How many bytes of zero signing puts behind an image of a length.</summary>
    public static int PaddingAfter(long length) => (int)(-length & (Alignment - 1));

    /// <exception cref="BuildException">The file is not a PE image that could be signed; the message names it.</exception>
    public static PeSignatureFields Read(FileStream stream)
    {
        try
        {
            stream.Position = 0;
            var headers = new PEHeaders(stream);
            PEHeader header = headers.PEHeader ?? throw new BadImageFormatException("it is an object file");
            int start = headers.PEHeaderStartOffset;
            int directories = start + (header.Magic == PEMagic.PE32Plus ? DirectoriesPlus : Directories);
            if (header.NumberOfRvaAndSizes <= CertificateDirectory || start % 2 != 0)
            {
                throw new BadImageFormatException("its header has no place for a signature");
            }

            // of this directory alone the "address" is an offset in the file
            DirectoryEntry certificates = header.CertificateTableDirectory;
            bool isSigned = certificates.Size != 0;
            long end = certificates.RelativeVirtualAddress + (long)certificates.Size;
            if (isSigned && (certificates.RelativeVirtualAddress < directories || end + PaddingAfter(end) != stream.Length))
            {
                throw new BadImageFormatException("its signature is not at its end");
            }

            return new PeSignatureFields(
                start + ChecksumOffset, directories + (CertificateDirectory * EntrySize),
                isSigned ? certificates.RelativeVirtualAddress : stream.Length, isSigned);
        }
        catch (BadImageFormatException e)
        {
            throw new BuildException($"{stream.Name} is not a valid PE image: {e.Message}", e);
        }
    }
}
