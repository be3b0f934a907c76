namespace Qcw.Build.Reporting;

/// <summary>A stretch of a run in which one thing was done.</summary>
/// <param name="Lane">The component, or what it is done for instead.</param>
/// <param name="Phase">What was done.</param>
/// <param name="Start">Milliseconds since the run began.</param>
/// <param name="End">Likewise.</param>
/// <param name="Text">One line for people.</param>
/// <param name="Outcome">As in <see cref="RecordedStep.Outcome"/>.</param>
/// <param name="IsCritical">True where the run could not have been shorter without it, however many things were done at once.</param>
public sealed record Bar(string Lane, string Phase, long Start, long End, string Text, string Outcome, bool IsCritical)
{
    /// <summary>Milliseconds.</summary>
    public long Length => End - Start;
}

/// <summary>
/// A run as bars. Every moment of the run is in some bar: what no step did, its task did (looking whether something changed, for one);
/// what no task did, the build did itself. So where one thing is done after the other the bars' lengths sum to the run's.
/// </summary>
/// <param name="Run">The run.</param>
/// <param name="Bars">By start.</param>
/// <param name="Critical">The tasks on the critical path, in their order.</param>
/// <param name="CriticalMs">What they took together, in milliseconds.</param>
public sealed record Timeline(RecordedRun Run, IReadOnlyList<Bar> Bars, IReadOnlyList<string> Critical, long CriticalMs)
{
    /// <summary>The lane of what belongs to no component.</summary>
    public const string Host = "qcw";

    /// <summary>The lane of what describes the release.</summary>
    public const string Release = "release";

    /// <summary>The phase of what a task does besides its steps.</summary>
    public const string Checks = "checks";

    /// <summary>The names of lanes, in the order in which they begin.</summary>
    public IReadOnlyList<string> Lanes => [.. Bars.OrderBy(bar => bar.Start).Select(bar => bar.Lane).Distinct()];

    /// <summary>Draws up the bars of a run.</summary>
    public static Timeline Of(RecordedRun run)
    {
        (IReadOnlyList<string> critical, long length) = CriticalPath(run);
        HashSet<string> onPath = [.. critical];
        var bars = new List<Bar>();
        ILookup<int?, RecordedStep> parts = run.Steps.ToLookup(step => step.Parent);
        HashSet<int> criticalSteps = [];
        foreach (RecordedTask task in run.Tasks)
        {
            bool isCritical = onPath.Contains(task.Name);
            string lane = task.Component ?? (task.Phase is null ? Release : Host);
            string phase = task.Phase is "fetch" or "modules" ? task.Phase : task.Phase is null ? Release : Checks;
            IEnumerable<(long, long)> inside = parts[task.Id].Select(step => (step.Start, step.End))
                .Concat(run.Tasks.Where(other => other.Parent == task.Id).Select(other => (other.Start, other.End)));
            bars.AddRange(Gaps(task.Start, task.End, inside)
                .Select(gap => new Bar(lane, phase, gap.Start, gap.End, task.Name, "ran", isCritical)));
            Mark(task.Id, isCritical);
        }

        foreach (RecordedStep step in run.Steps)
        {
            bars.AddRange(Gaps(step.Start, step.End, parts[step.Id].Select(part => (part.Start, part.End)), keepEmpty: true)
                .Select(gap => new Bar(
                    step.Component, step.Phase, gap.Start, gap.End, TextOf(step), step.Outcome, criticalSteps.Contains(step.Id))));
        }

        bars.AddRange(Gaps(
            0, run.End,
            [.. run.Tasks.Select(task => (task.Start, task.End)), .. run.Steps.Select(step => (step.Start, step.End))])
            .Select(gap => new Bar(Host, Checks, gap.Start, gap.End, "before, between and after tasks", "ran", IsCritical: false)));
        return new Timeline(
            run, [.. bars.OrderBy(bar => bar.Start).ThenBy(bar => bar.End).ThenBy(bar => bar.Lane, StringComparer.Ordinal)], critical,
            length);

        void Mark(int parent, bool isCritical)
        {
            if (!isCritical)
            {
                return;
            }

            foreach (RecordedStep step in parts[parent])
            {
                if (criticalSteps.Add(step.Id))
                {
                    Mark(step.Id, isCritical);
                }
            }
        }
    }

    /// <summary>
    /// The tasks that the run had to do one after the other, because each needs the one before: the longest such chain.
    /// </summary>
    private static (IReadOnlyList<string> Tasks, long Length) CriticalPath(RecordedRun run)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> graph =
            run.Run.Graph ?? new Dictionary<string, IReadOnlyList<string>>();
        Dictionary<string, long> lengths = run.Tasks.GroupBy(task => task.Name).ToDictionary(
            same => same.Key, same => same.Sum(task => task.End - task.Start), StringComparer.Ordinal);
        var longest = new Dictionary<string, (long Length, string? Before)>(StringComparer.Ordinal);
        long Measure(string name)
        {
            if (longest.TryGetValue(name, out (long Length, string? Before) known))
            {
                return known.Length;
            }

            longest[name] = (0, null); // a graph in a damaged file may have a circle
            string? before = null;
            long most = 0;
            foreach (string need in graph.GetValueOrDefault(name) ?? [])
            {
                long length = Measure(need);
                if (length > most)
                {
                    (most, before) = (length, need);
                }
            }

            long own = most + lengths.GetValueOrDefault(name);
            longest[name] = (own, before);
            return own;
        }

        string? last = lengths.Keys.Order(StringComparer.Ordinal).OrderByDescending(Measure).FirstOrDefault();
        var path = new List<string>();
        long total = last is null ? 0 : Measure(last);
        for (string? name = last; name is not null && !path.Contains(name); name = longest[name].Before)
        {
            path.Add(name);
        }

        path.Reverse();
        return ([.. path.Where(lengths.ContainsKey)], total);
    }

    /// <summary>What is left of a stretch without others.</summary>
    private static IEnumerable<(long Start, long End)> Gaps(
        long start, long end, IEnumerable<(long Start, long End)> others, bool keepEmpty = false)
    {
        long at = start;
        bool any = false;
        foreach ((long from, long to) in others.OrderBy(other => other.Start))
        {
            if (from > at)
            {
                any = true;
                yield return (at, Math.Min(from, end));
            }

            at = Math.Max(at, to);
        }

        if (at < end || (keepEmpty && !any))
        {
            yield return (at, Math.Max(at, end));
        }
    }

    private static string TextOf(RecordedStep step) =>
        step.Changed.Count == 0 ? step.Why : $"{step.Why}: {string.Join(", ", step.Changed.Select(change => change.Input))}";
}
