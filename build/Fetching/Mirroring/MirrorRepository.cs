using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>
/// A bare repository of a mirror: each commit that some line pins is a branch, shallow, with the objects that the cache has of it (those of
/// its sparse patterns at least). git's own transfer refuses to send a commit with holes, so objects are packed by their ids. Every step
/// looks for what it is about to write: one that was interrupted goes on.
/// </summary>
/// <param name="path">Full path; created if it does not exist.</param>
/// <param name="logFile">Gets what git prints, a full path.</param>
internal sealed class MirrorRepository(string path, string logFile)
{
    private static readonly (string Name, string Value)[] Serving =
    [
        ("uploadpack.allowFilter", "true"),
        ("uploadpack.allowAnySHA1InWant", "true"),
    ];

    // Objects may be missing, so that git gc and git fsck bear it. The remote that they are promised by has no address, and git is told to
    // ask nobody: whoever wants what is not here gets an error.
    private static readonly (string Name, string Value)[] Holes =
    [
        ("core.repositoryformatversion", "1"), ("extensions.partialClone", "origin"), ("remote.origin.promisor", "true"),
        ("repack.writeBitmaps", "false"), ("protocol.allow", "never"),
    ];

    /// <summary>Takes a commit from a repository of the cache, unless it is there and whole.</summary>
    /// <exception cref="ProcessFailedException">git failed.</exception>
    /// <exception cref="BuildException">One of the repositories is damaged.</exception>
    public MirrorState Take(string cached, string commit)
    {
        GitRepository cache = Open(cached);
        GitObjects wanted = GitObjects.Of(cache, commit)
            ?? throw new BuildException($"the git repository {cached} is damaged: delete it and run again");
        if (Directory.Exists(path))
        {
            return Complete(Open(path), cache, commit, wanted);
        }

        string partial = path + Files.PartialSuffix;
        Files.Delete(partial);
        MirrorState state = Complete(Open(partial), cache, commit, wanted);
        Directory.Move(partial, path);
        return state;
    }

    private GitRepository Open(string repository) => new(repository) { LogFile = logFile };

    private static MirrorState Complete(GitRepository git, GitRepository cache, string commit, GitObjects wanted)
    {
        string repository = git.Folder;
        if (git.Try("rev-parse", "--is-bare-repository").ExitCode != 0)
        {
            git.InitializeBare();
        }

        string borrowed = Path.Combine(repository, "objects", "info", "alternates");
        if (File.Exists(borrowed))
        {
            throw new BuildException(
                $"the git repository {repository} borrows from another one ({borrowed}), which no copy of the mirror would have: "
                    + "run git repack -a -d in it, delete that file, and run again");
        }

        int damaged = 0;
        bool changed = false;
        GitObjects? here = GitObjects.Of(git, commit);
        if (!wanted.AreIn(here))
        {
            var packs = new MirrorPacks(git);
            damaged = packs.DropDamaged();
            packs.Add(cache, wanted);
            here = GitObjects.Of(git, commit);
            changed = true;
        }

        if (!wanted.AreIn(here))
        {
            throw new BuildException($"the git repository {repository} is damaged beyond repair: move it away and run again");
        }

        foreach ((string name, string value) in here!.HasHoles ? [.. Serving, .. Holes] : Serving)
        {
            changed |= Configure(git, name, value);
        }

        changed |= CutHistory(git, commit);
        changed |= Branch(git, commit);
        git.Run("update-server-info");
        return damaged > 0 ? MirrorState.Written($"replaced, {damaged} damaged pack{(damaged == 1 ? " was" : "s were")} in it")
            : changed ? MirrorState.Written("written")
            : MirrorState.UpToDate;
    }

    private static bool Configure(GitRepository git, string name, string value)
    {
        if (git.Try("config", "--local", "--get", name).StandardOutput.Trim() == value)
        {
            return false;
        }

        git.Run("config", name, value);
        return true;
    }

    /// <summary>Tells git that the history ends here, unless it is here too (in a clone that somebody put into the mirror).</summary>
    private static bool CutHistory(GitRepository git, string commit)
    {
        string file = Path.Combine(git.Folder, "shallow");
        string[] cuts = File.Exists(file) ? File.ReadAllLines(file) : [];
        IEnumerable<string> parents = git.Run("cat-file", "commit", commit)
            .Split('\n')
            .TakeWhile(line => line.Length > 0)
            .Where(line => line.StartsWith("parent ", StringComparison.Ordinal))
            .Select(line => line["parent ".Length..]);
        if (cuts.Contains(commit) || parents.All(parent => git.Try("cat-file", "-e", parent).ExitCode == 0))
        {
            return false;
        }

        Files.Write(file, string.Concat(cuts.Append(commit).Order(StringComparer.Ordinal).Select(cut => cut + "\n")));
        return true;
    }

    private static bool Branch(GitRepository git, string commit)
    {
        string branch = MirrorLayout.Branch(commit);
        bool changed = git.Try("rev-parse", "--quiet", "--verify", branch).StandardOutput.Trim() != commit;
        if (changed)
        {
            git.Run("update-ref", branch, commit);
        }

        if (git.Try("rev-parse", "--quiet", "--verify", "HEAD").ExitCode != 0)
        {
            git.Run("symbolic-ref", "HEAD", branch);
            changed = true;
        }

        return changed;
    }
}
