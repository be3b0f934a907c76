using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Packaging;

namespace Qcw.Build.Attesting;

/// <summary>Something inside a file of the release: a component, a library, a module, a package.</summary>
/// <param name="Ref">Its name within the inventory: the package URL, or what kind and name it is of.</param>
/// <param name="Type">CycloneDX's word: <c>application</c>, <c>library</c>, <c>firmware</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version; null: not known.</param>
/// <param name="Licence">An SPDX expression; null: not known.</param>
/// <param name="Purl">Its package URL.</param>
public sealed record Item(string Ref, string Type, string Name, string? Version, string? Licence, string Purl)
{
    /// <summary>What it is for, where the name does not tell.</summary>
    public string? Description { get; init; }

    /// <summary>Its name in the CPE dictionary, or null.</summary>
    public string? Cpe { get; init; }

    /// <summary>Who has the copyright, as its licence texts say it, a line each; null: they do not.</summary>
    public string? Copyright { get; init; }

    /// <summary>The source that carries it; null: it has one of its own, or is a package.</summary>
    public ItemSource? From { get; init; }

    /// <summary>True: its build needs it, and nothing of it is inside.</summary>
    public bool OnlyBuilds { get; init; }

    /// <summary>sha256 of the package it was taken from, or null.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The hash of a Go module, as <c>go.sum</c> has it, or null.</summary>
    public string? GoSum { get; init; }

    /// <summary>The pristine source, and where it is from; null: it is a part of something else, or of this repository.</summary>
    public ItemSource? Source { get; init; }

    /// <summary>The patches on the source, in order.</summary>
    public IReadOnlyList<PatchFacts> Patches { get; init; } = [];

    /// <summary>The files that are it, sorted by path.</summary>
    public IReadOnlyList<PackedFile> Files { get; init; } = [];

    /// <summary>The refs of what it was made with or has inside, sorted.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];
}

/// <summary>A pinned source.</summary>
/// <param name="Address">Of the archive or repository: an address, or a package URL.</param>
/// <param name="Sha256">Of an archive, or null.</param>
/// <param name="Commit">Of a repository, or null.</param>
public sealed record ItemSource(string Address, string? Sha256, string? Commit);

/// <summary>
/// Everything inside one file of the release, each installed file with what it belongs to: a function of the file's record and the line.
/// </summary>
/// <param name="File">The record of the file.</param>
/// <param name="Version">The version of what it is made from.</param>
/// <param name="Items">What is inside, sorted by ref.</param>
public sealed record Inventory(ArtifactRecord File, string Version, IReadOnlyList<Item> Items)
{
    private const string OwnLicence = "Apache-2.0";
    private const string Library = "library";

    /// <summary>
    /// What an item's bytes are known by: its package, archive or commit, Go's hash of a module, or else the list of its files as sha256sum
    /// writes it.
    /// </summary>
    /// <returns>The algorithm in CycloneDX's words, and lower-case hex digits.</returns>
    public static (string Algorithm, string Hash) HashOf(Item item) =>
        (item.Sha256 ?? item.Source?.Sha256 ?? item.From?.Sha256) is { } sha256 ? ("SHA-256", sha256)
        : item.GoSum is { } sum ? ("SHA-256", Convert.ToHexStringLower(Convert.FromBase64String(sum["h1:".Length..])))
        : (item.Source?.Commit ?? item.From?.Commit) is { } commit ? ("SHA-1", commit)
        : ("SHA-256", Convert.ToHexStringLower(SHA256.HashData(
            Encoding.UTF8.GetBytes(string.Concat(item.Files.Select(file => $"{file.Sha256}  {file.Path}\n"))))));

    /// <summary>The refs of what nothing else in it needs.</summary>
    public IEnumerable<string> Roots => Items.Select(item => item.Ref).Except(Items.SelectMany(item => item.Needs));

    /// <summary>Takes the inventory of a file.</summary>
    /// <param name="record">What is known of the file.</param>
    /// <param name="line">The line it was made of.</param>
    /// <param name="tag">The tag that it is published under; empty: none.</param>
    /// <param name="onlyBuild">Names of libraries of which nothing is linked: they are tools.</param>
    /// <exception cref="BuildException">
    /// A file belongs to nothing inside, what was linked is not in the line, or a licence is missing; it is named.
    /// </exception>
    public static Inventory Of(ArtifactRecord record, ReleaseLine line, string tag, IReadOnlyCollection<string> onlyBuild)
    {
        string version = record.Version ?? (tag.Length > 0 ? tag : line.Name);
        Dictionary<string, Component> known = line.Components.Concat(line.Libraries).ToDictionary(component => component.Name);
        string[] names = [.. record.By.Sources.Select(source => source.Name).Concat(record.By.Libraries).Distinct()];
        if (names.FirstOrDefault(name => !known.ContainsKey(name)) is { } unknown)
        {
            throw new BuildException(
                $"{unknown} is inside {record.File}, and the line {line.Name} does not have it: make the file again with this line");
        }

        Item[] tools = [.. ToolParts.In(record)];
        HashSet<string> taken = [.. record.Details.Parts.SelectMany(part => part.Files)];
        ILookup<string, PackedFile> files = record.Contents.Where(file => !taken.Contains(file.Path)).ToLookup(file => file.From);
        Item[] items =
        [
            .. names.Select(name => Of(known[name], record, line, onlyBuild.Contains(name), [.. files[name]])),
            .. Parts(record, known),
            .. tools,
            .. Own(record, version, [.. files[PackedFile.Own]]),
        ];
        return CheckOwners(new Inventory(record, version, [.. items.OrderBy(item => item.Ref, StringComparer.Ordinal)]));
    }

    private static Inventory CheckOwners(Inventory inventory)
    {
        HashSet<string> owned = [.. inventory.Items.SelectMany(item => item.Files).Select(file => file.Path)];
        string[] lost =
        [
            .. inventory.File.Contents.Where(file => !owned.Contains(file.Path))
                .Select(file => $"{file.Path} is from {file.From}, which is not in the inventory"),
        ];
        return lost.Length == 0
            ? inventory
            : throw new BuildException($"nobody owns files of {inventory.File.File}:\n    " + string.Join("\n    ", lost));
    }

    private static Item Of(
        Component component, ArtifactRecord record, ReleaseLine line, bool onlyBuilds, PackedFile[] files)
    {
        string licence = component.Licence ?? throw new BuildException(
            $"the line {line.Name} does not say the licence of {component.Name}, which is inside {record.File}: "
                + $"add \"licence\", an SPDX expression, to {component.Name} in build/Catalog/Versions");
        SourceRecord? source = record.By.Sources.FirstOrDefault(source => source.Name == component.Name);
        string version = source?.Version ?? component.Version;
        ItemSource? pristine = SourceOf(component, source);
        return new Item(
            RefOf(component.Name), line.Components.Contains(component) ? "application" : Library, component.Name, version, licence,
            PurlOf(component, version, pristine))
        {
            Copyright = record.Details.Copyrights.GetValueOrDefault(component.Name),
            Cpe = component.Cpe is { } product ? Attesting.Cpe.Of(product, version) : null,
            OnlyBuilds = onlyBuilds,
            Source = pristine,
            Patches = [.. record.Details.Patches.Where(patch => patch.Component == component.Name)],
            Files = files,
            Needs =
            [
                .. component.Needs.Where(record.By.Libraries.Contains).Select(RefOf)
                    .Concat(record.Details.Parts.Where(part => part.In == component.Name).Select(part => PurlOf(part)))
                    .Distinct().Order(StringComparer.Ordinal),
            ],
        };
    }

    private static string RefOf(string component) => "component:" + component;

    private static ItemSource? SourceOf(Component component, SourceRecord? record)
    {
        Source source = component.Sources.FirstOrDefault(one => one.Pin == record?.Pin) ?? component.Source;
        return source switch
        {
            ArchiveSource archive => new ItemSource(archive.Location, archive.Sha256, null),
            DebianSource debian => new ItemSource(
                Purl.Debian(debian.Package, component.Version, "source", debian.Suite) + "#" + Uri.EscapeDataString(debian.File),
                debian.Sha256, null),
            GitSource git => new ItemSource(git.Url.AbsoluteUri, null, git.Commit),
            LocalSource local => new ItemSource(Purl.Generic(component.Name, component.Version), local.ContentHash, null),
            _ => null,
        };
    }

    private static string PurlOf(Component component, string version, ItemSource? source) => source switch
    {
        { Commit: { } commit } when new Uri(source.Address) is { Host: "github.com", Segments: [_, var owner, var repository] } =>
            Purl.GitHub(owner.TrimEnd('/'), repository.Replace(".git", string.Empty, StringComparison.Ordinal), commit),
        { Sha256: { } sha256 } when source.Address.StartsWith("https:", StringComparison.Ordinal) =>
            Purl.Generic(component.Name, version, source.Address, sha256),
        { } other => Purl.Generic(component.Name, version, null, other.Sha256),
        null => Purl.Generic(component.Name, version),
    };

    /// <summary>What several have inside in one version is there once.</summary>
    private static IEnumerable<Item> Parts(ArtifactRecord record, Dictionary<string, Component> known) =>
        record.Details.Parts.GroupBy(PurlOf).Select(same => Of(same.Key, [.. same], record, known));

    private static Item Of(string purl, Part[] same, ArtifactRecord record, Dictionary<string, Component> known)
    {
        Part part = same[0];
        HashSet<string> files = [.. same.SelectMany(one => one.Files)];
        return new Item(purl, TypeOf(part), part.Name, part.Version, part.Licence, purl)
        {
            Description = part.Description,
            Copyright = part.Copyright,
            Sha256 = part.Sha256,
            From = part.Kind is PartKind.Bundled
                ? SourceOf(known[part.In], record.By.Sources.FirstOrDefault(source => source.Name == part.In))
                : null,
            GoSum = same.Select(one => one.Sum).FirstOrDefault(sum => sum is not null),
            Source = part.Repository is { } repository ? new ItemSource(repository, null, null) : null,
            Files = [.. record.Contents.Where(file => files.Contains(file.Path))],
        };
    }

    private static string TypeOf(Part part) =>
        part.Kind is not PartKind.GoModule && part.Files.Any(file => file.StartsWith("share/", StringComparison.Ordinal)
            || file.Contains("/share/", StringComparison.Ordinal)) ? "firmware" : Library;

    private static string PurlOf(Part part) => part.Kind switch
    {
        PartKind.GoModule => Purl.Golang(part.Name, part.Version!),
        PartKind.DebianPackage => Purl.Debian(part.Name, part.Version, part.Architecture, part.Distribution),
        _ => Purl.Generic(part.Name, part.Version),
    };

    private static IEnumerable<Item> Own(ArtifactRecord record, string version, PackedFile[] files)
    {
        // a script is one file, with none inside
        if (files.Length > 0 || record.Component is null)
        {
            string purl = Purl.Generic(PackedFile.Own, version);
            yield return new Item(RefOf(PackedFile.Own), "application", PackedFile.Own, version, OwnLicence, purl)
            {
                Description = "scripts and pages of this repository",
                Files = files,
            };
        }
    }
}
