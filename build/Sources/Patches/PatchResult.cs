using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Patches;

/// <summary>
/// Checks what git made of a patch, before anything of it reaches the work tree: names, submodules, and that every symbolic link stays
/// inside.
/// </summary>
internal static class PatchResult
{
    private const string Link = "120000";
    private const string Submodule = "160000";

    /// <summary>Why the difference between two trees is refused, or null.</summary>
    public static string? Problem(GitRepository git, string oldTree, string newTree)
    {
        bool linksChanged = false;
        foreach (string line in git.Lines("diff-tree", "-r", "--no-renames", oldTree, newTree))
        {
            // :100644 120000 <old id> <new id> T<tab>path
            string[] parts = line.Split('\t', 2);
            string[] fields = parts[0].TrimStart(':').Split(' ');
            string path = QuotedPath.Unquote(parts[1]);
            if (EntryPath.Problem(path, OperatingSystem.IsWindows()) is { } problem)
            {
                return $"it changes {path}: {problem}";
            }

            if (fields[1] == Submodule)
            {
                return $"it makes {path} a submodule: a source tree has files only";
            }

            linksChanged |= fields[0] == Link || fields[1] == Link;
        }

        return linksChanged ? LinkProblem(git, newTree) : null;
    }

    /// <summary>Why the symbolic links of a tree are refused, or null.</summary>
    private static string? LinkProblem(GitRepository git, string tree)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in git.Lines("ls-tree", "-r", tree))
        {
            string[] parts = line.Split('\t', 2);
            if (parts[0].Split(' ') is [Link, _, var id])
            {
                links.Add(QuotedPath.Unquote(parts[1]), git.Run("cat-file", "blob", id));
            }
        }

        foreach (string link in links.Keys.Order(StringComparer.Ordinal))
        {
            if (LinkTarget.Problem(link, links) is { } problem)
            {
                return $"the symbolic link {link} would stay or be made, and {problem}";
            }
        }

        return null;
    }
}
