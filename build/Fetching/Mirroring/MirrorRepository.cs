using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>
/// A bare repository of a mirror: each commit that some line pins is a branch, shallow, with the objects that the cache has of it (those
/// of its sparse patterns at least). git's own transfer refuses to send a commit with holes, so objects are packed by their ids.
/// Every step looks for what it is about to write: one that was interrupted goes on.
/// </summary>
/// <param name="git">Runs git.</param>
/// <param name="path">Full path; made if it is not there.</param>
internal sealed class MirrorRepository(GitProgram git, string path)
{
    private static readonly (string Name, string Value)[] Serving = [("uploadpack.allowFilter", "true"), ("uploadpack.allowAnySHA1InWant", "true")];

    // Objects may be missing, so that git gc and git fsck bear it. The remote that they are promised by has no address, and git is told
    // to ask nobody: whoever wants what is not here gets an error.
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
        GitObjects wanted = GitObjects.Of(git, cached, commit)
            ?? throw new BuildException($"the git repository {cached} is damaged: delete it and run again");
        if (Directory.Exists(path))
        {
            return Complete(path, cached, commit, wanted);
        }

        string partial = path + ".partial";
        Files.Delete(partial);
        MirrorState state = Complete(partial, cached, commit, wanted);
        Directory.Move(partial, path);
        return state;
    }

    private MirrorState Complete(string repository, string cached, string commit, GitObjects wanted)
    {
        if (git.Try(repository, "rev-parse", "--is-bare-repository").ExitCode != 0)
        {
            git.Run(repository, "init", "--quiet", "--bare", "--template=", repository);
        }

        string borrowed = Path.Combine(repository, "objects", "info", "alternates");
        if (File.Exists(borrowed))
        {
            throw new BuildException(
                $"the git repository {repository} borrows from another one ({borrowed}), which no copy of the mirror would have: run git repack -a -d in it, delete that file, and run again");
        }

        int damaged = 0;
        bool changed = false;
        GitObjects? here = GitObjects.Of(git, repository, commit);
        if (!wanted.AreIn(here))
        {
            var packs = new MirrorPacks(git, repository);
            damaged = packs.DropDamaged();
            packs.Add(cached, wanted);
            here = GitObjects.Of(git, repository, commit);
            changed = true;
        }

        if (!wanted.AreIn(here))
        {
            throw new BuildException($"the git repository {repository} is damaged beyond repair: move it away and run again");
        }

        foreach ((string name, string value) in here!.HasHoles ? [.. Serving, .. Holes] : Serving)
        {
            changed |= Configure(repository, name, value);
        }

        changed |= CutHistory(repository, commit);
        changed |= Branch(repository, commit);
        git.Run(repository, "update-server-info");
        return damaged > 0 ? MirrorState.Written($"replaced, {damaged} damaged pack{(damaged == 1 ? " was" : "s were")} in it")
            : changed ? MirrorState.Written("written")
            : MirrorState.UpToDate;
    }

    private bool Configure(string repository, string name, string value)
    {
        if (git.Try(repository, "config", "--get", name).StandardOutput.Trim() == value)
        {
            return false;
        }

        git.Run(repository, "config", name, value);
        return true;
    }

    /// <summary>Tells git that the history ends here, unless it is here too (in a clone that somebody put into the mirror).</summary>
    private bool CutHistory(string repository, string commit)
    {
        string file = Path.Combine(repository, "shallow");
        string[] cuts = File.Exists(file) ? File.ReadAllLines(file) : [];
        IEnumerable<string> parents = git.Run(repository, "cat-file", "commit", commit).StandardOutput.Split('\n')
            .TakeWhile(line => line.Length > 0).Where(line => line.StartsWith("parent ", StringComparison.Ordinal)).Select(line => line["parent ".Length..]);
        if (cuts.Contains(commit) || parents.All(parent => git.Try(repository, "-c", "protocol.allow=never", "cat-file", "-e", parent).ExitCode == 0))
        {
            return false;
        }

        Files.Write(file, string.Concat(cuts.Append(commit).Order(StringComparer.Ordinal).Select(cut => cut + "\n")));
        return true;
    }

    private bool Branch(string repository, string commit)
    {
        string branch = MirrorLayout.Branch(commit);
        bool changed = git.Try(repository, "rev-parse", "--quiet", "--verify", branch).StandardOutput.Trim() != commit;
        if (changed)
        {
            git.Run(repository, "update-ref", branch, commit);
        }

        if (git.Try(repository, "rev-parse", "--quiet", "--verify", "HEAD").ExitCode != 0)
        {
            git.Run(repository, "symbolic-ref", "HEAD", branch);
            changed = true;
        }

        return changed;
    }
}
