namespace Qcw.Build.Catalog.Reading;

/// <summary>What the file of a line and the files of the lines that it is based on say together. Each field keeps its own place.</summary>
/// <param name="Description">The line's own; empty where something was reported.</param>
/// <param name="Components">In the order of the line that came first, with what others add behind it.</param>
/// <param name="Libraries">The same.</param>
/// <param name="Fields">All other fields.</param>
internal sealed record LineFields(
    string Description,
    IReadOnlyList<(string Name, Field Field)> Components,
    IReadOnlyList<(string Name, Field Field)> Libraries,
    Fields Fields);

/// <summary>
/// Reads the file of a line. One with <c>basedOn</c> says only what differs from that other line: its components and libraries take the
/// place of those of the same name, new ones come last, <c>without</c> drops some, and any other field replaces the other line's.
/// </summary>
/// <param name="paths">Where the files are.</param>
/// <param name="names">The names of all lines.</param>
/// <param name="problems">Gets what is wrong, by the file it stands in.</param>
internal sealed class LineFiles(Paths paths, IReadOnlyList<string> names, Problems problems)
{
    private const string Components = "components";
    private const string Libraries = "libraries";

    /// <summary>The file of a line as problems name it.</summary>
    public static string NameOf(string line) => $"build/Catalog/Versions/{line}.json";

    /// <summary>The fields of a line, or null where one of the files cannot be used at all, which was reported.</summary>
    public LineFields? Read(string name) => Read(name, [name]);

    /// <param name="name">The line.</param>
    /// <param name="chain">The lines that led here, each based on the next; this one is the last.</param>
    private LineFields? Read(string name, IReadOnlyList<string> chain)
    {
        var place = new Place(NameOf(name), string.Empty);
        if (JsonFile.Read(Path.Combine(paths.Versions, name + ".json"), place, problems) is not { } fields)
        {
            return null;
        }

        fields.Optional("$schema")?.Text(Rules.LineSchema);
        Field? title = fields.Required("line", Rules.LineName.Expected);
        if (title?.Text(Rules.LineName) is { } given && given != name)
        {
            title.Reject($"\"{name}\", the file's name without its ending");
        }

        string description = fields.Text("description", Rules.Sentence) ?? string.Empty;
        Field? basedOn = fields.Optional("basedOn");
        Field? without = fields.Optional("without");
        LineFields? other = basedOn is null ? null : ReadBase(basedOn, chain);
        if (basedOn is not null && other is null)
        {
            return null;
        }

        var own = new LineFields(
            description, Entries(fields, Components, required: other is null), Entries(fields, Libraries, required: other is null), fields);
        if (other is null)
        {
            without?.Reject("no such field: only a line with basedOn can do without what another one has");
            return own;
        }

        HashSet<string> dropped = Dropped(without, own, other);
        return own with
        {
            Components = Merge(other.Components, own.Components, dropped, without, Components),
            Libraries = Merge(other.Libraries, own.Libraries, dropped, without, Libraries),
            Fields = fields.OrElse(other.Fields),
        };
    }

    private LineFields? ReadBase(Field basedOn, IReadOnlyList<string> chain)
    {
        if (basedOn.Text(Rules.LineName) is not { } name)
        {
            return null;
        }

        if (chain.Contains(name, StringComparer.Ordinal))
        {
            IEnumerable<string> circle = chain.SkipWhile(line => line != name).Append(name);
            basedOn.Reject($"a line that is not based on this one in turn: {string.Join(" → ", circle)}");
            return null;
        }

        if (!names.Contains(name, StringComparer.Ordinal))
        {
            string[] others = [.. names.Except(chain, StringComparer.Ordinal)];
            basedOn.Reject($"another line ({List(others)}){Hint(name, others)}");
            return null;
        }

        return Read(name, [.. chain, name]);
    }

    private static HashSet<string> Dropped(Field? without, LineFields own, LineFields other)
    {
        string[] known = [.. other.Components.Concat(other.Libraries).Select(entry => entry.Name)];
        ILookup<string, Field> replaced = own.Components.Concat(own.Libraries).ToLookup(entry => entry.Name, entry => entry.Field);
        var dropped = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, Field at) in without?.Texts(Rules.ComponentName) ?? [])
        {
            if (replaced[name].FirstOrDefault() is { } entry)
            {
                at.Reject($"a name that has no entry in this file: {entry.Place.Path} is one, and replaces the other line's");
            }
            else if (known.Contains(name, StringComparer.Ordinal))
            {
                dropped.Add(name);
            }
            else
            {
                at.Reject($"a component or library of the line that this one is based on ({List(known)}){Hint(name, known)}");
            }
        }

        return dropped;
    }

    private static IReadOnlyList<(string Name, Field Field)> Merge(
        IReadOnlyList<(string Name, Field Field)> theirs,
        IReadOnlyList<(string Name, Field Field)> own,
        HashSet<string> dropped,
        Field? without,
        string kind)
    {
        Dictionary<string, Field> replacing = own.ToDictionary(entry => entry.Name, entry => entry.Field, StringComparer.Ordinal);
        (string Name, Field Field)[] merged =
        [
            .. theirs.Where(entry => !dropped.Contains(entry.Name))
                .Select(entry => (entry.Name, replacing.GetValueOrDefault(entry.Name, entry.Field))),
            .. own.ExceptBy(theirs.Select(entry => entry.Name), entry => entry.Name),
        ];
        if (merged.Length == 0 && theirs.Count > 0)
        {
            without?.Reject($"a list that leaves at least one of the {kind}");
        }

        return merged;
    }

    private static IReadOnlyList<(string Name, Field Field)> Entries(Fields fields, string name, bool required)
    {
        string expected = $"an object with at least one of the {name}, by name";
        Field? field = required ? fields.Required(name, expected) : fields.Optional(name);
        return field?.Object(expected)?.Entries(Rules.ComponentName, expected) ?? [];
    }

    private static string List(IReadOnlyCollection<string> names) => names.Count == 0 ? "there is none" : string.Join(", ", names);

    private static string Hint(string name, IReadOnlyList<string> among) =>
        Nearest.Match(name, among) is { } nearest ? $"; did you mean {nearest}?" : string.Empty;
}
