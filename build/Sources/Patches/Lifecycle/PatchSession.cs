using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>The patches of one component on the bench: what reviewing, refreshing and exporting them begin with.</summary>
internal sealed class PatchSession
{
    private readonly string import;

    /// <summary>Opens a bench and puts the patches of a source tree on it.</summary>
    /// <param name="component">The component.</param>
    /// <param name="patches">Its list, in order.</param>
    /// <param name="tree">Its source tree, with all of the patches applied; it is read only.</param>
    /// <param name="benchFolder">The bench; what is there is deleted.</param>
    /// <param name="sourceDateEpoch">The date of commits, seconds since 1970-01-01 UTC.</param>
    /// <exception cref="BuildException">A patch of our own has a wrong field or lacks one.</exception>
    public PatchSession(
        Component component, IReadOnlyList<(SourcePatch Listed, PatchFile File)> patches, string tree, string benchFolder,
        long sourceDateEpoch)
    {
        Component = component;
        Bench = new PatchBench(benchFolder, sourceDateEpoch);
        ListedPatch[] listed = [.. patches.Select(patch => ListedPatch.Of(patch.Listed, patch.File))];
        Bench.Open();
        var source = new WorkTree(tree, sourceDateEpoch);
        Bench.Borrow(source.Git);
        (import, _, IReadOnlyList<PatchCommit> commits) = source.ReadChain();
        string before = import;
        var steps = new List<PatchSteps>();
        foreach ((ListedPatch patch, PatchCommit commit) in listed.Zip(commits))
        {
            steps.Add(new PatchSteps(Bench, patch, before, commit.Commit));
            before = commit.Commit;
        }

        Patches = steps;
    }

    /// <summary>The component.</summary>
    public Component Component { get; }

    /// <summary>Where patches are tried.</summary>
    public PatchBench Bench { get; }

    /// <summary>The patches in order.</summary>
    public IReadOnlyList<PatchSteps> Patches { get; }

    /// <summary>The commit of the pristine source.</summary>
    public string Import => import;

    /// <summary>What patches are to be held against.</summary>
    /// <param name="against">A full path, or a version or commit of the clone; null: the source of the line.</param>
    /// <param name="upstream">The folder of a clone of upstream's, or null.</param>
    /// <exception cref="UsageException">There is no such source.</exception>
    public UpstreamSource Source(string? against, string? upstream)
    {
        GitRepository? clone = upstream is null ? null
            : UpstreamSource.RepositoryIn(upstream) ?? throw new UsageException($"--upstream={upstream} is no git repository");
        return against is null
            ? UpstreamSource.OfLine(Bench, Component, import, clone)
            : UpstreamSource.Find(Bench, Component, against, clone);
    }

    /// <summary>The mails of a patch as commits, for git's own tools.</summary>
    /// <param name="patch">The patch.</param>
    /// <param name="parent">The commit whose tree it changes.</param>
    /// <param name="text">The commit's message.</param>
    /// <returns>The last commit.</returns>
    public string CommitMails(PatchSteps patch, string parent, Func<PatchMessage, string> text)
    {
        for (int number = 0; number < patch.Mails.Count; number++)
        {
            PatchMessage message = Bench.MessageOf(patch.Listed.File, patch.Mails[number]);
            parent = Bench.Commit(patch.TreeAfter(number + 1), parent, message, text(message));
        }

        return parent;
    }
}
