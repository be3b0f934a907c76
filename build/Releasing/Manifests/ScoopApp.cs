namespace Qcw.Build.Releasing.Manifests;

/// <summary>What Scoop does with a package: it takes the installer apart instead of running it. Paths have <c>/</c>.</summary>
/// <param name="Name">The manifest's name, by which it is installed.</param>
/// <param name="Notes">What is shown after an installation, line by line.</param>
public sealed record ScoopApp(string Name, IReadOnlyList<string> Notes)
{
    /// <summary>Programs that get a launcher (a shim) in Scoop's folder on PATH.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Folders that go on PATH themselves; <c>.</c>: the package's own.</summary>
    public IReadOnlyList<string> PathFolders { get; init; } = [];

    /// <summary>Start-menu entries: a file and the entry's name.</summary>
    public IReadOnlyList<(string File, string Name)> Shortcuts { get; init; } = [];

    /// <summary>What is only the installer's own, and removed.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    /// <summary>Other packages that go with it: what for, and their names.</summary>
    public IReadOnlyList<(string Purpose, string Name)> Suggestions { get; init; } = [];
}
