namespace Qcw.Build.Model;

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
    IReadOnlyList<Patch> Patches,
    IReadOnlyList<string> Needs,
    IReadOnlyList<string> Notes)
{
    /// <summary>True where Go modules have to be fetched for it: its source does not carry them (no <c>vendor</c> folder).</summary>
    public bool NeedsModules { get; init; }

    /// <summary>Go modules linked into it of which is known that their source states no licence; a note has to say so.</summary>
    public IReadOnlyList<string> ModulesWithoutLicence { get; init; } = [];

    /// <summary>True where the command line replaced the line's source or version: the release notes say so.</summary>
    public bool IsOneOff { get; init; }

    /// <summary><c>name-version</c>: the stem of every folder and file made from it.</summary>
    public string Id => $"{Name}-{Version}";
}
