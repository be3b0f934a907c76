namespace Qcw.Build.Patching;

/// <summary>What a patch does to one file.</summary>
/// <param name="line">The line of the patch file where it begins, counted from 1.</param>
internal sealed class PatchSection(int line)
{
    private readonly List<PatchHunk> hunks = [];

    /// <summary>The line of the patch file where it begins, counted from 1.</summary>
    public int Line => line;

    /// <summary>The path before, from the top of the tree; null where the file is new.</summary>
    public string? OldPath { get; set; }

    /// <summary>The path after, from the top of the tree; null where the file is deleted.</summary>
    public string? NewPath { get; set; }

    /// <summary>Paths as the patch writes them, its <c>a/</c> and <c>b/</c> included.</summary>
    public HashSet<string> WrittenPaths { get; } = new(StringComparer.Ordinal);

    /// <summary>Modes the patch names: <c>100644</c>, <c>120000</c>.</summary>
    public HashSet<string> Modes { get; } = new(StringComparer.Ordinal);

    /// <summary>True for a mode change, a rename, a copy, an empty file made or deleted, binary data: a change without hunks.</summary>
    public bool ChangesWithoutHunks { get; set; }

    /// <summary>Its hunks in order.</summary>
    public IReadOnlyList<PatchHunk> Hunks => hunks;

    /// <summary>True once a hunk or the paths of <c>---</c> and <c>+++</c> were read.</summary>
    public bool HasFileLines { get; set; }

    /// <summary>All paths it touches.</summary>
    public IEnumerable<string> Paths => new[] { OldPath, NewPath }.OfType<string>().Distinct();

    /// <summary>Adds a hunk.</summary>
    public void Add(int oldStart, string header, int at) => hunks.Add(new PatchHunk(hunks.Count + 1, oldStart, header, at));
}
