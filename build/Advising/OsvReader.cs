using System.Globalization;
using System.Text.Json;

namespace Qcw.Build.Advising;

/// <summary>Reads entries of databases in OSV's format, and of Debian's security tracker, which has its own.</summary>
internal static class OsvReader
{
    private const int Longest = 120;

    // the releases that a line can name; Debian's tracker has code names, OSV numbers
    private static readonly Dictionary<string, string> Releases = new(StringComparer.Ordinal)
    {
        ["buster"] = "10",
        ["bullseye"] = "11",
        ["bookworm"] = "12",
        ["trixie"] = "13",
        ["forky"] = "14",
    };

    /// <summary>The number of a release of Debian's; null: of none that has one, such as sid.</summary>
    /// <param name="suite">Its code name, perhaps with the name of a part: <c>bookworm</c>, <c>trixie-backports</c>.</param>
    public static string? ReleaseOf(string suite) => Releases.GetValueOrDefault(suite.Split('-')[0]);

    /// <summary>True for an entry in OSV's format.</summary>
    public static bool IsOsv(JsonElement root) =>
        root.ValueKind is JsonValueKind.Object && root.TryGetProperty("id", out JsonElement id) && id.ValueKind is JsonValueKind.String
        && (root.TryGetProperty("affected", out _) || root.TryGetProperty("modified", out _));

    /// <summary>True for the data of Debian's security tracker: packages, with vulnerabilities by name, with releases.</summary>
    public static bool IsTracker(JsonElement root) =>
        root.ValueKind is JsonValueKind.Object
        && root.EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.Object } package
        && package.EnumerateObject().FirstOrDefault().Value is { ValueKind: JsonValueKind.Object } entry
        && entry.TryGetProperty("releases", out JsonElement releases) && releases.ValueKind is JsonValueKind.Object;

    /// <summary>Reads an entry.</summary>
    /// <param name="root">The entry, which <see cref="IsOsv"/>.</param>
    public static Vulnerability Read(JsonElement root) => new(
        Text(root, "id")!,
        [.. Texts(root, "aliases").Concat(Texts(root, "upstream")).Distinct()],
        Cut(Text(root, "summary") ?? Text(root, "details") ?? string.Empty),
        [.. Items(root, "affected").Select(Affected)])
    {
        Modified = Text(root, "modified") is { } text && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) && time.Year > 1 ? time : null,
        IsWithdrawn = Text(root, "withdrawn") is not null,
    };

    /// <summary>What the tracker says of one source package.</summary>
    /// <param name="package">The package's name.</param>
    /// <param name="entries">Its entries, by CVE id or a name of the tracker's own.</param>
    public static IEnumerable<Vulnerability> ReadTracker(string package, JsonElement entries)
    {
        foreach (JsonProperty entry in Properties(entries))
        {
            yield return new Vulnerability(
                entry.Name, [], Cut(Text(entry.Value, "description") ?? string.Empty),
                [
                    .. Properties(Child(entry.Value, "releases")).Select(release => Tracked(package, release)).OfType<AffectedPackage>(),
                ]);
        }
    }

    private static AffectedPackage? Tracked(string package, JsonProperty release)
    {
        string? fix = Text(release.Value, "fixed_version");
        // version 0: that release never had it
        return fix == "0" ? null : new AffectedPackage("Debian:" + Releases.GetValueOrDefault(release.Name, release.Name), package)
        {
            Ranges =
            [
                [new RangeEvent(RangeEventKind.Introduced, "0"), .. fix is null ? (RangeEvent[])[] : [new(RangeEventKind.Fixed, fix)]],
            ],
        };
    }

    private static AffectedPackage Affected(JsonElement affected)
    {
        JsonElement package = Child(affected, "package");
        string purl = Text(package, "purl") ?? string.Empty;
        JsonElement[] ranges = [.. Items(affected, "ranges")];
        // commits say nothing without the repository's history
        JsonElement[] ordered = [.. ranges.Where(range => Text(range, "type") is not "GIT")];
        return new AffectedPackage(
            Text(package, "ecosystem") ?? EcosystemOf(purl), Text(package, "name") ?? NameOf(purl))
        {
            Ranges = [.. ordered.Select(range => (IReadOnlyList<RangeEvent>)[.. Items(range, "events").SelectMany(Events)])],
            Versions = [.. Texts(affected, "versions")],
            Repositories = [.. ranges.Select(range => Text(range, "repo")).OfType<string>().Distinct()],
            Imports =
            [
                .. Items(Child(affected, "ecosystem_specific"), "imports").Where(import => Text(import, "path") is not null)
                    .Select(import => new GoImport(
                        Text(import, "path")!, [.. Texts(import, "symbols")], [.. Texts(import, "goos")], [.. Texts(import, "goarch")])),
            ],
        };
    }

    private static IEnumerable<RangeEvent> Events(JsonElement one)
    {
        foreach ((string name, RangeEventKind kind) in ((string, RangeEventKind)[])
            [
                ("introduced", RangeEventKind.Introduced), ("fixed", RangeEventKind.Fixed), ("last_affected", RangeEventKind.LastAffected),
            ])
        {
            if (Text(one, name) is { } version)
            {
                yield return new RangeEvent(kind, version);
            }
        }
    }

    // pkg:golang/golang.org/x/net@v0.1.0, pkg:deb/debian/qemu?arch=source
    private static string EcosystemOf(string purl) =>
        purl.StartsWith("pkg:golang/", StringComparison.Ordinal) ? "Go"
        : purl.StartsWith("pkg:deb/debian/", StringComparison.Ordinal) ? "Debian" : string.Empty;

    private static string NameOf(string purl) => EcosystemOf(purl) switch
    {
        "Go" => Path(purl)["pkg:golang/".Length..],
        "Debian" => Path(purl)["pkg:deb/debian/".Length..],
        _ => string.Empty,
    };

    private static string Path(string purl) => Uri.UnescapeDataString(purl.Split('@', '?', '#')[0]);

    private static string Cut(string text)
    {
        // it is printed, and must not give orders to a terminal
        string line = string.Concat(text.ReplaceLineEndings("\n").Split('\n')[0].Where(letter => !char.IsControl(letter))).Trim();
        return line.Length <= Longest ? line : line[..(Longest - 1)] + "…";
    }

    private static JsonElement Child(JsonElement parent, string name) =>
        parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement child) ? child : default;

    private static string? Text(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) =>
        Child(parent, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static IEnumerable<string> Texts(JsonElement parent, string name) =>
        Items(parent, name).Where(item => item.ValueKind is JsonValueKind.String).Select(item => item.GetString()!);

    private static IEnumerable<JsonProperty> Properties(JsonElement value) =>
        value.ValueKind is JsonValueKind.Object ? value.EnumerateObject() : Enumerable.Empty<JsonProperty>();
}
