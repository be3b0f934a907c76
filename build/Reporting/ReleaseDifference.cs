namespace Qcw.Build.Reporting;

/// <summary>Something that two releases have in different versions, or one of them does not have.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Was">In the older release; null: it did not have it.</param>
/// <param name="Is">In the newer release; null: it does not have it any more.</param>
public sealed record Change(string Name, string? Was, string? Is);

/// <summary>In what the contents of one file differ from those of the same file of another release.</summary>
/// <param name="Kind">The file's name without versions.</param>
/// <param name="Was">In the older release; null: it did not have it.</param>
/// <param name="Is">In the newer release; null: it does not have it any more.</param>
/// <param name="Added">Installed files that only the newer one has, sorted by path.</param>
/// <param name="Removed">Installed files that only the older one has, sorted by path.</param>
/// <param name="Changed">Installed files that both have, with other bytes, sorted by path.</param>
public sealed record FileDifference(
    string Kind, ReleasedContents? Was, ReleasedContents? Is, IReadOnlyList<ContainedFile> Added, IReadOnlyList<ContainedFile> Removed,
    IReadOnlyList<(ContainedFile Was, ContainedFile Is)> Changed);

/// <summary>What changed between two releases: a function of their bills of materials.</summary>
/// <param name="Before">The older one.</param>
/// <param name="Files">Each file of either, sorted by kind.</param>
/// <param name="Versions">Components, libraries, modules and packages inside.</param>
/// <param name="Licences">Of what is in both, where the licence is another.</param>
/// <param name="Patches">By component and name; the value is the start of the patch's sha256.</param>
/// <param name="Gained">Vulnerabilities that are open now and were not known or not open before.</param>
/// <param name="Fixed">Vulnerabilities that were open and are not any more.</param>
/// <param name="Tools">What it was made with.</param>
public sealed record ReleaseDifference(
    ReleaseContents Before, IReadOnlyList<FileDifference> Files, IReadOnlyList<Change> Versions, IReadOnlyList<Change> Licences,
    IReadOnlyList<Change> Patches, IReadOnlyList<KnownVulnerability> Gained, IReadOnlyList<KnownVulnerability> Fixed,
    IReadOnlyList<Change> Tools)
{
    private const int ShortHash = 12;

    /// <summary>Compares two releases.</summary>
    public static ReleaseDifference Of(ReleaseContents before, ReleaseContents now)
    {
        IReadOnlyDictionary<string, string> oldVersions = Together(before, item => item.Version ?? "?");
        IReadOnlyDictionary<string, string> newVersions = Together(now, item => item.Version ?? "?");
        return new ReleaseDifference(
            before, FilesOf(before, now), Changes(oldVersions, newVersions),
            [
                .. Changes(Together(before, item => item.Licence), Together(now, item => item.Licence))
                    .Where(change => oldVersions.ContainsKey(change.Name) && newVersions.ContainsKey(change.Name)),
            ],
            Changes(PatchesOf(before), PatchesOf(now)), Open(now, except: before), Open(before, except: now),
            Changes(before.Tools, now.Tools));
    }

    /// <summary>The same file of the other release, or null.</summary>
    public ReleasedContents? BeforeOf(ReleasedContents file) => Files.FirstOrDefault(one => one.Is?.Name == file.Name)?.Was;

    private static FileDifference[] FilesOf(ReleaseContents before, ReleaseContents now)
    {
        Dictionary<string, ReleasedContents> old = ByKind(before);
        Dictionary<string, ReleasedContents> news = ByKind(now);
        return
        [
            .. old.Keys.Union(news.Keys).Order(StringComparer.Ordinal)
                .Select(kind => Of(kind, old.GetValueOrDefault(kind), news.GetValueOrDefault(kind))),
        ];
    }

    private static Dictionary<string, ReleasedContents> ByKind(ReleaseContents release) =>
        release.Files.GroupBy(file => file.Kind).ToDictionary(same => same.Key, same => same.First());

    private static FileDifference Of(string kind, ReleasedContents? was, ReleasedContents? now)
    {
        Dictionary<string, ContainedFile> old = ByPath(was);
        Dictionary<string, ContainedFile> news = ByPath(now);
        if (was is null || now is null)
        {
            return new FileDifference(kind, was, now, [], [], []);
        }

        return new FileDifference(
            kind, was, now, [.. news.Values.Where(file => !old.ContainsKey(file.Path))],
            [.. old.Values.Where(file => !news.ContainsKey(file.Path))],
            [
                .. news.Values.Where(file => old.GetValueOrDefault(file.Path) is { } other && other.Sha256 != file.Sha256)
                    .Select(file => (old[file.Path], file)),
            ]);
    }

    private static Dictionary<string, ContainedFile> ByPath(ReleasedContents? file) => (file?.Items ?? []).SelectMany(item => item.Files)
        .DistinctBy(one => one.Path).OrderBy(one => one.Path, StringComparer.Ordinal).ToDictionary(one => one.Path);

    private static Dictionary<string, string> Together(ReleaseContents release, Func<ContainedItem, string> value) =>
        release.Items.GroupBy(item => item.Key, value).ToDictionary(
            same => same.Key, same => string.Join(", ", same.Distinct().Order(StringComparer.Ordinal)), StringComparer.Ordinal);

    private static Dictionary<string, string> PatchesOf(ReleaseContents release) => release.Items
        .SelectMany(item => item.Patches.Select(patch => (Name: $"{item.Key}: {patch.Name}", patch.Sha256)))
        .GroupBy(patch => patch.Name, patch => patch.Sha256[..ShortHash])
        .ToDictionary(same => same.Key, same => string.Join(", ", same.Distinct()), StringComparer.Ordinal);

    private static KnownVulnerability[] Open(ReleaseContents release, ReleaseContents except)
    {
        HashSet<(string, string)> others = [.. except.Vulnerabilities.Where(one => one.IsOpen).Select(one => (one.Id, one.Component))];
        return [.. release.Vulnerabilities.Where(one => one.IsOpen && !others.Contains((one.Id, one.Component)))];
    }

    private static Change[] Changes(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
    [
        .. before.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(name => new Change(name, before.GetValueOrDefault(name), now.GetValueOrDefault(name)))
            .Where(change => change.Was != change.Is),
    ];
}
