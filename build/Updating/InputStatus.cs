using System.Globalization;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Updating;

/// <summary>A version that there is.</summary>
/// <param name="Version">Upstream's version text.</param>
/// <param name="Day">When it was released, in UTC; null: not known.</param>
/// <param name="Commit">The commit of its tag; null: it was not found by a tag.</param>
internal sealed record FoundVersion(string Version, DateOnly? Day = null, string? Commit = null);

/// <summary>What is known of newer versions of one input of a line.</summary>
/// <param name="Component">The component or library, as the line pins it.</param>
internal sealed record InputStatus(Component Component)
{
    /// <summary>The newest release of the same branch; null: the pinned one, or not known.</summary>
    public FoundVersion? OfBranch { get; init; }

    /// <summary>The newest release; null: the pinned one, or not known.</summary>
    public FoundVersion? Newest { get; init; }

    /// <summary>Days from the pinned version to the newest; null: not known.</summary>
    public int? Days { get; init; }

    /// <summary>What Debian has of the same source; null: the line names no source package of Debian's.</summary>
    public DebianStatus? Debian { get; init; }

    /// <summary>What the patches of the line say about the newest version of the branch, or else the newest.</summary>
    public IReadOnlyList<PatchOutlook> Patches { get; init; } = [];

    /// <summary>Why somebody could not be asked, in one line; null: all were asked.</summary>
    public string? Problem { get; init; }

    /// <summary>True where something is newer than the pin.</summary>
    public bool IsOutdated => OfBranch is not null || Newest is not null || Debian?.IsNewer == true;

    /// <summary>True where something newer is known to be about security.</summary>
    public bool IsInsecure => Debian?.IsSecurity == true;
}

/// <summary>Debian's package of the same source.</summary>
/// <param name="Package">The source package.</param>
/// <param name="Suite">Code name of the suite that the line names.</param>
/// <param name="Pinned">The version whose patches the line takes, without epoch; null: the line takes none.</param>
/// <param name="SameOriginal">The newest revision of the same <c>.orig</c>, without epoch; null: the suite has another one.</param>
/// <param name="Newest">The newest version in that suite, its updates included, without epoch.</param>
internal sealed record DebianStatus(string Package, string Suite, string? Pinned, string? SameOriginal, string Newest)
{
    /// <summary>True where that suite has a newer version or revision.</summary>
    public bool IsNewer { get; init; }

    /// <summary>True where Debian's security archive has it, or its changelog names vulnerabilities.</summary>
    public bool IsSecurity { get; init; }

    /// <summary>The vulnerabilities that the changelog names above what is pinned; sorted.</summary>
    public IReadOnlyList<string> Vulnerabilities { get; init; } = [];

    /// <summary>Why the changelog could not be read; null: it was, or need not be.</summary>
    public string? ChangelogProblem { get; init; }
}

/// <summary>What is recorded of a patch, for a newer version.</summary>
/// <param name="Patch">Its name.</param>
/// <param name="Says">For people.</param>
internal sealed record PatchOutlook(string Patch, string Says)
{
    private const string Unknown = "not known without the source: run PatchStatus";

    /// <summary>What the record of a patch says of a version.</summary>
    /// <param name="name">The patch.</param>
    /// <param name="record">Its record; null: it has none.</param>
    /// <param name="version">Upstream's version text.</param>
    public static PatchOutlook Of(string name, PatchUpstream? record, string version)
    {
        // a record that says "done in 4.6.0" decides for every later version
        return new PatchOutlook(
            name,
            record is { IsDone: true, In: { } since }
            && OrderedVersion.TryParse(since, VersionScheme.Semver) is { } done
            && OrderedVersion.TryParse(version, VersionScheme.Semver) is { } then
                ? then.CompareTo(done) >= 0 ? $"{record}: {version} does not need it" : $"{record}, after {version}: {Unknown}"
                : record is null ? Unknown : $"{record.Word}; {Unknown}");
    }

    /// <summary>What is recorded of the patches of a component for a version.</summary>
    /// <exception cref="BuildException">A patch of this repository has no readable record.</exception>
    public static IReadOnlyList<PatchOutlook> Of(Component component, string version) =>
    [
        .. component.Patches.Select(patch => patch switch
        {
            DebianPatches debian => new PatchOutlook(
                $"Debian's {debian.Archive.Package}",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the line takes {(debian.Take.Count == 0 ? "all" : debian.Take.Count)} of the patches of {debian.Revision}: "
                        + $"look whether {version} has them")),
            RemotePatch remote => Of(patch.Name, remote.Upstream, version),
            LocalPatch local => Of(
                patch.Name, Dep3.Read(new Sources.Patches.PatchFile(local.Name, local.File, Files.Sha256(local.File))), version),
            _ => throw new InvalidOperationException($"no record is known of a {patch.GetType().Name}"),
        }),
    ];
}

/// <summary>The source package of Debian's that a line names for a component.</summary>
/// <param name="Package">The source package.</param>
/// <param name="Suite">Code name of the suite.</param>
/// <param name="Pinned">What the line has of it, without epoch; without a revision where the line takes none of Debian's patches.</param>
internal sealed record DebianReference(string Package, string Suite, DebianVersion Pinned)
{
    /// <summary>The package that a component's patches, sources or other places name, in this order; null: none does.</summary>
    public static DebianReference? Of(Component component)
    {
        DebianSource? packaging = component.Patches.OfType<DebianPatches>().Select(patches => patches.Archive).FirstOrDefault();
        if (packaging is not null)
        {
            return Make(packaging.Package, packaging.Suite, DebianFile.RevisionOf(packaging.File));
        }

        DebianSource? source = component.Sources.OfType<DebianSource>().FirstOrDefault();
        if (source is not null)
        {
            return Make(source.Package, source.Suite, OriginalOf(source.File));
        }

        DebianCopy? copy = component.Sources.OfType<ArchiveSource>().SelectMany(archive => archive.AlsoAt)
            .OfType<DebianCopy>().FirstOrDefault();
        return copy is null ? null : Make(copy.Package, copy.Suite, OriginalOf(copy.File));
    }

    /// <summary>The version in the name of an <c>.orig</c> archive.</summary>
    public static string OriginalOf(string file)
    {
        string version = file[(file.IndexOf('_', StringComparison.Ordinal) + 1)..];
        return version[..version.IndexOf(".orig", StringComparison.Ordinal)];
    }

    private static DebianReference? Make(string package, string suite, string version) =>
        DebianVersion.TryParse(version) is { } pinned ? new DebianReference(package, suite, pinned) : null;
}
