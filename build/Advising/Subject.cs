using System.Text.RegularExpressions;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Advising;

/// <summary>A component or library of a line, and what is known of it that tells which vulnerabilities it has.</summary>
/// <param name="Component">The component or library.</param>
public sealed partial record Subject(Component Component)
{
    /// <summary>Its name in Debian, where the line takes a file of Debian's or knows one with the same bytes; null: it does not.</summary>
    public DebianOrigin? Debian { get; } = DebianOrigin.Of(Component);

    /// <summary>The repositories that it is from, by <see cref="Wanted.RepositoryName"/>.</summary>
    public IReadOnlySet<string> Repositories { get; } = RepositoriesOf(Component);

    /// <summary>Debian's parts of its package: the one that the line takes patches from, and others that were given.</summary>
    public IReadOnlyList<DebianPackaging> Packagings { get; init; } = [];

    /// <summary>Vulnerabilities that its patches are against, by the patch's name.</summary>
    public IReadOnlyList<(string Patch, IReadOnlyList<string> Ids)> Patches { get; init; } = [];

    /// <summary>True: it has programs that are written in Go.</summary>
    public bool IsGo { get; init; }

    /// <summary>What these have inside; null: not known, or it has none.</summary>
    public GoContents? Go { get; init; }

    /// <summary>True where all that it has is of this repository: no database knows it.</summary>
    public bool IsOwn => Component.Source is RecipeSource;

    /// <summary>Upstream's version, to be compared.</summary>
    internal SemanticVersion? Version => SemanticVersion.TryParse(Component.Version);

    /// <summary>The packaging that the line takes patches from; null: it takes none.</summary>
    internal DebianPackaging? Pinned => Component.Patches.OfType<DebianPatches>()
        .Select(patches => Packagings.FirstOrDefault(one => one.File == patches.Archive.File)).FirstOrDefault(one => one is not null);

    /// <summary>The packaging of the newest revision; null: there is none.</summary>
    internal DebianPackaging? Newest => Packagings.MaxBy(one => DebianVersion.TryParse(one.Version));

    /// <summary>True where all patches of the pinned packaging are taken, which then is the version.</summary>
    internal bool TakesAll => Component.Patches.OfType<DebianPatches>().Any(patches => patches.Take.Count == 0);

    /// <summary>What is fixed by patches that the line takes: names of vulnerabilities, and the patches.</summary>
    internal ILookup<string, string> Fixed
    {
        get
        {
            HashSet<string> taken = [.. Component.Patches.OfType<DebianPatches>().SelectMany(patches => patches.Take)];
            IEnumerable<(string Id, string Patch)> debian = (Pinned?.Fixes ?? [])
                .Where(fix => TakesAll || (fix.Patches.Count > 0 && fix.Patches.All(taken.Contains)))
                .SelectMany(fix => fix.Patches.DefaultIfEmpty(Pinned!.File).Select(patch => (fix.Id, patch)));
            return Patches.SelectMany(one => one.Ids.Select(id => (Id: id, one.Patch))).Concat(debian).Distinct()
                .ToLookup(one => one.Id, one => one.Patch);
        }
    }

    /// <summary>Ids of vulnerabilities in what a description says.</summary>
    public static IReadOnlyList<string> IdsIn(string text) => [.. Ids().Matches(text).Select(match => match.Value).Distinct()];

    private static HashSet<string> RepositoriesOf(Component component) =>
    [
        .. component.Sources.SelectMany(source => source switch
        {
            GitSource git => git.AlsoAt.Prepend(git.Url),
            ArchiveSource archive => archive.AlsoAt.OfType<GitArchive>().Select(copy => copy.Url),
            _ => (IEnumerable<Uri>)[],
        }).Select(address => Wanted.RepositoryName(address.AbsoluteUri)),
    ];

    [GeneratedRegex(
        @"(?<![0-9A-Za-z])(CVE-[0-9]{4}-[0-9]{4,}|GHSA(-[0-9a-z]{4}){3}|GO-[0-9]{4}-[0-9]{4,})(?![0-9A-Za-z])",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();
}

/// <summary>The source package of Debian's with the same upstream bytes.</summary>
/// <param name="Package">Its name: <c>glib2.0</c>.</param>
/// <param name="Suite">The suite whose index lists it: <c>bookworm</c>.</param>
/// <param name="Upstream">Upstream's part of its version, without an epoch: <c>7.2+dfsg</c>.</param>
public sealed record DebianOrigin(string Package, string Suite, string Upstream)
{
    /// <summary>The release's number; null: a suite that has none.</summary>
    public string? Release => OsvReader.ReleaseOf(Suite);

    /// <summary>What the line says of a component; null: nothing.</summary>
    public static DebianOrigin? Of(Component component) => component.IsOneOff ? null : component.Sources
        .SelectMany(source => source switch
        {
            DebianSource debian => [Of(debian.Package, debian.Suite, debian.File)],
            ArchiveSource archive => archive.AlsoAt.OfType<DebianCopy>().Select(copy => Of(copy.Package, copy.Suite, copy.File)),
            _ => (IEnumerable<DebianOrigin>)[],
        })
        .Concat(component.Patches.OfType<DebianPatches>().Select(patches => new DebianOrigin(
            patches.Archive.Package, patches.Archive.Suite, new DebianRevision(DebianFile.RevisionOf(patches.Archive.File), []).Upstream)))
        .FirstOrDefault();

    private static DebianOrigin Of(string package, string suite, string file)
    {
        string version = file[(file.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return new DebianOrigin(package, suite, version[..version.IndexOf(".orig", StringComparison.Ordinal)]);
    }
}
