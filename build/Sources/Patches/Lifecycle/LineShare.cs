namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>
/// How much of a patch is in a source: which of the lines that it adds stand there, and which of those that it takes away are gone. What
/// upstream merged in another revision is found by nothing else: not by the hash of the change, not by undoing it, not by merging it.
/// </summary>
/// <param name="Added">Different lines that the patch adds, without blank ones and brackets.</param>
/// <param name="There">Those that stand in the file.</param>
/// <param name="NewThere">Those that stand in the file, and did not before the patch.</param>
/// <param name="New">Those that did not stand in the file before the patch.</param>
/// <param name="Removed">Lines that it takes away.</param>
/// <param name="Gone">Those that are not in the file.</param>
internal sealed record LineShare(int Added, int There, int New, int NewThere, int Removed, int Gone)
{
    // measured with patches of 2023 on seven versions of Podman and QEMU, and with Debian's 22 of QEMU's stable releases (docs/patches.md)
    private const int MostIsThere = 50;
    private const int MostIsGone = 75;
    private const int LettersThatTell = 4;

    /// <summary>Hundredths of the added lines that stand there.</summary>
    public int AddedPercent => Percent(There, Added);

    /// <summary>Hundredths of the added lines that stood there before the patch.</summary>
    public int BeforePercent => Percent(Added - New, Added);

    /// <summary>Hundredths of the removed lines that are gone.</summary>
    public int RemovedPercent => Percent(Gone, Removed);

    /// <summary>Most of what is new in the patch is there, and what it takes away is gone.</summary>
    public bool LooksMerged =>
        (Removed == 0 || RemovedPercent >= MostIsGone) && (New > 0 ? Percent(NewThere, New) >= MostIsThere : Removed > 0);

    /// <summary>What it changes is gone, and what it makes of it is not there.</summary>
    public bool LooksObsolete => !LooksMerged && Removed > 0 && RemovedPercent >= MostIsGone;

    /// <summary>Compares a patch with a source.</summary>
    /// <param name="bench">Has the trees.</param>
    /// <param name="patch">The patch.</param>
    /// <param name="tree">The source.</param>
    /// <param name="moved">Paths that the files of the patch may have there, as git found them.</param>
    public static LineShare Of(PatchBench bench, PatchSteps patch, string tree, IEnumerable<string> moved)
    {
        string[] others = [.. moved.Except(patch.Paths)];
        var share = new LineShare(0, 0, 0, 0, 0, 0);
        foreach ((string path, List<string> added, List<string> removed) in Changes(bench, patch))
        {
            HashSet<string> before = LinesOf(bench, patch.Before, path) ?? [];
            HashSet<string> now = LinesOf(bench, tree, path) ?? [.. others.SelectMany(other => LinesOf(bench, tree, other) ?? [])];
            string[] different = [.. added.Distinct()];
            share = new LineShare(
                share.Added + different.Length, share.There + different.Count(now.Contains),
                share.New + different.Count(line => !before.Contains(line)),
                share.NewThere + different.Count(line => !before.Contains(line) && now.Contains(line)),
                share.Removed + removed.Count, share.Gone + removed.Count(line => !now.Contains(line)));
        }

        return share;
    }

    private static List<(string Path, List<string> Added, List<string> Removed)> Changes(PatchBench bench, PatchSteps patch)
    {
        var changes = new List<(string Path, List<string> Added, List<string> Removed)>();
        string old = string.Empty;
        bool inHunk = false;
        foreach (string line in bench.Git.Lines("diff-tree", "-r", "-p", "--unified=0", "--no-renames", patch.Before, patch.After))
        {
            if (line.StartsWith("diff --git ", StringComparison.Ordinal))
            {
                inHunk = false;
            }
            else if (!inHunk && line.StartsWith("--- ", StringComparison.Ordinal))
            {
                old = PathOf(line[4..]);
            }
            else if (!inHunk && line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                changes.Add((PathOf(line[4..]) is { Length: > 0 } path ? path : old, [], []));
            }
            else if (line.StartsWith("@@ ", StringComparison.Ordinal))
            {
                inHunk = true;
            }
            else if (inHunk && line.Length > 0 && Telling(line[1..]) is { } text)
            {
                (line[0] == '+' ? changes[^1].Added : changes[^1].Removed).Add(text);
            }
        }

        return changes;
    }

    /// <summary>From <c>a/path</c>; empty for <c>/dev/null</c>.</summary>
    private static string PathOf(string written) =>
        QuotedPath.Unquote(written.TrimEnd('\t')) is var path && path.StartsWith('/') ? string.Empty : path[2..];

    private static HashSet<string>? LinesOf(PatchBench bench, string tree, string path) =>
        bench.Git.Try("cat-file", "blob", $"{tree}:{path}") is { ExitCode: 0 } blob
            ? [.. blob.StandardOutput.Split('\n').Select(Telling).OfType<string>()]
            : null;

    /// <summary>The line without blanks around it; null where it is so common that it tells nothing.</summary>
    private static string? Telling(string line) => line.Count(char.IsLetterOrDigit) >= LettersThatTell ? line.Trim() : null;

    private static int Percent(int part, int whole) => whole == 0 ? 0 : 100 * part / whole;
}
