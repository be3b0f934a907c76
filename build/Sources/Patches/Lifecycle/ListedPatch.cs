namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>A patch of a component's list, and the record of what became of it.</summary>
/// <param name="File">Its bytes.</param>
/// <param name="Upstream">The record; null for Debian's patches, which Debian keeps.</param>
/// <param name="Description">What describes it where its bytes are someone else's; null: it is ours.</param>
internal sealed record ListedPatch(PatchFile File, PatchUpstream? Upstream, RemotePatch? Description)
{
    /// <summary>For people, and what it is chosen by.</summary>
    public string Name => File.Name;

    /// <summary>A patch with its record, which is read from the fields of its mails where it is ours.</summary>
    /// <exception cref="BuildException">A field is wrong or missing.</exception>
    public static ListedPatch Of(SourcePatch listed, PatchFile file) => listed switch
    {
        RemotePatch remote => new ListedPatch(file, remote.Upstream, remote),
        LocalPatch => new ListedPatch(file, Dep3.Read(file), null),
        _ => new ListedPatch(file, null, null),
    };
}

/// <summary>The trees that a patch, mail by mail, makes of the source that it was written for.</summary>
/// <param name="bench">Where they are made.</param>
/// <param name="listed">The patch.</param>
/// <param name="before">The tree, or a commit, that it changes.</param>
/// <param name="after">The tree, or a commit, that it makes.</param>
internal sealed class PatchSteps(PatchBench bench, ListedPatch listed, string before, string after)
{
    private readonly List<string> trees = [];

    /// <summary>The patch.</summary>
    public ListedPatch Listed => listed;

    /// <summary>What it changes.</summary>
    public string Before => before;

    /// <summary>What it makes.</summary>
    public string After => after;

    /// <summary>Its mails that change something.</summary>
    public IReadOnlyList<PatchMail> Mails { get; } =
        [.. PatchReader.Read(listed.File).Mails.Where(mail => mail.Sections.Count > 0)];

    /// <summary>All paths that it names.</summary>
    public IEnumerable<string> Paths => Mails.SelectMany(mail => mail.Sections).SelectMany(section => section.Paths).Distinct();

    /// <summary>The tree after so many of its mails.</summary>
    public string TreeAfter(int mails)
    {
        if (trees.Count == 0)
        {
            trees.Add(bench.TreeOf(before));
        }

        while (trees.Count <= mails)
        {
            trees.Add(bench.TryApply(trees[^1], Mails[trees.Count - 1])?.Tree
                ?? throw new BuildException($"patch {listed.Name} does not apply to the line's source any more: run --target=Patch"));
        }

        return trees[mails];
    }
}
