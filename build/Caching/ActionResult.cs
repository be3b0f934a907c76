using System.Text;

namespace Qcw.Build.Caching;

/// <summary>
/// What Bazel's remote cache keeps under <c>/ac/</c>: the message <c>ActionResult</c> of the Remote Execution API
/// (<c>build/bazel/remote/execution/v2/remote_execution.proto</c>), as far as a cache of files needs it. A server that validates entries,
/// as bazel-remote does, finds every file of it under <c>/cas/</c>.
/// </summary>
/// <param name="Files">The files, by their names without a folder.</param>
/// <param name="Text">What the action printed (<c>stdout_raw</c>): here it says which step the entry is for.</param>
public sealed record ActionResult(IReadOnlyList<CachedFile> Files, string Text)
{
    // protocol buffers: a field's number, then in three bits how it is written
    private const int LengthDelimited = 2;
    private const int Varint = 0;

    private const int OutputFiles = 2;
    private const int StandardOutput = 5;
    private const int Path = 1;
    private const int Digest = 2;
    private const int IsExecutable = 4;
    private const int Hash = 1;
    private const int SizeBytes = 2;

    /// <summary>The message's bytes. The exit code is 0, which protocol buffers leave out.</summary>
    public byte[] ToBytes()
    {
        var message = new List<byte>();
        foreach (CachedFile file in Files)
        {
            List<byte> digest = [];
            AddBytes(digest, Hash, Encoding.ASCII.GetBytes(file.Sha256));
            AddNumber(digest, SizeBytes, (ulong)file.Size);
            List<byte> output = [];
            AddBytes(output, Path, Encoding.UTF8.GetBytes(file.Name));
            AddBytes(output, Digest, [.. digest]);
            if (file.IsExecutable)
            {
                AddNumber(output, IsExecutable, 1);
            }

            AddBytes(message, OutputFiles, [.. output]);
        }

        AddBytes(message, StandardOutput, Encoding.UTF8.GetBytes(Text));
        return [.. message];
    }

    /// <summary>Reads a message; fields that are not known are passed over, as protocol buffers want it.</summary>
    /// <exception cref="BuildException">It is damaged, or is no such message.</exception>
    public static ActionResult Read(byte[] bytes)
    {
        List<CachedFile> files = [];
        string text = string.Empty;
        foreach (Field field in FieldsOf(bytes))
        {
            if (field.Is(OutputFiles, LengthDelimited))
            {
                files.Add(FileOf(field.Bytes));
            }
            else if (field.Is(StandardOutput, LengthDelimited))
            {
                text = Encoding.UTF8.GetString(field.Bytes.Span);
            }
        }

        return new ActionResult(files, text);
    }

    private static CachedFile FileOf(ReadOnlyMemory<byte> message)
    {
        string? name = null;
        string? hash = null;
        ulong size = 0;
        bool executable = false;
        foreach (Field field in FieldsOf(message))
        {
            if (field.Is(Path, LengthDelimited))
            {
                name = Encoding.UTF8.GetString(field.Bytes.Span);
            }
            else if (field.Is(Digest, LengthDelimited))
            {
                foreach (Field part in FieldsOf(field.Bytes))
                {
                    hash = part.Is(Hash, LengthDelimited) ? Encoding.ASCII.GetString(part.Bytes.Span) : hash;
                    size = part.Is(SizeBytes, Varint) ? part.Number : size;
                }
            }
            else if (field.Is(IsExecutable, Varint))
            {
                executable = field.Number != 0;
            }
        }

        return name is { Length: > 0 } && hash is { Length: 64 } && hash.All(char.IsAsciiHexDigitLower) && size <= long.MaxValue
            ? new CachedFile(name, hash, (long)size, executable)
            : throw Wrong("a file of it has no name or no sha256");
    }

    private static IEnumerable<Field> FieldsOf(ReadOnlyMemory<byte> message)
    {
        int at = 0;
        while (at < message.Length)
        {
            ulong key = NumberAt(message, ref at);
            int tag = (int)(key >> 3 & int.MaxValue);
            switch ((int)(key & 7))
            {
                case Varint:
                    yield return new Field(tag, Varint, NumberAt(message, ref at), default);
                    break;
                case LengthDelimited:
                    ulong length = NumberAt(message, ref at);
                    yield return new Field(tag, LengthDelimited, 0, Take(message, ref at, length));
                    break;
                case 1:
                    Take(message, ref at, sizeof(ulong));
                    break;
                case 5:
                    Take(message, ref at, sizeof(uint));
                    break;
                default:
                    throw Wrong($"byte {at} begins no field");
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> message, ref int at, ulong length)
    {
        if (length > (ulong)(message.Length - at))
        {
            throw Wrong("it ends too early");
        }

        int from = at;
        at += (int)length;
        return message[from..at];
    }

    private static ulong NumberAt(ReadOnlyMemory<byte> message, ref int at)
    {
        ulong number = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= message.Length)
            {
                throw Wrong("it ends too early");
            }

            byte next = message.Span[at++];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Wrong("a number in it is too long");
    }

    private static BuildException Wrong(string why) => new($"it is no ActionResult of Bazel's remote cache: {why}");

    private static void AddBytes(List<byte> message, int field, ReadOnlySpan<byte> bytes)
    {
        AddVarint(message, ((ulong)field << 3) | LengthDelimited);
        AddVarint(message, (ulong)bytes.Length);
        message.AddRange(bytes);
    }

    private static void AddNumber(List<byte> message, int field, ulong number)
    {
        AddVarint(message, ((ulong)field << 3) | Varint);
        AddVarint(message, number);
    }

    private static void AddVarint(List<byte> message, ulong number)
    {
        while (number >= 0x80)
        {
            message.Add((byte)(number | 0x80));
            number >>= 7;
        }

        message.Add((byte)number);
    }

    private readonly record struct Field(int Tag, int Kind, ulong Number, ReadOnlyMemory<byte> Bytes)
    {
        public bool Is(int tag, int kind) => Tag == tag && Kind == kind;
    }
}

/// <summary>A file in the cache.</summary>
/// <param name="Name">Without a folder.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hex digits; its name under <c>/cas/</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsExecutable">Whether its owner may run it.</param>
public sealed record CachedFile(string Name, string Sha256, long Size, bool IsExecutable);
