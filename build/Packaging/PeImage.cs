using System.Reflection.PortableExecutable;

namespace Qcw.Build.Packaging;

/// <summary>What packaging needs to know of an exe or a DLL.</summary>
/// <param name="File">Full path.</param>
/// <param name="Machine">What it runs on; <see cref="System.Reflection.PortableExecutable.Machine.Amd64"/> is what is built here.</param>
/// <param name="Imports">The DLLs it names, ordinary imports first, in the order of the tables, each once a kind.</param>
public sealed record PeImage(string File, Machine Machine, IReadOnlyList<PeImport> Imports)
{
    private const int DosHeaderSize = 64;

    /// <summary>True for code of 64-bit Intel and AMD processors.</summary>
    public bool IsAmd64 => Machine == Machine.Amd64;

    /// <summary>True where a file begins as PE images do: a DOS header whose pointer leads to <c>PE\0\0</c>. Nothing else is checked.</summary>
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
