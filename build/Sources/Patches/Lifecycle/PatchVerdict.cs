namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>What can be said of a patch and a source.</summary>
internal enum Standing
{
    /// <summary>It applies as it is.</summary>
    Applies,

    /// <summary>It applies, on other lines.</summary>
    AppliesWithOffset,

    /// <summary>It does not apply, and git can bring it up to date by itself.</summary>
    Refreshes,

    /// <summary>Somebody has to look at it.</summary>
    Conflicts,

    /// <summary>Most of its lines are there: upstream has probably merged it.</summary>
    LooksMerged,

    /// <summary>What it changes is gone, and upstream's history has what its record says.</summary>
    Obsolete,

    /// <summary>Upstream's history has the commit that its record names.</summary>
    Merged,
}

/// <summary>What was found out about a patch and a source.</summary>
/// <param name="Patch">The patch.</param>
/// <param name="Standing">In one word.</param>
/// <param name="Detail">For people.</param>
internal sealed record PatchVerdict(ListedPatch Patch, Standing Standing, string Detail)
{
    /// <summary>The files in which somebody has to look at it.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>How much of it is there; null where it applies.</summary>
    public LineShare? Share { get; init; }

    /// <summary>How it differs from the record; null: it does not.</summary>
    public string? Differs { get; init; }

    /// <summary>As the JSON file has it.</summary>
    public string Word => WordOf(Standing);

    /// <summary>The source with the patch, where the patch goes on; else the source.</summary>
    public required string Tree { get; init; }

    /// <summary>How a verdict is called, for people and for programs.</summary>
    public static string WordOf(Standing standing) => standing switch
    {
        Standing.Applies => "applies",
        Standing.AppliesWithOffset => "applies with offset",
        Standing.Refreshes => "refreshes",
        Standing.Conflicts => "conflicts",
        Standing.LooksMerged => "looks merged",
        Standing.Obsolete => "obsolete",
        _ => "merged, verified",
    };
}

/// <summary>Holds the patches of a component against a source, in order: each on the source with those before it that go on.</summary>
internal sealed class PatchTrial(PatchBench bench, UpstreamSource source)
{
    private const int MostFiles = 6;

    /// <summary>One verdict a patch.</summary>
    public IEnumerable<PatchVerdict> Run(IEnumerable<PatchSteps> patches)
    {
        string onto = source.Tree;
        foreach (PatchSteps patch in patches)
        {
            PatchVerdict verdict = Judge(patch, onto);
            onto = verdict.Tree;
            yield return verdict;
        }
    }

    private PatchVerdict Judge(PatchSteps patch, string onto)
    {
        PatchVerdict found = Try(patch, onto);
        PatchUpstream? record = patch.Listed.Upstream;
        if (record is null)
        {
            return found;
        }

        bool? has = source.Has(record);
        bool verified = has == true && record.Commit is not null && source.History is not null;
        string? problem = source.ProblemOf(record) ?? DifferenceOf(found, record, has);
        bool merged = record.Status is UpstreamStatus.Merged;

        // what upstream solved in another way may still apply, and says so itself
        if (verified && record.IsDone && (merged || found.Standing is not (Standing.Applies or Standing.AppliesWithOffset)))
        {
            string since = source.FirstTagOf(record.Commit!) is { } tag ? $", first in {tag}" : string.Empty;
            found = found with
            {
                Standing = merged ? Standing.Merged : Standing.Obsolete,
                Detail = merged
                    ? $"merged, verified: {Short(record)} is there{since}; {found.Detail}"
                    : $"obsolete, verified: {Short(record)}, which supersedes it, is there{since}; {found.Detail}",
                Tree = onto,
            };
        }

        return found with { Differs = problem };
    }

    private PatchVerdict Try(PatchSteps patch, string onto)
    {
        string tree = onto;
        (int there, int merged, bool moved) = (0, 0, false);
        for (int number = 0; number < patch.Mails.Count; number++)
        {
            if (bench.TryApply(tree, patch.Mails[number]) is (var applied, var offset))
            {
                (tree, moved) = (applied, moved || offset);
                continue;
            }

            (string after, IReadOnlyList<string> conflicts) = bench.Merge(patch.TreeAfter(number), patch.TreeAfter(number + 1), tree);
            if (conflicts.Count > 0)
            {
                return Conflict(patch, onto, number, conflicts);
            }

            there += after == tree ? 1 : 0;
            merged += after == tree ? 0 : 1;
            tree = after;
        }

        if (there == patch.Mails.Count)
        {
            LineShare share = LineShare.Of(bench, patch, onto, []);
            return new PatchVerdict(patch.Listed, Standing.LooksMerged, "looks merged: all that it changes is there")
            {
                Tree = onto,
                Share = share,
            };
        }

        string without = there > 0 ? $" without {there} of its {patch.Mails.Count} mails, which are there already" : string.Empty;
        Standing standing = there + merged > 0 ? Standing.Refreshes : moved ? Standing.AppliesWithOffset : Standing.Applies;
        return new PatchVerdict(patch.Listed, standing, PatchVerdict.WordOf(standing) + without) { Tree = tree };
    }

    private PatchVerdict Conflict(PatchSteps patch, string onto, int mail, IReadOnlyList<string> conflicts)
    {
        LineShare share = LineShare.Of(bench, patch, onto, conflicts);
        string more = conflicts.Count > MostFiles ? $" and {conflicts.Count - MostFiles} more" : string.Empty;
        string which = patch.Mails.Count > 1 ? $" (mail {mail + 1} of {patch.Mails.Count}: {patch.Mails[mail].Subject})" : string.Empty;
        Standing standing = share.LooksMerged ? Standing.LooksMerged : share.LooksObsolete ? Standing.Obsolete : Standing.Conflicts;
        string detail = standing switch
        {
            Standing.LooksMerged => $"looks merged: {share}",
            Standing.Obsolete => $"obsolete, the code that it changes is gone: {share}",
            _ => $"conflicts in {string.Join(", ", conflicts.Take(MostFiles))}{more}{which}",
        };
        return new PatchVerdict(patch.Listed, standing, detail) { Tree = onto, Share = share, Conflicts = conflicts };
    }

    /// <summary>A patch that conflicts differs from no record: it is not known what will become of it.</summary>
    private static string? DifferenceOf(PatchVerdict found, PatchUpstream record, bool? has) => found.Standing switch
    {
        Standing.LooksMerged when record.Status is not UpstreamStatus.Merged => $"the record says {record}",
        Standing.LooksMerged when has == false => $"the record says {record}, and this is older",
        Standing.Obsolete when !record.IsDone => $"the record says {record}",
        Standing.Obsolete when has == false => $"the record says {record}, and this is older",
        Standing.Applies or Standing.AppliesWithOffset when record.Status is UpstreamStatus.Merged && has == true =>
            $"the record says {record}, and what it changes is not there",
        _ => null,
    };

    private static string Short(PatchUpstream record) => record.Commit![..12];
}
