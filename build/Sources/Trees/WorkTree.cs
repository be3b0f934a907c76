using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Sources.Trees;

/// <summary>
/// A source tree that is a git work tree: one commit for the pristine import, one for each patch. What was applied last is
/// <c>refs/qcw/applied</c>; that is what the tree must look like when nobody has touched it.
/// </summary>
/// <param name="path">The tree, a full path.</param>
/// <param name="sourceDateEpoch">The date of all commits, seconds since 1970-01-01 UTC.</param>
internal sealed class WorkTree(string path, long sourceDateEpoch)
{
    /// <summary>The branch a source tree is on.</summary>
    public const string BranchName = "qcw";

    /// <summary>The commit whose files the tree holds.</summary>
    public const string Applied = "refs/qcw/applied";

    private const string Branch = "refs/heads/" + BranchName;
    private const string Switching = "refs/qcw/switching";
    private const string ImportTrailer = "Qcw-Source: ";
    private const char RecordSeparator = '\u001e';

    private readonly GitRepository git = new(Path.Combine(path, ".git"), path) { Environment = Identity(sourceDateEpoch) };

    /// <summary>Full path of the tree.</summary>
    public string Root => path;

    /// <summary>The repository of the tree.</summary>
    public GitRepository Git => git;

    /// <summary>The folder for the build's own files inside the repository.</summary>
    public string PrivateFolder => Path.Combine(git.Folder, "qcw");

    /// <summary>True where the folder is a work tree whose import was finished.</summary>
    public bool IsImported => File.Exists(Path.Combine(git.Folder, Applied.Replace('/', Path.DirectorySeparatorChar)));

    /// <summary>Makes the folder, with all the files in it, a work tree of one commit.</summary>
    /// <param name="title">The first line of the commit's message.</param>
    /// <param name="source">What tells one source from another; kept with the import.</param>
    public void Import(string title, string source)
    {
        git.Initialize(BranchName);
        using var busy = new BusyMark(this);

        // --force: also what the archive's own .gitignore would leave out
        git.Run("add", "--all", "--force", ".");
        MoveTo(Commit(git.Run("write-tree"), null, $"{title}\n\n{ImportTrailer}{source}\n"));
    }

    /// <summary>The source of the import, as it was given to <see cref="Import"/>, and the patches on it.</summary>
    public (string ImportCommit, string? Source, IReadOnlyList<PatchCommit> Patches) ReadChain()
    {
        string log = git.Run("log", "--first-parent", "--reverse", "--format=%H%n%B%x1e", Applied);
        var patches = new List<PatchCommit>();
        (string Id, string? Source) import = (string.Empty, null);
        foreach (string record in log.Split(RecordSeparator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = record.Split('\n', 2);
            if (import.Id.Length == 0)
            {
                string last = record[(record.LastIndexOf('\n') + 1)..];
                import = (parts[0], last.StartsWith(ImportTrailer, StringComparison.Ordinal) ? last[ImportTrailer.Length..] : null);
            }
            else if (PatchCommit.Parse(parts[0], parts[^1]) is { } patch)
            {
                patches.Add(patch);
            }
        }

        return (import.Id, import.Source, patches);
    }

    /// <summary>Makes a commit without touching the work tree.</summary>
    /// <returns>Its id: it depends on nothing but the arguments and the date.</returns>
    public string Commit(string tree, string? parent, string message)
    {
        // through a file: what encoding a pipe to a program has depends on the console
        Directory.CreateDirectory(PrivateFolder);
        string file = Path.Combine(PrivateFolder, "message");
        File.WriteAllText(file, message);
        return git.Run(["commit-tree", tree, .. parent is null ? Array.Empty<string>() : ["-p", parent], "-F", file]);
    }

    /// <summary>Rewrites the files that differ between what is applied and another commit, and only those.</summary>
    /// <exception cref="BuildException">A file that git does not know is in the way; nothing was changed.</exception>
    public void SwitchTo(string commit)
    {
        string applied = git.Run("rev-parse", "--verify", Applied);
        if (applied == commit)
        {
            return;
        }

        UntrackedFiles.RequireNoneInTheWay(this, applied, commit);
        using var busy = new BusyMark(this);

        // the target is recorded first: a run that finds this record completes the switch
        git.Run("update-ref", Switching, commit);
        git.Run("update-index", "-q", "--refresh");
        if (git.Try("read-tree", "-m", "-u", applied, commit) is { ExitCode: not 0 } failure)
        {
            git.Run("update-ref", "-d", Switching);
            throw new BuildException(
                $"{path}: could not write the patched files; nothing was changed: {failure.StandardError.Trim()}");
        }

        MoveTo(commit);
    }

    /// <summary>Completes a change that a killed run left half done.</summary>
    /// <returns>True where there was something to do.</returns>
    public bool Recover()
    {
        BusyMark.RemoveLeftover(this);
        if (git.Try("rev-parse", "--verify", "--quiet", Switching) is not { ExitCode: 0 } found)
        {
            return false;
        }

        string target = found.StandardOutput.Trim();
        using var busy = new BusyMark(this);
        InterruptedSwitch.RequireNothingElse(this, git.Run("rev-parse", "--verify", Applied), target);
        git.Run("read-tree", "--reset", "-u", target);
        MoveTo(target);
        return true;
    }

    /// <summary>What somebody changed since the last patch was applied: one line each, empty where nothing.</summary>
    public IReadOnlyList<string> LocalChanges()
    {
        // as git status --porcelain prints it: " M file", "?? file"
        List<string> changes = [.. git.Lines("status", "--porcelain=v1", "--untracked-files=all", "--ignored=no")];
        string applied = git.Run("rev-parse", "--verify", Applied);
        if (git.Run("rev-parse", "--verify", "HEAD") != applied)
        {
            changes.InsertRange(0, git.Lines("log", "--format=commit %h %s", $"{Applied}..HEAD").DefaultIfEmpty("HEAD was moved back"));
        }

        return changes;
    }

    private void MoveTo(string commit)
    {
        git.Run("symbolic-ref", "HEAD", Branch);
        git.Run("update-ref", Branch, commit);
        git.Run("update-ref", Applied, commit);
        git.Run("update-ref", "-d", Switching);
    }

    private static Dictionary<string, string?> Identity(long epoch) => new()
    {
        ["GIT_AUTHOR_NAME"] = "qcw",
        ["GIT_AUTHOR_EMAIL"] = "qcw@localhost",
        ["GIT_AUTHOR_DATE"] = $"@{epoch} +0000",
        ["GIT_COMMITTER_NAME"] = "qcw",
        ["GIT_COMMITTER_EMAIL"] = "qcw@localhost",
        ["GIT_COMMITTER_DATE"] = $"@{epoch} +0000",
    };
}
