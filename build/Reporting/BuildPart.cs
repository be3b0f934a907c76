using System.Globalization;

namespace Qcw.Build.Reporting;

/// <summary>The parts of a report that have a clock in them: what the run was, when what was done, and why.</summary>
internal static class BuildPart
{
    private const int MostFetches = 100;
    private const int MostFresh = 8;

    /// <summary>What a person wants to know first.</summary>
    public static Markup Head(Timeline timeline)
    {
        RecordedRun run = timeline.Run;
        RecordedFetch[] had = [.. run.Fetches.Where(fetch => fetch.Origin is not null)];
        int cached = had.Count(fetch => fetch.Origin == "cache");
        RecordedFetch[] network = [.. had.Where(fetch => fetch.Network)];
        RecordedStep? slowest = Slowest(run);
        (string result, string kind) = run.Outcome switch
        {
            "done" => ("done", "good"),
            "failed" => ("failed", "bad"),
            _ => ("cut off", "bad"),
        };
        return Markup.Of(
            $"""
            {(run.Error is { } error ? Markup.Of($"<p class=\"bad\"><bdi>{error}</bdi></p>") : Markup.None)}
            <dl class="facts">
            {PagePieces.Fact("Result", result, string.Join(", ", run.Run.Targets ?? []), kind)}
            {PagePieces.Fact("Line", run.Run.Line ?? "?", run.Run.Architecture ?? string.Empty)}
            {PagePieces.Fact(
                "Started", run.Run.At?.ToUniversalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "?", "UTC")}
            {PagePieces.Fact(
                "Took", Duration.Text(run.End), slowest is null ? "nothing had to run"
                    : $"slowest: {slowest.Component} {slowest.Phase}, {Duration.Text(slowest.End - slowest.Start)}")}
            {PagePieces.Fact(
                "Steps", $"{run.Steps.Count(step => !step.IsUpToDate)} ran", $"{run.Steps.Count(step => step.IsUpToDate)} were up to date")}
            {PagePieces.Fact("Inputs from the cache", $"{cached} of {had.Length}", "looked for in this run")}
            {PagePieces.Fact("From the network", ByteSize.Format(network.Sum(fetch => fetch.Bytes ?? 0)), $"{network.Length} inputs")}
            {PagePieces.Fact("Commit", run.Run.Commit is { Length: >= 12 } commit ? commit[..12] : "not known", "of the recipe")}
            </dl>
            """);
    }

    /// <summary>The step that took longest; null: none ran.</summary>
    public static RecordedStep? Slowest(RecordedRun run) => run.Steps.Where(step => !step.IsUpToDate)
        .OrderByDescending(step => step.End - step.Start).ThenBy(step => step.Id).FirstOrDefault();

    /// <summary>The timeline and its tables.</summary>
    public static Markup Draw(Timeline timeline)
    {
        RecordedRun run = timeline.Run;
        long bars = timeline.Bars.Sum(bar => bar.Length);
        string sum = bars > run.End + (run.End / 100)
            ? $"Side by side, {Duration.Text(bars)} of work took {Duration.Text(run.End)}."
            : $"The bars sum to {Duration.Text(bars)} of {Duration.Text(run.End)}.";
        RecordedStep[] ran = [.. run.Steps.Where(step => !step.IsUpToDate)];
        RecordedStep[] idle = [.. run.Steps.Where(step => step.IsUpToDate)];
        // what somebody changed, or what went wrong, is what people look for; what had never been made tells nothing
        RecordedStep[] fresh = [.. ran.Where(step => step.Changed.Count == 0 && step.Outcome == "ran")];
        RecordedStep[] told = fresh.Length > MostFresh ? [.. ran.Except(fresh)] : ran;
        return Markup.Of(
            $"""
            <section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
            <p class="lead">{sum} {Critical(timeline)}</p>
            <ul class="legend">{TimelineDrawing.Phases.Select(phase => Legend(phase.Class, phase.Text))}
            {Legend("hatch", "up to date")}{Legend("critical", "critical path")}{Broken(run)}</ul>
            <div class="scroll" role="group" aria-label="Timeline" tabindex="0">{TimelineDrawing.Draw(timeline)}</div>
            </section>
            <section aria-labelledby="why"><h2 id="why">Why each step ran</h2>
            {(ran.Length == 0 ? Markup.Of($"<p>Nothing had to be made: all {idle.Length} steps were up to date.</p>") : Markup.None)}
            {(told.Length == 0 ? Markup.None : Steps("Steps that ran", told))}
            {(told.Length == ran.Length ? Markup.None : PagePieces.Box(
                Markup.Of($"{fresh.Length} steps made what had not been made here, or was gone"),
                Steps("Steps that ran for the first time", fresh)))}
            {(idle.Length == 0 ? Markup.None : PagePieces.Box(
                Markup.Of($"{idle.Length} steps were up to date"), Steps("Steps that were up to date", idle)))}
            {Fetches(run)}
            {run.Steps.Where(step => step.Compiled is not null).Select(Compiled)}
            </section>
            """);
    }

    private static Markup Broken(RecordedRun run) => run.Steps.Any(step => step.Outcome is "failed" or RecordedStep.CutOff)
        ? Legend("failed", "failed or cut off")
        : Markup.None;

    private static Markup Legend(string kind, string text) => Markup.Of($"<li><span class=\"{kind}\"></span>{text}</li>");

    private static Markup Critical(Timeline timeline) => timeline.Critical.Count == 0
        ? Markup.None
        : Markup.Of(
            $"However many things were done at once, it could not have been shorter than {Duration.Text(timeline.CriticalMs)}: "
                + $"<bdi>{string.Join(" → ", timeline.Critical)}</bdi>.");

    private static Markup Steps(string name, IEnumerable<RecordedStep> steps) => PagePieces.Table(
        name, ["step", "why", "took", "made"],
        steps.Select(step => Markup.Of(
            $"<tr><th scope=\"row\" class=\"key\"><bdi>{step.Component}</bdi> {step.Phase}</th>"
                + $"<td class=\"words\">{Outcome(step)}{Why(step)}</td>"
                + $"<td class=\"n\">{Took(step)}</td>"
                + $"<td class=\"n\">{(step.Bytes is { } bytes ? ByteSize.Format(bytes) : "—")}</td></tr>")),
        firstNumber: 2);

    // a build that was killed did not say when
    private static string Took(RecordedStep step) =>
        step.Outcome == RecordedStep.CutOff ? $"began at {Duration.Text(step.Start)}" : Duration.Text(step.End - step.Start);

    private static Markup Outcome(RecordedStep step) => step.Outcome is "ran" or "up to date"
        ? Markup.None
        : Markup.Of(
            $"{PagePieces.Tag(step.Outcome, step.Outcome is "failed" or RecordedStep.CutOff ? "bad" : "quiet")} "
                + $"<bdi>{step.Error}</bdi> ");

    private static Markup Why(RecordedStep step) => step.Changed.Count == 0
        ? Markup.Of($"<bdi>{step.Why}</bdi>")
        : Markup.Of($"{step.Why}: {step.Changed.Select((change, index) => Changed(change, index == 0))}");

    private static Markup Changed(InputChange change, bool isFirst) =>
        Markup.Of($"{(isFirst ? string.Empty : "; ")}<strong><bdi>{change.Input}</bdi></strong>{FromTo(change)}");

    // hashes tell a person nothing; versions do
    private static Markup FromTo(InputChange change) => (change.Was, change.Is) switch
    {
        (null, _) => Markup.Of($" (new)"),
        (_, null) => Markup.Of($" (gone)"),
        ({ Length: <= 40 } was, { Length: <= 40 } now) => Markup.Of($" <bdi>{was}</bdi> → <bdi>{now}</bdi>"),
        _ => Markup.None,
    };

    private static Markup Fetches(RecordedRun run)
    {
        if (run.Fetches.Count == 0)
        {
            return Markup.None;
        }

        IEnumerable<string> origins = run.Fetches.GroupBy(fetch => fetch.Origin ?? "not found")
            .OrderBy(same => same.Key, StringComparer.Ordinal).Select(same => string.Create(
                CultureInfo.InvariantCulture,
                $"{same.Key}: {same.Count()} inputs, {ByteSize.Format(same.Sum(fetch => fetch.Bytes ?? 0))}"));
        RecordedFetch[] shown =
            [.. run.Fetches.OrderByDescending(fetch => fetch.End - fetch.Start).ThenBy(fetch => fetch.Id).Take(MostFetches)];
        string more = run.Fetches.Count > shown.Length ? $" (the {shown.Length} slowest are listed)" : string.Empty;
        return PagePieces.Box(
            Markup.Of($"Where inputs came from: {string.Join("; ", origins)}{more}"),
            PagePieces.Table(
                "Inputs", ["input", "for", "from", "took", "size"],
                shown.Select(fetch => Markup.Of(
                    $"<tr>{PagePieces.RowHead(fetch.Name)}<td><bdi>{fetch.Component}</bdi></td><td>{fetch.Origin ?? "not found"}</td>"
                        + $"<td class=\"n\">{Duration.Text(fetch.End - fetch.Start)}</td>"
                        + $"<td class=\"n\">{(fetch.Bytes is { } bytes ? ByteSize.Format(bytes) : "—")}</td></tr>")),
                firstNumber: 3));
    }

    private static Markup Compiled(RecordedStep step) => PagePieces.Box(
        Markup.Of(
            $"<bdi>{step.Component}</bdi> {step.Phase}: ninja ran {step.Compiled!.Commands} commands, "
                + $"{Duration.Text(step.Compiled.Ms)} together"),
        PagePieces.Table(
            $"Slowest commands of {step.Component}", ["made", "took"],
            step.Compiled.Slowest.Select(one => Markup.Of(
                $"<tr>{PagePieces.RowHead(one.Output)}<td class=\"n\">{Duration.Text(one.End - one.Start)}</td></tr>")),
            firstNumber: 1));
}
