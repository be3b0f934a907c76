using System.Text;
using System.Text.Json;

namespace Qcw.Build.Updating;

/// <summary>A change of one field of a line's file.</summary>
/// <param name="Path">Names joined by dots, indexes in brackets: <c>components.qemu.source.urls[0]</c>.</param>
/// <param name="Value">The new text.</param>
internal sealed record PinEdit(string Path, string Value)
{
    /// <summary>The name of the field behind which this one is put where the file does not have it yet; null: it has to be there.</summary>
    public string? Behind { get; init; }
}

/// <summary>
/// The file of a line, of which single values are changed. All other bytes stay as they are: order, blanks, line ends, a byte order mark.
/// </summary>
internal sealed class PinFile
{
    private readonly byte[] bytes;

    private PinFile(string path, string name, string entry, byte[] bytes) => (Path, Name, Entry, this.bytes) = (path, name, entry, bytes);

    /// <summary>Full path of the file.</summary>
    public string Path { get; }

    /// <summary>As messages name it: <c>build/Catalog/Versions/2026.11.json</c>.</summary>
    public string Name { get; }

    /// <summary>Where the component stands in it: <c>components.qemu</c>.</summary>
    public string Entry { get; }

    /// <summary>The file that has the entry of a component: that of the line, or of one that it is based on.</summary>
    /// <param name="versions">Full path of the folder with the lines.</param>
    /// <param name="line">The name of a line that can be read.</param>
    /// <param name="component">A component or library of it.</param>
    public static PinFile Of(string versions, string line, string component)
    {
        string path = System.IO.Path.Combine(versions, line + ".json");
        byte[] bytes = File.ReadAllBytes(path);
        using JsonDocument document = JsonDocument.Parse(bytes.AsMemory(MarkOf(bytes)));
        foreach (string group in (string[])["components", "libraries"])
        {
            if (document.RootElement.TryGetProperty(group, out JsonElement entries) && entries.TryGetProperty(component, out _))
            {
                return new PinFile(path, $"build/Catalog/Versions/{line}.json", $"{group}.{component}", bytes);
            }
        }

        return document.RootElement.TryGetProperty("basedOn", out JsonElement other)
            ? Of(versions, other.GetString()!, component)
            : throw new BuildException($"{path} has no {component}, and is based on no other line");
    }

    /// <summary>The file with changes.</summary>
    /// <exception cref="BuildException">A field is not there.</exception>
    public byte[] With(IEnumerable<PinEdit> edits)
    {
        Dictionary<string, Spot> spots = Read();
        var changes = new List<(int Start, int End, string Text)>();
        foreach (PinEdit edit in edits)
        {
            string value = JsonSerializer.Serialize(edit.Value, JsonText.Settings);
            if (spots.TryGetValue(edit.Path, out Spot spot))
            {
                changes.Add((spot.Start, spot.End, value));
                continue;
            }

            int dot = edit.Path.LastIndexOf('.');
            if (edit.Behind is null || !spots.TryGetValue($"{edit.Path[..dot]}.{edit.Behind}", out Spot before))
            {
                throw new BuildException($"{Name}: {edit.Path} is not there, so it cannot be changed");
            }

            changes.Add((before.End, before.End, $",{LineBefore(before.Name)}\"{edit.Path[(dot + 1)..]}\": {value}"));
        }

        var changed = new MemoryStream();
        int at = 0;
        foreach ((int start, int end, string text) in changes.OrderBy(change => change.Start))
        {
            changed.Write(bytes.AsSpan(at, start - at));
            changed.Write(Encoding.UTF8.GetBytes(text));
            at = end;
        }

        changed.Write(bytes.AsSpan(at));
        return changed.ToArray();
    }

    /// <summary>Writes the changed file, as a whole or not at all.</summary>
    /// <exception cref="BuildException">Somebody has changed it since it was read.</exception>
    public void Write(byte[] changed)
    {
        if (!File.ReadAllBytes(Path).AsSpan().SequenceEqual(bytes))
        {
            throw new BuildException($"{Name} was changed while the new version was verified, and nothing was written: run again");
        }

        Files.Write(Path, file => file.Write(changed));
    }

    /// <summary>What differs between the file and its changed bytes, as lines that begin with <c>-</c> and <c>+</c>.</summary>
    public IEnumerable<string> Difference(byte[] changed)
    {
        string[] before = LinesOf(bytes);
        string[] after = LinesOf(changed);
        (int one, int other) = (0, 0);
        while (other < after.Length)
        {
            if (one < before.Length && before[one] == after[other])
            {
                one++;
            }
            else if (one < before.Length && other + 1 < after.Length && before[one] == after[other + 1])
            {
                yield return $"+{after[other]}"; // a field that was put in
            }
            else
            {
                yield return $"-{before[one++]}";
                yield return $"+{after[other]}";
            }

            other++;
        }
    }

    private static string[] LinesOf(byte[] text) => Encoding.UTF8.GetString(text).ReplaceLineEndings("\n").Split('\n');

    private static int MarkOf(byte[] bytes) => bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;

    // a line end and the blanks that stand before a field; one blank where the object is written on one line
    private string LineBefore(int name)
    {
        int start = name;
        while (start > 0 && bytes[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }

        bool alone = start > 0 && bytes[start - 1] == '\n';
        string end = start > 1 && bytes[start - 2] == '\r' ? "\r\n" : "\n";
        return alone ? end + Encoding.UTF8.GetString(bytes.AsSpan(start, name - start)) : " ";
    }

    private Dictionary<string, Spot> Read()
    {
        int mark = MarkOf(bytes);
        var reader = new Utf8JsonReader(bytes.AsSpan(mark));
        var spots = new Dictionary<string, Spot>(StringComparer.Ordinal);
        var open = new Stack<(string Path, int Start, int Name, int Index)>();
        (string path, int name) = (string.Empty, 0);
        while (reader.Read())
        {
            int start = (int)reader.TokenStartIndex + mark;
            int end = (int)reader.BytesConsumed + mark;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    string parent = open.Peek().Path;
                    (path, name) = (parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}", start);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push((Place(), start, name, reader.TokenType is JsonTokenType.StartArray ? 0 : -1));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    (string closed, int opened, int named, _) = open.Pop();
                    spots[closed] = new Spot(opened, end, named);
                    break;
                default:
                    spots[Place()] = new Spot(start, end, name);
                    break;
            }
        }

        return spots;

        string Place()
        {
            if (open.Count == 0 || open.Peek().Index < 0)
            {
                return path;
            }

            (string list, int start, int named, int index) = open.Pop();
            open.Push((list, start, named, index + 1));
            return $"{list}[{index}]";
        }
    }

    /// <summary>Where a value is in the file.</summary>
    /// <param name="Start">Offset of its first byte.</param>
    /// <param name="End">Offset behind its last byte.</param>
    /// <param name="Name">Offset of the name of its field.</param>
    private readonly record struct Spot(int Start, int End, int Name);
}
