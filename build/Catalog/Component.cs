namespace Qcw.Build.Catalog;

/// <summary>Something that is shipped, or a library of the sysroot: what, which version, from where, which patches.</summary>
/// <param name="Name">Lower case, as in the versions file and in <c>patches/&lt;name&gt;</c>: <c>qemu</c>, <c>xz</c>, <c>glib</c>.</param>
/// <param name="Version">Upstream's version text.</param>
/// <param name="Source">Where it comes from, and its pin.</param>
/// <param name="Patches">Applied in this order.</param>
/// <param name="Needs">Names of the libraries it is built against, direct ones only.</param>
/// <param name="Notes">Sentences for the release notes (known vulnerabilities of this version, deviations).</param>
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

    /// <summary>True where the command line replaced the line's source or version: the release notes say so.</summary>
    public bool IsOneOff { get; init; }

    /// <summary><c>name-version</c>: the stem of every folder and file made from it.</summary>
    public string Id => $"{Name}-{Version}";
}

/// <summary>One patch set on a component.</summary>
/// <param name="Name">File name without its ending: <c>0001-Updating-deps</c>.</param>
/// <param name="File">Full path of the <c>.patch</c> (ours) or <c>.json</c> (remote) file in this repository.</param>
public abstract record SourcePatch(string Name, string File);

/// <summary>A patch written here; its bytes are in <c>patches/</c>.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="File">Full path of the <c>.patch</c> file.</param>
public sealed record LocalPatch(string Name, string File) : SourcePatch(Name, File);

/// <summary>A patch taken from elsewhere: an immutable URL and the hash of its bytes.</summary>
/// <param name="Name">File name without its ending.</param>
/// <param name="File">Full path of the <c>.json</c> file that describes it.</param>
/// <param name="Url">Immutable (contains a commit id).</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="From">The pull request or mailing-list thread it was taken from.</param>
/// <param name="State">What became of it upstream.</param>
/// <param name="Why">What it is for.</param>
/// <param name="Security">A security consideration that the release notes must carry, or null.</param>
public sealed record RemotePatch(
    string Name, string File, Uri Url, string Sha256, string From, string State, string Why, string? Security) : SourcePatch(Name, File);
