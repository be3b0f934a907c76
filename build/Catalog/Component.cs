namespace Qcw.Build.Catalog;

/// <summary>Something that is shipped, or a library of the sysroot: what, which version, from where, which patches.</summary>
/// <param name="Name">Lower case, as in the versions file and in <c>patches/&lt;name&gt;</c>: <c>qemu</c>, <c>xz</c>, <c>glib</c>.</param>
/// <param name="Version">Upstream's version text.</param>
/// <param name="Source">Where it comes from, and its pin.</param>
/// <param name="Patches">Applied in this order.</param>
/// <param name="Needs">Names of the libraries it is built against, direct ones only.</param>
/// <param name="Notes">Sentences for the release notes (deviations; vulnerabilities are in <c>build/Advisories</c>).</param>
public sealed record Component(
    string Name,
    string Version,
    Source Source,
    IReadOnlyList<SourcePatch> Patches,
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Notes)
{
    /// <summary>
    /// Sources with pins of their own, in order: one is taken where the bytes of those before it cannot be fetched from anywhere.
    /// </summary>
    public IReadOnlyList<Source> Alternatives { get; init; } = [];

    /// <summary>The source and its alternatives, in the order in which they are tried.</summary>
    public IEnumerable<Source> Sources => Alternatives.Prepend(Source);

    /// <summary>True where Go modules have to be fetched for it: its source does not carry them (no <c>vendor</c> folder).</summary>
    public bool NeedsModules { get; init; }

    /// <summary>Go modules linked into it of which is known that their source states no licence; a note has to say so.</summary>
    public IReadOnlyList<string> ModulesWithoutLicence { get; init; } = [];

    /// <summary>The licence of what is shipped, an SPDX expression: <c>MIT AND Zlib</c>; null: the line does not say.</summary>
    public string? Licence { get; init; }

    /// <summary>
    /// The names that the CPE dictionary has for its supplier and for it: <c>tukaani:xz</c>; null: the dictionary does not have it.
    /// </summary>
    public string? Cpe { get; init; }

    /// <summary>Where its newer versions are looked for; null: nowhere.</summary>
    public UpstreamWatch? Watch { get; init; }

    /// <summary>True where the command line replaced the line's source or version: the release notes say so.</summary>
    public bool IsOneOff { get; init; }

    /// <summary><c>name-version</c>: the stem of every folder and file made from it.</summary>
    public string Id => $"{Name}-{Version}";
}

/// <summary>One patch set on a component.</summary>
/// <param name="Name">For people: a file name without its ending (<c>0001-Updating-deps</c>), or that of Debian's archive.</param>
public abstract record SourcePatch(string Name);

/// <summary>A patch written here; its bytes are in <c>patches/</c>.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="File">Full path of the <c>.patch</c> file.</param>
public sealed record LocalPatch(string Name, string File) : SourcePatch(Name);

/// <summary>A patch taken from elsewhere: an immutable URL and the hash of its bytes.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="File">Full path of the <c>.json</c> file that describes it.</param>
/// <param name="Url">Immutable (contains a commit id).</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="From">The pull request or mailing-list thread it was taken from.</param>
/// <param name="State">What became of it upstream, as a sentence.</param>
/// <param name="Why">What it is for.</param>
/// <param name="Security">A security consideration that the release notes must carry, or null.</param>
public sealed record RemotePatch(
    string Name, string File, Uri Url, string Sha256, string From, string State, string Why, string? Security) : SourcePatch(Name)
{
    /// <summary>The same as <see cref="State"/>, in fields that can be checked; the reader requires it.</summary>
    public PatchUpstream? Upstream { get; init; }
}

/// <summary>
/// Patches that Debian's package carries for the same <c>.orig</c> archive: files below <c>debian/patches</c> of the archive with Debian's
/// part of the source package, or all that Debian's diff changes outside <c>debian/</c> where the package is in the old format.
/// </summary>
/// <param name="Archive">The <c>.debian.tar</c> archive or the <c>.diff.gz</c>, pinned like any file of a Debian source package.</param>
/// <param name="Take">
/// Names below <c>debian/patches</c>, in the order in which they are applied; empty: all of <c>debian/patches/series</c>, or the diff.
/// </param>
public sealed record DebianPatches(DebianSource Archive, IReadOnlyList<string> Take) : SourcePatch(Archive.File)
{
    /// <summary>True where the archive is the diff of a package in the old format, which has no single patches.</summary>
    public bool IsDiff => DebianFile.IsDiff(Archive.File);

    /// <summary>Package and revision, for people: <c>glib2.0 2.84.4-3~deb13u5</c>.</summary>
    public string Revision => $"{Archive.Package} {DebianFile.RevisionOf(Archive.File)}";

    // of lists a record would compare the references
    public bool Equals(DebianPatches? other) => other is not null && Archive == other.Archive && Take.SequenceEqual(other.Take);

    public override int GetHashCode() => HashCode.Combine(Archive, Take.Count);
}
