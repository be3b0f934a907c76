using System.Globalization;

namespace Qcw.Build.Catalog.Reading;

/// <summary>Reads a line and the patch files that it names.</summary>
/// <param name="paths">Where lines, keys and patches are.</param>
/// <param name="names">The names of all lines.</param>
internal sealed class ReleaseLineReader(Paths paths, IReadOnlyList<string> names)
{
    private readonly Problems problems = new();

    /// <summary>The line of that name.</summary>
    /// <exception cref="UsageException">Something is wrong with its files: every problem, one a line.</exception>
    public ReleaseLine Read(string name)
    {
        LineFields? fields = new LineFiles(paths, names, problems).Read(name);
        ReleaseLine? line = fields is null ? null : Read(name, fields);
        problems.ThrowIfAny();
        return line!;
    }

    private ReleaseLine Read(string name, LineFields line)
    {
        (Fields fields, string description) = (line.Fields, line.Description);
        IReadOnlyList<(string Name, Field Field)> components = line.Components;
        IReadOnlyList<(string Name, Field Field)> libraries = line.Libraries;
        long epoch = Epoch(fields);
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
        var reader = new ComponentReader(sources, new PatchEntryReader(paths, problems), name);
        CheckGoName(components, go);
        Component?[] shipped = [.. components.Select(entry => reader.Read(entry.Name, entry.Field, order, order.Length))];
        Component?[] sysroot = [.. libraries.Select((entry, index) => reader.Read(entry.Name, entry.Field, order, index))];
        return new ReleaseLine(
            name, description, epoch, [.. shipped.OfType<Component>()], [.. sysroot.OfType<Component>()], firmware)
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
}
