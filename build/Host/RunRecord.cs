using Qcw.Build.Reporting;

namespace Qcw.Build.Host;

/// <summary>What is recorded of a run beside its steps, and what a person is told of it at its end.</summary>
internal static class RunRecord
{
    /// <summary>The line that begins a run: what it is to make, of what, and how its tasks depend on each other.</summary>
    public static StepEvent Start(HostContext context, DateTimeOffset now)
    {
        IEnumerable<TaskNode> tasks = context.Options.Exclusive
            ? context.Options.Targets.Select(context.Graph.Find)
            : context.Graph.Closure(context.Options.Targets);
        return new StepEvent("run", 0)
        {
            At = now,
            Line = context.Line.Name,
            Architecture = context.Paths.Architecture.Name,
            Targets = context.Options.Targets,
            Commit = CommitOf(context),
            Processors = Environment.ProcessorCount,
            Graph = tasks.ToDictionary(task => task.Name, task => task.Predecessors),
        };
    }

    /// <summary>Begins a task; to be disposed of when it ends.</summary>
    public static OpenEvent? Begin(HostContext context, string task)
    {
        Components.ComponentTask? work = context.Graph.Find(task).Work;
        return context.Record?.BeginTask(task, work?.Definition?.Name, work?.Phase.ToString().ToLowerInvariant());
    }

    /// <summary>
    /// For people: what was made, how long it took, the slowest step, and where the report is; empty where no step was looked at.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="paths">The folders of the build.</param>
    /// <param name="report">Full path of the report; null: it could not be drawn.</param>
    public static IReadOnlyList<string> Summary(RecordedRun run, Paths paths, string? report)
    {
        if (run.Steps.Count == 0)
        {
            return [];
        }

        RecordedStep[] ran = [.. run.Steps.Where(step => step.Outcome == "ran")];
        RecordedStep[] released = [.. ran.Where(step => step.Output.StartsWith("packages/", StringComparison.Ordinal))];
        int idle = run.Steps.Count(step => step.IsUpToDate);
        string made = ran.Length == 0 ? "nothing new"
            : released.Length == 0 ? $"no file of the release, {Steps(ran.Length)} ran"
            : $"{(released.Length == 1 ? "1 file" : $"{released.Length} files")} of the release, "
                + $"{ByteSize.Format(released.Sum(step => step.Bytes ?? 0))}; {Steps(ran.Length)} ran";
        RecordedStep? slowest = run.Steps.Where(step => !step.IsUpToDate)
            .OrderByDescending(step => step.End - step.Start).ThenBy(step => step.Id).FirstOrDefault();
        return
        [
            $"Made:    {made}, {idle} up to date",
            $"Took:    {Duration.Text(run.End)}{(run.Outcome == "done" ? string.Empty : ", and failed")}",
            slowest is null
                ? "Slowest: no step had to run"
                : $"Slowest: {slowest.Component} {slowest.Phase}, {Duration.Text(slowest.End - slowest.Start)}",
            $"Report:  {report ?? $"none; {paths.StepLog} has what happened"}",
        ];
    }

    private static string Steps(int count) => count == 1 ? "1 step" : $"{count} steps";

    // a checkout whose commit cannot be read ends only what names it: the record says that it is not known
    private static string? CommitOf(HostContext context)
    {
        try
        {
            return Workplace.CommitOf(context);
        }
        catch (BuildException)
        {
            return null;
        }
    }
}
