using System.Globalization;
using System.Text;
using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>
/// A repository of its own in which patches are tried. It borrows the objects of others and writes into none of them, so neither a source
/// tree nor a clone of upstream's is touched.
/// </summary>
/// <param name="root">Its work tree, which stays empty unless somebody asks for files; a full path. What is there is deleted.</param>
/// <param name="sourceDateEpoch">The date of commits, seconds since 1970-01-01 UTC.</param>
internal sealed class PatchBench(string root, long sourceDateEpoch)
{
    /// <summary>What to do where git lacks a file.</summary>
    public const string IncompleteClone =
        "  If a file is missing, the clone that --upstream or --against names is not complete: make one without --filter and --depth";

    private readonly Dictionary<string, string?> committer = new()
    {
        ["GIT_COMMITTER_NAME"] = "qcw",
        ["GIT_COMMITTER_EMAIL"] = "qcw@localhost",
        ["GIT_COMMITTER_DATE"] = string.Create(CultureInfo.InvariantCulture, $"@{sourceDateEpoch} +0000"),
        ["GIT_AUTHOR_NAME"] = "qcw",
        ["GIT_AUTHOR_EMAIL"] = "qcw@localhost",
        ["GIT_AUTHOR_DATE"] = string.Create(CultureInfo.InvariantCulture, $"@{sourceDateEpoch} +0000"),
    };

    private string? loaded;

    /// <summary>The work tree.</summary>
    public string Root => root;

    /// <summary>The repository.</summary>
    public GitRepository Git { get; private set; } = new(Path.Combine(root, ".git"), root);

    /// <summary>The folder for files in between.</summary>
    public string Scratch => Path.Combine(Git.Folder, "qcw");

    /// <summary>Makes the repository, empty.</summary>
    public void Open()
    {
        Files.Delete(root);
        Directory.CreateDirectory(root);
        Git = Git with { Environment = committer };
        Git.Initialize("refresh");

        // source trees take files as bytes, also where they are merged; here they are lines
        string attributes = Path.Combine(Git.Folder, "info", "attributes");
        File.WriteAllText(attributes, File.ReadAllText(attributes).Replace(" -merge ", " merge ", StringComparison.Ordinal));
        Directory.CreateDirectory(Scratch);
    }

    /// <summary>Makes what another repository has readable in this one.</summary>
    public void Borrow(GitRepository other)
    {
        string objects = other.Run("rev-parse", "--path-format=absolute", "--git-path", "objects");
        File.AppendAllText(Path.Combine(Git.Folder, "objects", "info", "alternates"), objects.Replace('\\', '/') + "\n");
    }

    /// <summary>The tree of a commit.</summary>
    public string TreeOf(string commit) => Git.Run("rev-parse", "--verify", commit + "^{tree}");

    /// <summary>The tree that the files of a folder are.</summary>
    public string TreeOfFolder(string folder)
    {
        GitRepository git = Git with { WorkTree = folder, Index = Path.Combine(Scratch, "folder-index") };
        git.Run("add", "--all", "--force", ".");
        return git.Run("write-tree");
    }

    /// <summary>Applies what a mail has, as git would, without a fuzzy match.</summary>
    /// <param name="tree">What it is applied to.</param>
    /// <param name="mail">The mail.</param>
    /// <returns>The tree, and whether lines had moved; null where it does not apply.</returns>
    public (string Tree, bool Moved)? TryApply(string tree, PatchMail mail)
    {
        GitRepository git = Git with { Index = Path.Combine(Scratch, "index") };
        if (loaded != tree)
        {
            git.Run("read-tree", tree);
        }

        loaded = null;
        string file = Path.Combine(Scratch, "mail.patch");
        File.WriteAllBytes(file, Encoding.Latin1.GetBytes(mail.Text));
        ProcessResult result = git.Try("apply", "--cached", "--verbose", file);
        if (result.ExitCode != 0)
        {
            loaded = tree;
            return null;
        }

        loaded = git.Run("write-tree");
        return (loaded, result.StandardError.Contains("(offset ", StringComparison.Ordinal));
    }

    /// <summary>Merges the change between two trees into a third, the first being the base of both.</summary>
    /// <returns>The merged tree, with conflict markers in the files that are named.</returns>
    /// <exception cref="BuildException">A repository lacks what is needed.</exception>
    public (string Tree, IReadOnlyList<string> Conflicts) Merge(string before, string after, string onto)
    {
        // git 2.38 merges commits only, and finds their base itself
        string start = Commit(before, null, "base");
        string[] sides = [Commit(onto, start, "theirs"), Commit(after, start, "ours")];
        ProcessResult result = Git.Try(["merge-tree", "--write-tree", "--name-only", "--no-messages", .. sides]);
        string[] lines = result.StandardOutput.TrimEnd('\n').Split('\n');
        return result.ExitCode switch
        {
            0 => (lines[0], []),
            1 => (lines[0], [.. lines.Skip(1).Where(line => line.Length > 0).Select(QuotedPath.Unquote).Distinct()]),
            _ => throw new BuildException($"git could not merge: {result.StandardError.Trim()}\n{IncompleteClone}"),
        };
    }

    /// <summary>A commit whose message does not matter.</summary>
    public string Commit(string tree, string? parent, string message) => Commit(Git, tree, parent, message);

    /// <summary>A commit of a mail.</summary>
    /// <param name="tree">What it makes.</param>
    /// <param name="parent">What it changes.</param>
    /// <param name="message">The mail.</param>
    /// <param name="text">The commit's message.</param>
    public string Commit(string tree, string parent, PatchMessage message, string text) =>
        Commit(Git with { Environment = message.Identity(committer) }, tree, parent, text);

    /// <summary>What a mail says about itself.</summary>
    public PatchMessage MessageOf(PatchFile patch, PatchMail mail) => PatchMessage.Read(Git, Scratch, patch, mail);

    private string Commit(GitRepository git, string tree, string? parent, string message)
    {
        string file = Path.Combine(Scratch, "message");
        File.WriteAllText(file, message);
        return git.Run(["commit-tree", tree, .. parent is null ? Array.Empty<string>() : ["-p", parent], "-F", file]);
    }
}
