using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Qcw.Build.Core;

/// <summary>
/// What happened in a run, one line of <c>artifacts/report/steps.jsonl</c>. Which members a line has follows from <see cref="Event"/>:
/// <c>run</c> begins a run; <c>task</c>, <c>step</c> and <c>fetch</c> begin something, which an <c>end</c> with the same id ends;
/// <c>done</c> ends the run.
/// </summary>
/// <param name="Event">The kind of the line.</param>
/// <param name="Ms">Milliseconds since the run began, by a clock that never goes back.</param>
public sealed record StepEvent(string Event, long Ms)
{
    /// <summary>Numbers what begins and ends, within a run.</summary>
    public int? Id { get; init; }

    /// <summary>The step or task in which it happened, by its id; null: none.</summary>
    public int? Parent { get; init; }

    /// <summary>Of a task, or of what was fetched.</summary>
    public string? Name { get; init; }

    /// <summary>The component that it was done for; null: none.</summary>
    public string? Component { get; init; }

    /// <summary>The phase: <c>compile</c>.</summary>
    public string? Phase { get; init; }

    /// <summary>Why a step ran, or that it did not have to.</summary>
    public string? Why { get; init; }

    /// <summary>The inputs that changed since the output was made.</summary>
    public IReadOnlyList<InputChange>? Changed { get; init; }

    /// <summary>What a step makes, relative to the folder of artifacts.</summary>
    public string? Output { get; init; }

    /// <summary>
    /// Of an end: <c>ran</c>, <see cref="StepLog.FromCache"/>, <c>up to date</c>, <c>failed</c>; of a run: <c>done</c>, <c>failed</c>.
    /// </summary>
    public string? Outcome { get; init; }

    /// <summary>The first line of the error.</summary>
    public string? Error { get; init; }

    /// <summary>Bytes of what was made or fetched; null: not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>Where an input came from: <c>cache</c>, <c>mirror</c>, <c>upstream</c>.</summary>
    public string? Origin { get; init; }

    /// <summary>True where it came through the network.</summary>
    public bool? Network { get; init; }

    /// <summary>What ninja did in a step; null: it was not used.</summary>
    public NinjaSummary? Compiled { get; init; }

    /// <summary>When a run began, UTC.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The line of a run.</summary>
    public string? Line { get; init; }

    /// <summary>The processor that a run built for.</summary>
    public string? Architecture { get; init; }

    /// <summary>What a run was to make.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>The commit of this repository; null: not known.</summary>
    public string? Commit { get; init; }

    /// <summary>The processors of the machine.</summary>
    public int? Processors { get; init; }

    /// <summary>The tasks of a run, and what each depends on.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Graph { get; init; }
}

/// <summary>An input of a step that is not what it was.</summary>
/// <param name="Input">Its name in the fingerprint.</param>
/// <param name="Was">Its value then, cut to what a person reads; null: there was none.</param>
/// <param name="Is">Its value now; null: there is none.</param>
public sealed record InputChange(string Input, string? Was, string? Is);

/// <summary>
/// Records a run as it happens, so that one that failed or was killed has told as much. Nothing is written before the first step or
/// fetch: what makes nothing leaves the file as it is. Safe to call from several threads; there is one writer.
/// </summary>
/// <param name="paths">The folders of the build.</param>
/// <param name="began">The reading of <see cref="Stopwatch.GetTimestamp"/> from which time is counted.</param>
public sealed class StepLog(Paths paths, long began) : IDisposable
{
    /// <summary>How many runs the file keeps; the oldest goes.</summary>
    public const int KeptRuns = 10;

    /// <summary>The outcome of a step whose output another machine had made.</summary>
    public const string FromCache = "from a cache";

    /// <summary>How lines are written: one line, without what is null.</summary>
    public static readonly JsonSerializerOptions Settings = new(JsonText.Settings)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly Lock gate = new();
    private readonly List<StepEvent> events = [];
    private readonly AsyncLocal<int?> within = new();
    private FileStream? file;
    private int written;
    private int lastId;
    private int? task;

    /// <summary>All of this run so far.</summary>
    public IReadOnlyList<StepEvent> Events
    {
        get
        {
            lock (gate)
            {
                return [.. events];
            }
        }
    }

    /// <summary>Milliseconds since the run began.</summary>
    public long Now => (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds;

    /// <summary>Begins the run.</summary>
    public void Begin(StepEvent run) => Add(run);

    /// <summary>Begins a task. What happens until it is disposed of belongs to it, unless another thread says otherwise.</summary>
    /// <param name="name">The target.</param>
    /// <param name="component">The component that it works for; null: none.</param>
    /// <param name="phase">What it does for it; null: it works for none.</param>
    public OpenEvent BeginTask(string name, string? component, string? phase)
    {
        OpenEvent open = Open(new StepEvent("task", Now) { Name = name, Component = component, Phase = phase });
        // Cake calls what begins a task apart from the task, so what flows with the caller does not reach it
        task = open.Id;
        return open;
    }

    /// <summary>Begins a step.</summary>
    public OpenEvent BeginStep(Step step, string why, IReadOnlyList<InputChange> changed) => Open(new StepEvent("step", Now)
    {
        Component = step.Component,
        Phase = step.Phase,
        Why = why,
        Changed = changed.Count > 0 ? changed : null,
        Output = Path.GetRelativePath(paths.Artifacts, step.Output).Replace(Path.DirectorySeparatorChar, '/'),
    });

    /// <summary>Begins to fetch an input.</summary>
    public OpenEvent BeginFetch(string component, string name) =>
        Open(new StepEvent("fetch", Now) { Component = component, Name = name });

    /// <summary>Ends the run.</summary>
    /// <param name="error">Why it failed; null: it did not.</param>
    public void End(string? error)
    {
        Add(new StepEvent("done", Now) { Outcome = error is null ? "done" : "failed", Error = FirstLine(error) });
        Dispose();
    }

    public void Dispose()
    {
        lock (gate)
        {
            file?.Dispose();
            file = null;
        }
    }

    internal static string? FirstLine(string? text) => text?.Split('\n', 2)[0].TrimEnd('\r');

    internal void Add(StepEvent one)
    {
        lock (gate)
        {
            events.Add(one);
            if (file is null && one.Event is not ("step" or "fetch"))
            {
                return; // until something is made, or where nothing was
            }

            file ??= OpenFile();
            for (; written < events.Count; written++)
            {
                file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(events[written], Settings) + "\n"));
            }

            file.Flush();
        }
    }

    internal void Leave(int id, int? before)
    {
        within.Value = before;
        if (task == id)
        {
            task = null;
        }
    }

    private OpenEvent Open(StepEvent start)
    {
        int id = Interlocked.Increment(ref lastId);
        int? before = within.Value;
        Add(start with { Id = id, Parent = before ?? task });
        within.Value = id;
        return new OpenEvent(this, id, before, start.Event == "task" ? null : "failed");
    }

    /// <summary>Opens the file at its end, after it was cut to the newest runs.</summary>
    private FileStream OpenFile()
    {
        string path = paths.StepLog;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string text = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        string[] runs = SplitRuns(text);
        if (runs.Length >= KeptRuns || (text.Length > 0 && text[^1] != '\n'))
        {
            // a run that was killed in the middle of a line ends there
            Files.Write(path, string.Concat(runs.TakeLast(KeptRuns - 1).Select(run => run[^1] == '\n' ? run : run + "\n")));
        }

        return new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
    }

    /// <summary>The texts of the runs of a file, oldest first.</summary>
    public static string[] SplitRuns(string text)
    {
        const string start = "{\"event\":\"run\"";
        var runs = new List<string>();
        int from = 0;
        while (from < text.Length)
        {
            int next = text.IndexOf("\n" + start, from, StringComparison.Ordinal);
            int end = next < 0 ? text.Length : next + 1;
            runs.Add(text[from..end]);
            from = end;
        }

        return [.. runs];
    }
}

/// <summary>Something in a <see cref="StepLog"/> that has begun. What is not said to have ended well has failed.</summary>
/// <param name="log">The record.</param>
/// <param name="id">Its number.</param>
/// <param name="before">The number of what it is a part of, or null.</param>
/// <param name="outcome">What has come of it where nothing else is said; null: it has none, its steps have.</param>
public sealed class OpenEvent(StepLog log, int id, int? before, string? outcome) : IDisposable
{
    private StepEvent end = new("end", 0) { Id = id, Outcome = outcome };

    /// <summary>Its number.</summary>
    public int Id { get; } = id;

    /// <summary>It has ended well.</summary>
    /// <param name="outcome"><c>ran</c>, <see cref="StepLog.FromCache"/>, or <c>up to date</c>.</param>
    /// <param name="bytes">Of what was made; null: not known.</param>
    /// <param name="compiled">What ninja did; null: it was not used.</param>
    public void Done(string outcome, long? bytes = null, NinjaSummary? compiled = null) =>
        end = end with { Outcome = outcome, Bytes = bytes, Compiled = compiled };

    /// <summary>An input was fetched, or is there.</summary>
    /// <param name="origin"><c>cache</c>, <c>mirror</c> or <c>upstream</c>.</param>
    /// <param name="network">True: through the network.</param>
    /// <param name="bytes">Of it; null: not known.</param>
    public void Fetched(string origin, bool network, long? bytes) =>
        end = end with { Outcome = origin == "cache" ? "up to date" : "ran", Origin = origin, Network = network, Bytes = bytes };

    /// <summary>It has failed.</summary>
    public void Failed(string error) => end = end with { Outcome = "failed", Error = StepLog.FirstLine(error) };

    public void Dispose()
    {
        log.Leave(Id, before);
        log.Add(end with { Ms = log.Now });
    }
}
