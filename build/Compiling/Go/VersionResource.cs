using System.Text;

namespace Qcw.Build.Compiling.Go;

/// <summary>What Windows shows of a program under Properties, Details. An empty text is left out.</summary>
/// <param name="FileVersion">The version that installers compare; it is the product's version in numbers, too.</param>
/// <param name="ProductVersion">The version as people write it: <c>4.5.0-dev</c>.</param>
/// <param name="ProductName">The product that the program is part of.</param>
public sealed record VersionResource(FileVersion FileVersion, string ProductVersion, string ProductName)
{
    private const int HeaderSize = 6;

    /// <summary>Whose program it is.</summary>
    public string CompanyName { get; init; } = string.Empty;

    /// <summary>What the program is, a few words; Windows' task manager shows it as the program's name.</summary>
    public string FileDescription { get; init; } = string.Empty;

    /// <summary>The name of the file, with <c>.exe</c>.</summary>
    public string OriginalFilename { get; init; } = string.Empty;

    /// <summary>The name of the program, without <c>.exe</c>.</summary>
    public string InternalName { get; init; } = string.Empty;

    /// <summary>Anything else.</summary>
    public string Comments { get; init; } = string.Empty;

    /// <summary>
    /// The bytes of a resource of type RT_VERSION: VS_VERSIONINFO with its fixed part, the texts in US English and Unicode, and the note
    /// which language and code page those are in.
    /// </summary>
    /// <exception cref="BuildException">A text has a zero in it, or all of them together are too long for the format.</exception>
    public byte[] ToBytes()
    {
        byte[][] texts =
        [
            // sorted by name
            .. Text("Comments", Comments),
            .. Text("CompanyName", CompanyName),
            .. Text("FileDescription", FileDescription),
            .. Text("FileVersion", FileVersion.ToString()),
            .. Text("InternalName", InternalName),
            .. Text("OriginalFilename", OriginalFilename),
            .. Text("ProductName", ProductName),
            .. Text("ProductVersion", ProductVersion),
        ];
        return Node("VS_VERSION_INFO", Fixed(), Kind.Binary,
            Node("StringFileInfo", [], Kind.Text, Node("040904B0", [], Kind.Text, texts)),
            Node("VarFileInfo", [], Kind.Text, Node("Translation", [0x09, 0x04, 0xB0, 0x04], Kind.Binary)));
    }

    /// <summary>VS_FIXEDFILEINFO of an ordinary program for Windows NT: no flags, no date.</summary>
    private byte[] Fixed()
    {
        uint high = ((uint)FileVersion.Major << 16) | FileVersion.Minor;
        uint low = ((uint)FileVersion.Build << 16) | FileVersion.Revision;
        return Bytes(writer =>
        {
            foreach (uint value in (uint[])[0xFEEF04BD, 0x00010000, high, low, high, low, 0x3F, 0, 0x00040004, 1, 0, 0, 0])
            {
                writer.Write(value);
            }
        });
    }

    private static byte[][] Text(string name, string text) =>
        text.Contains('\0', StringComparison.Ordinal)
            ? throw new BuildException($"the version resource's {name} must not contain a null character")
        : text.Length == 0 ? []
        : [Node(name, Encoding.Unicode.GetBytes(text + '\0'), Kind.Text)];

    /// <summary>
    /// One node of the tree: its length, the length of its value (of text: in characters), its kind, name, value and children, each of
    /// those aligned to 4 bytes. The length does not count the padding behind the node.
    /// </summary>
    private static byte[] Node(string name, byte[] value, Kind kind, params byte[][] children)
    {
        byte[] body = Bytes(writer =>
        {
            writer.Write(Encoding.Unicode.GetBytes(name + '\0'));
            foreach (byte[] part in (byte[][])[value, .. children])
            {
                Align(writer, part);
                writer.Write(part);
            }
        });
        int length = HeaderSize + body.Length;
        return length > ushort.MaxValue
            ? throw new BuildException(
                $"the texts of a version resource are too long: {name} has {length} bytes, the format allows {ushort.MaxValue}")
            : Bytes(writer =>
            {
                writer.Write((ushort)length);
                writer.Write((ushort)(kind == Kind.Text ? value.Length / sizeof(char) : value.Length));
                writer.Write((ushort)kind);
                writer.Write(body);
            });
    }

    private static void Align(BinaryWriter writer, byte[] next)
    {
        while (next.Length > 0 && (HeaderSize + writer.BaseStream.Position) % 4 != 0)
        {
            writer.Write((byte)0);
        }
    }

    private static byte[] Bytes(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    private enum Kind : ushort
    {
        Binary = 0,
        Text = 1,
    }
}
