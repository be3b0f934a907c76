using System.Globalization;

namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads one versions file and the patch files that it names.</summary>
internal sealed class ReleaseLineReader(Paths paths)
{
    private readonly Problems problems = new();

    /// <summary>The line in that file.</summary>
    /// <exception cref="UsageException">Something is wrong with it: every problem, one a line.</exception>
    public ReleaseLine Read(string name)
    {
        string file = name + ".json";
        Fields? fields = JsonFile.Read(
            Path.Combine(paths.Versions, file), new Place($"build/Catalog/Versions/{file}", string.Empty), problems);
        ReleaseLine? line = fields is null ? null : Read(name, fields);
        problems.ThrowIfAny();
        return line!;
    }

    private ReleaseLine Read(string name, Fields fields)
    {
        fields.Optional("$schema")?.Text(Rules.LineSchema);
        Field? title = fields.Required("line", Rules.LineName.Expected);
        if (title?.Text(Rules.LineName) is { } given && given != name)
        {
            title.Reject($"\"{name}\", the file's name without its ending");
        }

        string? description = fields.Text("description", Rules.Sentence);
        long epoch = Epoch(fields);
        IReadOnlyList<(string Name, Field Field)> components = Entries(fields, "components");
        IReadOnlyList<(string Name, Field Field)> libraries = Entries(fields, "libraries");
        IReadOnlyList<FirmwarePackage> firmware = FirmwareReader.Read(fields);
        var sources = new SourceReader(paths.Keys, problems);
        GoVersions? go = new GoReader(sources).Read(fields);
        fields.Close();
        foreach ((string component, Field field) in components.IntersectBy(libraries.Select(entry => entry.Name), entry => entry.Name))
        {
            // both would be made in the same folders under artifacts/
            problems.Add(field.Place, $"is also the name of a library, expected another name than libraries.{component}");
        }

        string[] order = [.. libraries.Select(entry => entry.Name)];
        var reader = new ComponentReader(sources, new PatchEntryReader(paths, problems));
        CheckGoName(components, go);
        Component?[] shipped = [.. components.Select(entry => reader.Read(entry.Name, entry.Field, order, order.Length))];
        Component?[] sysroot = [.. libraries.Select((entry, index) => reader.Read(entry.Name, entry.Field, order, index))];
        return new ReleaseLine(
            name, description ?? string.Empty, epoch, [.. shipped.OfType<Component>()], [.. sysroot.OfType<Component>()], firmware)
        {
            Go = go,
        };
    }

    private void CheckGoName(IReadOnlyList<(string Name, Field Field)> components, GoVersions? go)
    {
        foreach ((string name, Field field) in components)
        {
            if (name == GoSdk.ComponentName && go is not null)
            {
                problems.Add(field.Place, "is also the name that the Go SDK is fetched under, expected another name");
            }
        }
    }

    private static long Epoch(Fields fields)
    {
        Field? field = fields.Required("sourceDateEpoch", Rules.Time.Expected);
        if (field?.Text(Rules.Time) is not { } text)
        {
            return 0;
        }

        if (DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
        {
            return time.ToUnixTimeSeconds();
        }

        field.Reject(Rules.Time.Expected);
        return 0;
    }

    private static IReadOnlyList<(string Name, Field Field)> Entries(Fields fields, string name)
    {
        string expected = $"an object with at least one of the {name}, by name";
        return fields.Required(name, expected)?.Object(expected)?.Entries(Rules.ComponentName, expected) ?? [];
    }
}
