using System.Text;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Sources.Trees;

/// <summary>
/// Looks at a tree whose switch from one commit to another was killed. Every file must be as before, or as after, or the beginning of the
/// file after, which git was about to write; anything else is a person's work and is not written over.
/// </summary>
internal static class InterruptedSwitch
{
    /// <summary>Refuses a tree that has other changes than those of the switch.</summary>
    /// <exception cref="BuildException">There are other changes; the message lists them.</exception>
    public static void RequireNothingElse(WorkTree tree, string before, string after)
    {
        GitRepository git = tree.Git;
        git.Try("update-index", "-q", "--refresh");
        IReadOnlyList<string> paths = git.Lines("diff-tree", "-r", "--name-only", "--no-renames", before, after);
        var switched = new HashSet<string>(paths, StringComparer.Ordinal);
        string[] changes =
        [
            .. git.Lines("diff-files", "--name-only"),
            .. git.Lines("ls-files", "--others", "--exclude-per-directory=.gitignore"),
        ];
        string[] foreign =
            [.. changes.Distinct().Where(written => !(switched.Contains(written) && IsPartOfSwitch(tree, written, before, after)))];
        if (foreign.Length > 0)
        {
            throw LocalChangesMessage.For(tree, foreign);
        }
    }

    private static bool IsPartOfSwitch(WorkTree tree, string written, string before, string after)
    {
        string path = QuotedPath.Unquote(written);
        var file = new FileInfo(Path.Combine(tree.Root, path));
        if (!file.Exists && file.LinkTarget is null)
        {
            return true; // git deletes a file before it writes it again
        }

        byte[] present = file.LinkTarget is { } target ? Encoding.UTF8.GetBytes(target) : File.ReadAllBytes(file.FullName);
        return Blob(tree, before, path) is { } old && present.AsSpan().SequenceEqual(old)
            || Blob(tree, after, path) is { } fresh && fresh.AsSpan().StartsWith(present);
    }

    private static byte[]? Blob(WorkTree tree, string commit, string path)
    {
        if (tree.Git.Try("rev-parse", "--verify", "--quiet", $"{commit}:{path}") is not { ExitCode: 0 } found)
        {
            return null;
        }

        // through a file that git writes in its own folder: output that comes through a pipe is read as text
        var git = new GitRepository(tree.Git.Folder);
        string copy = Path.Combine(git.Folder, git.Run("unpack-file", found.StandardOutput.Trim()));
        try
        {
            return File.ReadAllBytes(copy);
        }
        finally
        {
            Files.Delete(copy);
        }
    }
}

/// <summary>The failure for a source tree that a person has changed.</summary>
internal static class LocalChangesMessage
{
    private const int Shown = 10;

    /// <summary>The changes, and how to keep or to discard them.</summary>
    public static BuildException For(WorkTree tree, IReadOnlyList<string> changes)
    {
        IEnumerable<string> lines = changes.Take(Shown).Select(line => "    " + line);
        if (changes.Count > Shown)
        {
            lines = lines.Append($"    ... and {changes.Count - Shown} more");
        }

        return new BuildException(
            $"""
            {tree.Root} was changed by hand and is left unchanged:
            {string.Join('\n', lines)}
              To keep the change, make it a patch, and take it out of the tree:
                cd {tree.Root}
                git add --all && git commit -m "Say what it does"
                {GitRepository.FormatPatch} {WorkTree.Applied} --output-directory FOLDER
                git reset --hard {WorkTree.Applied}
              To throw it away, delete the folder {tree.Root}
            """);
    }
}
