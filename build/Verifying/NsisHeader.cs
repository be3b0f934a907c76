using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using SharpCompress.Compressors.LZMA;

namespace Qcw.Build.Verifying;

/// <summary>
/// What a setup program of NSIS 3 (Unicode, one LZMA stream) does: its texts and its instructions (NSIS, <c>Source/exehead/fileform.h</c>).
/// </summary>
/// <param name="Strings">The texts, in their order; a variable or a folder is a $ and five digits.</param>
/// <param name="Entries">The instructions, seven numbers each.</param>
public sealed record NsisHeader(IReadOnlyList<string> Strings, IReadOnlyList<int[]> Entries)
{
    private const int Alignment = 512;
    private const int FirstHeaderSize = 28;
    private const int EntryNumbers = 7;
    private const int EntriesBlock = 2;
    private const int StringsBlock = 3;
    private const int LanguagesBlock = 4;
    private const int MostBytes = 64 * 1024 * 1024;

    private static readonly byte[] Magic = [0xef, 0xbe, 0xad, 0xde, .. "NullsoftInst"u8];

    /// <summary>Whether a PE file has what NSIS puts behind its stub.</summary>
    public static bool IsNsis(string file) => Find(File.ReadAllBytes(file)) >= 0;

    /// <summary>Reads the header.</summary>
    /// <param name="file">A full path.</param>
    /// <exception cref="BuildException">It is damaged, or of another kind.</exception>
    public static NsisHeader Read(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int start = Find(bytes);
        try
        {
            byte[] header = start < 0 ? throw new InvalidDataException("it is none") : Decompress(bytes, start + FirstHeaderSize);
            return Parse(header);
        }
        catch (Exception e) when (e is not (BuildException or OutOfMemoryException))
        {
            // the library has no type of its own for damage
            throw new BuildException($"{file} is no setup program of NSIS 3 that could be read: {e.Message}", e);
        }
    }

    private static int Find(byte[] bytes)
    {
        for (int at = 0; at + FirstHeaderSize <= bytes.Length; at += Alignment)
        {
            if (bytes.AsSpan(at + 4).StartsWith(Magic))
            {
                return at;
            }
        }

        return -1;
    }

    // properties of LZMA, then the stream, which has no length: the header's own, and the header
    private static byte[] Decompress(byte[] bytes, int at)
    {
        const int properties = 5;
        using var packed = new MemoryStream(bytes, at + properties, bytes.Length - at - properties);
        using var stream = LzmaStream.Create(bytes[at..(at + properties)], packed, -1, -1, null, false, true);
        byte[] length = new byte[sizeof(int)];
        stream.ReadExactly(length);
        int size = BinaryPrimitives.ReadInt32LittleEndian(length);
        byte[] header = new byte[size is > 0 and <= MostBytes ? size : throw new InvalidDataException($"its header has {size} bytes")];
        stream.ReadExactly(header);
        return header;
    }

    private static NsisHeader Parse(byte[] header)
    {
        (int Offset, int Count) Block(int number)
        {
            int size = IntPtrSize(header);
            int at = sizeof(int) + (number * (size + sizeof(int)));
            return (Number(header, at), Number(header, at + size));
        }

        (int entries, int count) = Block(EntriesBlock);
        (int strings, _) = Block(StringsBlock);
        (int languages, _) = Block(LanguagesBlock);
        var all = new List<int[]>();
        for (int index = 0; index < count; index++)
        {
            int at = entries + (index * EntryNumbers * sizeof(int));
            all.Add([
                .. Enumerable.Range(0, EntryNumbers)
                    .Select(number => Number(header, at + (number * sizeof(int)))),
            ]);
        }

        return new NsisHeader(Texts(header[strings..languages]), all);
    }

    // a 64-bit stub keeps offsets as 64-bit numbers: the second half of the first one is then zero, and else a count that is not
    private static int IntPtrSize(byte[] header) =>
        Number(header, sizeof(int) * 2) == 0 && Number(header, sizeof(int) * 5) == 0 ? sizeof(long) : sizeof(int);

    private static int Number(byte[] header, int at) => BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(at));

    private static List<string> Texts(byte[] block)
    {
        var texts = new List<string>();
        var text = new StringBuilder();
        for (int at = 0; at + 1 < block.Length; at += 2)
        {
            char next = (char)BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at));
            if (next == 0)
            {
                texts.Add(text.ToString());
                text.Clear();
            }
            else if (next is <= (char)4)
            {
                // a code, and a character that says which variable, folder or text of a language
                at += 2;
                int which = at + 1 < block.Length ? BinaryPrimitives.ReadUInt16LittleEndian(block.AsSpan(at)) : 0;
                text.Append(CultureInfo.InvariantCulture, $"${(int)next}{which:x4}");
            }
            else
            {
                text.Append(char.IsControl(next) ? ' ' : next);
            }
        }

        return texts;
    }
}
