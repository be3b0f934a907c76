namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>The verdicts on the patches of one component: for people as lines, for programs as JSON.</summary>
/// <param name="Component">The component.</param>
/// <param name="Against">What they were held against.</param>
/// <param name="Verdicts">In the order of the list.</param>
internal sealed record PatchReview(Component Component, string Against, IReadOnlyList<PatchVerdict> Verdicts)
{
    /// <summary>Holds patches against a source.</summary>
    /// <param name="session">The patches.</param>
    /// <param name="source">The source.</param>
    public static PatchReview Of(PatchSession session, UpstreamSource source) =>
        new(session.Component, source.Label, [.. new PatchTrial(session.Bench, source).Run(session.Patches)]);

    /// <summary>Of some of the patches only, though all were tried.</summary>
    public PatchReview Only(string? patch) => patch is null ? this
        : this with { Verdicts = [.. Verdicts.Where(verdict => verdict.Patch.Name == patch)] };

    /// <summary>The table.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Component.Name} {Component.Version}, against {Against}:";
        int width = Verdicts.Max(verdict => verdict.Patch.Name.Length);
        foreach (PatchVerdict verdict in Verdicts)
        {
            string record = verdict.Patch.Upstream is { } upstream ? $" [{upstream}]" : string.Empty;
            yield return $"  {verdict.Patch.Name.PadRight(width)}  {verdict.Detail}{record}";
            if (verdict.Differs is { } differs)
            {
                yield return $"  {string.Empty.PadRight(width)}  differs: {differs}";
            }
        }
    }

    /// <summary>What the JSON file has.</summary>
    public object ToRecord() => new
    {
        Component = Component.Name,
        Component.Version,
        Against,
        Patches = Verdicts.Select(verdict => new
        {
            verdict.Patch.Name,
            Verdict = verdict.Word,
            verdict.Detail,
            verdict.Conflicts,
            NewLinesThere = verdict.Share?.TherePercent,
            RemovedLinesGone = verdict.Share?.GonePercent,
            Record = verdict.Patch.Upstream is { } record ? new { Status = record.Word, record.Commit, record.In, record.Url } : null,
            verdict.Differs,
        }),
    };
}
