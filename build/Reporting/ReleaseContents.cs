using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Qcw.Build.Attesting;

namespace Qcw.Build.Reporting;

/// <summary>A release as its bills of materials tell it.</summary>
/// <param name="Name">What people call it: its line, or its folder.</param>
/// <param name="Files">Its installers, archives and scripts, sorted by name.</param>
public sealed record ReleaseContents(string Name, IReadOnlyList<ReleasedContents> Files)
{
    /// <summary>Reads all bills of materials of a folder.</summary>
    /// <param name="folder">A full path.</param>
    /// <exception cref="BuildException">There is none, or one is damaged; it is named.</exception>
    public static ReleaseContents Read(string folder)
    {
        string[] boms = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + CycloneDxWriter.Ending) : [];
        return boms.Length == 0
            ? throw new BuildException(
                $"{folder} has no bill of materials (*{CycloneDxWriter.Ending}), expected the folder of a release with one for each file")
            : new ReleaseContents(
                new DirectoryInfo(folder).Name,
                [.. boms.Order(StringComparer.Ordinal).Select(bom => ReleasedContents.Parse(File.ReadAllText(bom), bom) with
                {
                    Packed = new FileInfo(bom[..^CycloneDxWriter.Ending.Length]) is { Exists: true } file ? file.Length : null,
                })]);
    }

    /// <summary>The line of the release, where all bills of materials name the same.</summary>
    public string? Line => Files.Select(file => file.Line).Distinct().ToArray() is [{ } one] ? one : null;

    /// <summary>What is inside any of its files: the name and version of each component, library, module and package, sorted.</summary>
    public IReadOnlyList<ContainedItem> Items =>
    [
        .. Files.SelectMany(file => file.Items).GroupBy(item => (item.Key, item.Version)).Select(same => same.First())
            .OrderBy(item => item.Key, StringComparer.Ordinal).ThenBy(item => item.Version, StringComparer.Ordinal),
    ];

    /// <summary>What is known of vulnerabilities, each once for what it is of.</summary>
    public IReadOnlyList<KnownVulnerability> Vulnerabilities =>
    [
        .. Files.SelectMany(file => file.Vulnerabilities).DistinctBy(one => (one.Id, one.Component))
            .OrderBy(one => one.Id, StringComparer.Ordinal).ThenBy(one => one.Component, StringComparer.Ordinal),
    ];

    /// <summary>The tools that it was made with: name to versions.</summary>
    public IReadOnlyDictionary<string, string> Tools => Files.SelectMany(file => file.Tools)
        .GroupBy(tool => tool.Name, tool => tool.Version)
        .OrderBy(same => same.Key, StringComparer.Ordinal)
        .ToDictionary(same => same.Key, same => string.Join(", ", same.Distinct().Order(StringComparer.Ordinal)), StringComparer.Ordinal);
}

/// <summary>A file of a release, and all that is inside.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">The version of what it is made from.</param>
/// <param name="Line">The line that it was made of; null: it does not say.</param>
/// <param name="Sha256">Of its bytes before any signature was attached, 64 lower-case hex digits.</param>
/// <param name="Items">What is inside, in the order of the bill of materials.</param>
/// <param name="Vulnerabilities">What is known of vulnerabilities of that.</param>
/// <param name="Tools">The tools that it was made with: packages, or what a tool says of itself.</param>
public sealed partial record ReleasedContents(
    string Name, string Version, string? Line, string Sha256, IReadOnlyList<ContainedItem> Items,
    IReadOnlyList<KnownVulnerability> Vulnerabilities, IReadOnlyList<(string Name, string Version)> Tools)
{
    private const string Remedy = "get the release again, or name one that this project made";

    /// <summary>Bytes of the file itself; null: only its bill of materials is there.</summary>
    public long? Packed { get; init; }

    /// <summary>What an Authenticode signature signs of it; null: it is no program.</summary>
    public string? AuthenticodeSha256 { get; init; }

    /// <summary>Bytes of all files inside; of a file with none inside, 0.</summary>
    public long Unpacked => Items.SelectMany(item => item.Files).Sum(file => file.Size);

    /// <summary>What it is called in every release: its name without versions.</summary>
    public string Kind => Number().Replace(Version.Length > 0 ? Name.Replace(Version, "*", StringComparison.Ordinal) : Name, "*");

    /// <summary>Reads a bill of materials that this project wrote.</summary>
    /// <param name="text">CycloneDX, JSON.</param>
    /// <param name="file">What messages name.</param>
    /// <exception cref="BuildException">It is none, or lacks what this project writes.</exception>
    public static ReleasedContents Parse(string text, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            JsonElement whole = root.GetProperty("metadata").GetProperty("component");
            ContainedItem[] items = [.. List(root, "components").Select(Item)];
            Dictionary<string, string> names = items.ToDictionary(item => item.Ref, item => item.Key, StringComparer.Ordinal);
            return new ReleasedContents(
                Text(whole, "name"), Text(whole, "version"), PropertyOf(root.GetProperty("metadata"), "qcw:line"), Hash(whole), items,
                [.. List(root, "vulnerabilities").Select(one => Vulnerability(one, names))],
                [
                    .. List(root, "formulation").SelectMany(formula => List(formula, "components"))
                        .Select(tool => (Text(tool, "name"), Text(tool, "version"))),
                ])
            {
                AuthenticodeSha256 = PropertyOf(whole, "qcw:authenticode-sha256"),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or
            OverflowException or ArgumentException)
        {
            throw new BuildException($"{file} is not a bill of materials as this project writes it ({e.Message}): {Remedy}", e);
        }
    }

    private static ContainedItem Item(JsonElement item) => new(
        Text(item, "bom-ref"), Text(item, "type"), Text(item, "name"), OptionalText(item, "version"), Licence(item),
        [
            .. List(item, "components").Select(file => new ContainedFile(
                Text(file, "name"), Hash(file),
                long.Parse(
                    PropertyOf(file, "qcw:size") ?? throw new FormatException($"{Text(file, "name")} has no qcw:size"),
                    NumberStyles.None, CultureInfo.InvariantCulture))),
        ])
    {
        OnlyBuilds = OptionalText(item, "scope") == "excluded",
        Patches = item.TryGetProperty("pedigree", out JsonElement pedigree)
            ? [.. (OptionalText(pedigree, "notes") ?? string.Empty).Split('\n').Select(AppliedPatch.Parse).OfType<AppliedPatch>()]
            : [],
    };

    private static KnownVulnerability Vulnerability(JsonElement one, Dictionary<string, string> names)
    {
        JsonElement analysis = one.GetProperty("analysis");
        string affected = Text(List(one, "affects").First(), "ref");
        return new KnownVulnerability(
            Text(one, "id"), names.GetValueOrDefault(affected, affected), Text(analysis, "state"),
            OptionalText(analysis, "detail") ?? string.Empty);
    }

    private static string Licence(JsonElement item)
    {
        JsonElement first = List(item, "licenses").FirstOrDefault();
        return first.ValueKind is not JsonValueKind.Object ? string.Empty
            : OptionalText(first, "expression")
                ?? (first.TryGetProperty("license", out JsonElement one) ? OptionalText(one, "id") ?? OptionalText(one, "name") : null)
                ?? string.Empty;
    }

    private static string Hash(JsonElement element) =>
        List(element, "hashes").Where(hash => Text(hash, "alg") == "SHA-256").Select(hash => Text(hash, "content")).FirstOrDefault()
        ?? string.Empty;

    private static string? PropertyOf(JsonElement element, string name) =>
        List(element, "properties").Where(property => Text(property, "name") == name).Select(property => Text(property, "value"))
            .FirstOrDefault();

    private static IEnumerable<JsonElement> List(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement list) ? list.EnumerateArray() : [];

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");

    private static string? OptionalText(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    [GeneratedRegex(@"(?<![A-Za-z0-9])v?[0-9]+(\.[0-9]+)+(?![A-Za-z0-9])")]
    private static partial Regex Number();
}

/// <summary>Something inside a file of a release.</summary>
/// <param name="Ref">Its name within the bill of materials.</param>
/// <param name="Type">CycloneDX's word.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null: not known.</param>
/// <param name="Licence">An SPDX expression; empty: not known.</param>
/// <param name="Files">The installed files that are it.</param>
public sealed record ContainedItem(
    string Ref, string Type, string Name, string? Version, string Licence, IReadOnlyList<ContainedFile> Files)
{
    /// <summary>True: its build needs it, and nothing of it is inside.</summary>
    public bool OnlyBuilds { get; init; }

    /// <summary>The patches on it, in order.</summary>
    public IReadOnlyList<AppliedPatch> Patches { get; init; } = [];

    /// <summary>
    /// What it is called in every release: its package URL without a version; of a component, its name.
    /// </summary>
    public string Key => Ref.StartsWith("pkg:", StringComparison.Ordinal)
        ? Uri.UnescapeDataString(Ref.Split('@', '?')[0]["pkg:".Length..])
        : Ref.StartsWith("component:", StringComparison.Ordinal) ? Ref["component:".Length..] : Name;
}

/// <summary>An installed file.</summary>
/// <param name="Path">Relative to the folder of the installation, with slashes.</param>
/// <param name="Sha256">Of its bytes, 64 lower-case hex digits.</param>
/// <param name="Size">In bytes.</param>
public sealed record ContainedFile(string Path, string Sha256, long Size)
{
    /// <summary>The folder that it is in, empty for the top one.</summary>
    public string Folder => Path.LastIndexOf('/') is > 0 and var at ? Path[..at] : string.Empty;

    /// <summary>Its name without folders.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>A patch that was applied, as the notes of a bill of materials have it.</summary>
/// <param name="Name">As in <see cref="PatchRecord"/>.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Text">What it says of itself.</param>
public sealed partial record AppliedPatch(string Name, string Sha256, string Text)
{
    /// <summary>Reads one line; null: it is of no patch.</summary>
    public static AppliedPatch? Parse(string line) => Line().Match(line) is { Success: true } match
        ? new AppliedPatch(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value)
        : null;

    [GeneratedRegex(@"^(.+) \(sha256 ([0-9a-f]{64})\): (.*)$")]
    private static partial Regex Line();
}

/// <summary>What a bill of materials says of a vulnerability.</summary>
/// <param name="Id"><c>CVE-2024-47611</c>.</param>
/// <param name="Component">What it is of.</param>
/// <param name="State">CycloneDX's word: <c>exploitable</c>, <c>not_affected</c>.</param>
/// <param name="Detail">Why, a sentence.</param>
public sealed record KnownVulnerability(string Id, string Component, string State, string Detail)
{
    /// <summary>True where users have to know of it.</summary>
    public bool IsOpen => State is "exploitable" or "in_triage";
}
