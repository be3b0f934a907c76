using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Sources.Trees;

/// <summary>
/// Files in a work tree that git does not know. Those that its ignore rules name are not counted as changes, and git would write over them;
/// here nothing is.
/// </summary>
internal static class UntrackedFiles
{
    private static readonly StringComparison Names =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>Refuses a switch between two commits that makes a file where an unknown one is.</summary>
    /// <exception cref="BuildException">There is such a file; nothing was changed.</exception>
    public static void RequireNoneInTheWay(WorkTree tree, string before, string after)
    {
        IReadOnlyList<string> added = tree.Git.Lines("diff-tree", "-r", "--name-only", "--no-renames", "--diff-filter=A", before, after);
        string[] made = [.. added.Select(QuotedPath.Unquote)];
        if (made.Length == 0)
        {
            return;
        }

        foreach (string present in tree.Git.Lines("ls-files", "--others").Select(QuotedPath.Unquote))
        {
            if (made.FirstOrDefault(path => path.Equals(present, Names) || IsBelow(path, present) || IsBelow(present, path)) is { } wanted)
            {
                throw new BuildException(
                    $"{tree.Root}: a patch creates {wanted}, but {present}, which is not part of the source, is in the way: "
                    + "move it elsewhere. Nothing was changed");
            }
        }
    }

    private static bool IsBelow(string path, string folder) => path.StartsWith(folder + '/', Names);
}
