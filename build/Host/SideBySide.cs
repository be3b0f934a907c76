using System.Collections.Concurrent;
using System.Diagnostics;
using Cake.Core;
using Cake.Core.Diagnostics;

namespace Qcw.Build.Host;

/// <summary>
/// Runs the tasks of the targets side by side (ADR 24). Cake asks for one task after the other: when it asks for the first one, all begin,
/// each as soon as those that it depends on are done; what Cake waits for then is the end of a task.
/// </summary>
/// <param name="log">Cake's log.</param>
/// <param name="printer">Cake's report.</param>
public sealed class SideBySide(ICakeLog log, SideBySideReport printer) : IExecutionStrategy
{
    // longer than everything else: what is to be made at the end waits for them
    private const int Compilation = 8;
    private const int Packing = 4;
    private const int Step = 1;
    private const int Scale = 100; // below it, pieces of a task choose among themselves

    private readonly DefaultExecutionStrategy inner = new(log, printer);
    private Underway? underway;

    /// <summary>How many things <c>--parallel</c> without a number does at a time.</summary>
    /// <param name="processors">Of this machine.</param>
    public static int NumberFor(int processors) => Math.Max(2, processors / 2);

    /// <summary>How many things are done at a time where the command line does not say it.</summary>
    /// <param name="processors">Of this machine.</param>
    public static int DefaultFor(int processors) => processors > 2 ? NumberFor(processors) : 1;

    /// <summary>
    /// Whether the options ask for it, and there is more than one task; <c>--exclusive</c> knows nothing of what depends on what.
    /// </summary>
    public static bool IsAskedFor(BuildOptions options, TaskGraph graph) =>
        options is { Parallel: > 1, Exclusive: false, PlansOnly: false }
        && graph.Closure(options.Targets).Count > 1;

    public async Task ExecuteAsync(CakeTask task, ICakeContext context)
    {
        log.Verbose("Waiting for task: {0}", task.Name);
        underway ??= Begin((HostContext)context);
        await underway.WaitAsync(task.Name);
    }

    public void Skip(CakeTask task, CakeTaskCriteria criteria) => inner.Skip(task, criteria);

    public void PerformSetup(Action<ISetupContext> action, ISetupContext context) => inner.PerformSetup(action, context);

    public void PerformTeardown(Action<ITeardownContext> action, ITeardownContext teardownContext) =>
        inner.PerformTeardown(action, teardownContext);

    public Task ReportErrorsAsync(Func<Exception, Task> action, Exception exception) => inner.ReportErrorsAsync(action, exception);

    public Task HandleErrorsAsync(Func<Exception, ICakeContext, Task> action, Exception exception, ICakeContext context) =>
        inner.HandleErrorsAsync(action, exception, context);

    public Task InvokeFinallyAsync(Func<ICakeContext, Task> action, ICakeContext context) =>
        inner.InvokeFinallyAsync(action, context);

    public void PerformTaskSetup(Action<ITaskSetupContext> action, ITaskSetupContext taskSetupContext) =>
        inner.PerformTaskSetup(action, taskSetupContext);

    public void PerformTaskTeardown(Action<ITaskTeardownContext> action, ITaskTeardownContext taskTeardownContext) =>
        inner.PerformTaskTeardown(action, taskTeardownContext);

    /// <summary>The way from the beginning of each task to the end of the last, in no unit: the longest goes first.</summary>
    /// <param name="order">The tasks, each behind what it depends on.</param>
    /// <param name="line">How many libraries a component needs tells how large it is.</param>
    internal static IReadOnlyDictionary<string, int> Urgency(IReadOnlyList<TaskNode> order, ReleaseLine line)
    {
        var ways = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (TaskNode node in order.Reverse())
        {
            int behind = order
                .Where(other => other.Predecessors.Contains(node.Name, StringComparer.OrdinalIgnoreCase))
                .Select(other => ways[other.Name]).DefaultIfEmpty().Max();
            ways[node.Name] = behind + (node switch
            {
                { Work: { Phase: Phase.Compile, Definition: { } definition } } when definition.Find(line) is { } component =>
                    Compilation + line.DependenciesOf(component).Count(),
                { Work.Phase: Phase.Compile } => Compilation,
                { Work.Phase: Phase.Package or Phase.Documentation } => Packing,
                _ => Step,
            });
        }

        return ways;
    }

    private Underway Begin(HostContext context)
    {
        IReadOnlyList<TaskNode> order = context.Graph.Closure(context.Options.Targets);
        IReadOnlyDictionary<string, int> urgency = Urgency(order, context.Line);
        TaskNode[] alone = Alone(order, context.Options.Targets);
        var pieces = new Dictionary<string, Piece>(StringComparer.OrdinalIgnoreCase);
        Piece[] before = [];
        foreach (TaskNode node in alone.Concat(order.Except(alone)))
        {
            var piece = new Piece(() => printer.MeasureAsync(node.Name, () => node.RunAsync(context)))
            {
                Needs = [.. node.Predecessors.Select(name => pieces[name]).Concat(before).Distinct()],
                Priority = urgency[node.Name] * Scale,
                TakesPlace = node.Work?.TakesPlace ?? !node.IsAggregate,
            };
            pieces.Add(node.Name, piece);
            before = alone.Contains(node) ? [piece] : before;
        }

        context.Messages.Info(
            $"up to {context.Workers.Size} components and libraries at a time (--parallel=1: one after the other)");
        return new Underway(
            context.Workers, pieces.Keys.Zip(context.Workers.Start([.. pieces.Values])).ToDictionary(
                pair => pair.First, pair => pair.Second, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>
    /// Of several targets, those of which nothing says when they may run, such as <c>Clean</c>: they go first, one after the other.
    /// </summary>
    internal static TaskNode[] Alone(IReadOnlyList<TaskNode> order, IReadOnlyList<string> targets) =>
    [
        .. order.Where(node => order.Count > 1 && !node.IsAggregate && node is { Work: null, Predecessors.Count: 0 }
            && targets.Contains(node.Name, StringComparer.OrdinalIgnoreCase)).OrderBy(node => node.Name, StringComparer.Ordinal),
    ];

    /// <summary>The tasks that have begun, or will.</summary>
    private sealed record Underway(Workers Workers, IReadOnlyDictionary<string, Task> Ends)
    {
        /// <summary>
        /// Waits for a task. After a failure Cake gets on to the task that failed, so that its report and its message name that one.
        /// </summary>
        public async Task WaitAsync(string name)
        {
            Task end = Ends[name];
            await Task.WhenAny(end); // which does not throw
            if (!end.IsCompletedSuccessfully)
            {
                // what ran beside it has ended, too, when the error is printed
                await Task.WhenAny(Task.WhenAll(Ends.Values));
                Task failed = Ends.Values.FirstOrDefault(Workers.IsFirstFailure)
                    ?? Ends.Values.First(task => !task.IsCompletedSuccessfully);
                if (end == failed)
                {
                    await end;
                }
            }
        }
    }
}

/// <summary>Cake's report with the time that each task took itself: Cake would know only how long it waited for it.</summary>
/// <param name="printer">Prints reports and headings.</param>
/// <param name="messages">Gets a line about the time that passed.</param>
public sealed class SideBySideReport(CakeReportPrinter printer, BuildLog messages) : ICakeReportPrinter
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<(TimeSpan Duration, bool Done)>> measured =
        new(StringComparer.OrdinalIgnoreCase);

    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>Runs a task and keeps how long it took.</summary>
    internal async Task MeasureAsync(string task, Func<Task> work)
    {
        var own = Stopwatch.StartNew();
        bool done = false;
        try
        {
            await work();
            done = true;
        }
        finally
        {
            measured.GetOrAdd(task, _ => []).Enqueue((own.Elapsed, done));
        }
    }

    public void Write(CakeReport report)
    {
        var corrected = new CakeReport();
        foreach (CakeReportEntry entry in report)
        {
            bool ran = entry.ExecutionStatus is CakeTaskExecutionStatus.Executed or CakeTaskExecutionStatus.Failed
                && entry.Category == CakeReportEntryCategory.Task;
            if (!ran)
            {
                corrected.Add(entry.TaskName, entry.SkippedMessage, entry.Category, entry.Duration, entry.ExecutionStatus);
            }
            else if (measured.TryGetValue(entry.TaskName, out var runs) && runs.TryDequeue(out var run)
                && (run.Done || entry.ExecutionStatus == CakeTaskExecutionStatus.Failed))
            {
                corrected.Add(entry.TaskName, entry.SkippedMessage, entry.Category, run.Duration, entry.ExecutionStatus);
            }
            else
            {
                corrected.AddSkipped(entry.TaskName, "stopped"); // another task failed
            }
        }

        printer.Write(corrected);
        messages.Info($"The tasks ran side by side: their total is more than the {clock.Elapsed:h\\:mm\\:ss} that passed.");
    }

    public void WriteStep(string name, Verbosity verbosity) => printer.WriteStep(name, verbosity);

    public void WriteLifeCycleStep(string name, Verbosity verbosity) => printer.WriteLifeCycleStep(name, verbosity);

    public void WriteSkippedStep(string name, Verbosity verbosity) => printer.WriteSkippedStep(name, verbosity);
}
