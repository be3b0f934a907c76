using Qcw.Build.Attesting;
using Qcw.Build.Packaging;

namespace Qcw.Build.Releasing;

/// <summary>What the release notes are written from.</summary>
/// <param name="Line">The versions.</param>
/// <param name="Artifacts">The installers and archives of this release.</param>
/// <param name="Firmware">Firmware packages that went in: name and version.</param>
/// <param name="Tools">The tools it was made with: name and what they say of their version.</param>
/// <param name="RecipeCommit">The commit of this repository, or null where it is not a git checkout, or has no commit yet.</param>
/// <param name="RecipeChanged">True where the checkout had changes that are not in that commit.</param>
public sealed record ReleaseFacts(
    ReleaseLine Line,
    IReadOnlyList<Artifact> Artifacts,
    IReadOnlyList<(string Name, string Version)> Firmware,
    IReadOnlyList<(string Name, string Version)> Tools,
    string? RecipeCommit,
    bool RecipeChanged)
{
    /// <summary>The tag that it is published under; empty: none.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>The libraries that were compiled for QEMU; default: all of the line.</summary>
    public IReadOnlyList<Component> Libraries { get; init; } = Line.Libraries;

    /// <summary>The sources that were really used, one for each component and library; default: none is known.</summary>
    public IReadOnlyList<SourceRecord> Sources { get; init; } = [];

    /// <summary>The patches that were really applied, in order; default: none is known.</summary>
    public IReadOnlyList<PatchRecord> Patches { get; init; } = [];

    /// <summary>What these patches say of themselves; default: nothing is known.</summary>
    public IReadOnlyList<PatchFacts> PatchFacts { get; init; } = [];

    /// <summary>The repository's answers about vulnerabilities, of any component; default: none.</summary>
    public IReadOnlyList<Advisory> Advisories { get; init; } = [];

    /// <summary>Name and version of each package of MSYS2 that programs were compiled with; empty where MSYS2 was not used.</summary>
    public IReadOnlyList<string> Msys2Packages { get; init; } = [];
}
