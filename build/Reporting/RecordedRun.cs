using System.Text.Json;

namespace Qcw.Build.Reporting;

/// <summary>A task of a recorded run.</summary>
/// <param name="Id">Its number in the run.</param>
/// <param name="Parent">The task that ran it, or null: the build did.</param>
/// <param name="Name">The target.</param>
/// <param name="Component">The component that it works for; null: none.</param>
/// <param name="Phase">What it does for it, or null.</param>
/// <param name="Start">Milliseconds since the run began.</param>
/// <param name="End">Likewise.</param>
public sealed record RecordedTask(int Id, int? Parent, string Name, string? Component, string? Phase, long Start, long End);

/// <summary>A step of a recorded run.</summary>
/// <param name="Id">Its number in the run.</param>
/// <param name="Parent">The step or task that it is a part of, or null.</param>
/// <param name="Component">What it was done for.</param>
/// <param name="Phase">What was done.</param>
/// <param name="Start">Milliseconds since the run began.</param>
/// <param name="End">Likewise.</param>
/// <param name="Outcome">
/// <c>ran</c>, <c>from a cache</c>, <c>up to date</c>, <c>failed</c>, or <c>cut off</c> where the run was killed.
/// </param>
/// <param name="Why">Why it ran, or that it did not have to.</param>
public sealed record RecordedStep(
    int Id, int? Parent, string Component, string Phase, long Start, long End, string Outcome, string Why)
{
    /// <summary>What it was when the log ends before the step.</summary>
    public const string CutOff = "cut off";

    /// <summary>The inputs that changed.</summary>
    public IReadOnlyList<InputChange> Changed { get; init; } = [];

    /// <summary>What it makes, relative to the folder of artifacts.</summary>
    public string Output { get; init; } = string.Empty;

    /// <summary>Bytes of what was made; null: not known.</summary>
    public long? Bytes { get; init; }

    /// <summary>The first line of its error, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What ninja did in it, or null.</summary>
    public NinjaSummary? Compiled { get; init; }

    /// <summary>True where nothing had to be made.</summary>
    public bool IsUpToDate => Outcome == "up to date";
}

/// <summary>An input that a recorded run looked for.</summary>
/// <param name="Id">Its number in the run.</param>
/// <param name="Component">What it is for.</param>
/// <param name="Name">Its name.</param>
/// <param name="Start">Milliseconds since the run began.</param>
/// <param name="End">Likewise.</param>
/// <param name="Origin"><c>cache</c>, <c>mirror</c>, <c>upstream</c>; null: it could not be had.</param>
/// <param name="Network">True: through the network.</param>
/// <param name="Bytes">Its size; null: not known.</param>
public sealed record RecordedFetch(
    int Id, string Component, string Name, long Start, long End, string? Origin, bool Network, long? Bytes);

/// <summary>A run as <see cref="StepLog"/> recorded it.</summary>
/// <param name="Run">What began it.</param>
/// <param name="Tasks">In the order in which they began.</param>
/// <param name="Steps">Likewise.</param>
/// <param name="Fetches">Likewise.</param>
/// <param name="End">When the last thing happened, milliseconds since the run began.</param>
/// <param name="Outcome"><c>done</c>, <c>failed</c>, or <c>cut off</c>.</param>
/// <param name="Error">The first line of the error, or null.</param>
public sealed record RecordedRun(
    StepEvent Run, IReadOnlyList<RecordedTask> Tasks, IReadOnlyList<RecordedStep> Steps, IReadOnlyList<RecordedFetch> Fetches, long End,
    string Outcome, string? Error)
{
    private const string Remedy = "delete the file; the next build begins a new one";

    /// <summary>Reads the last run of a file; null: there is no file, or it has no run.</summary>
    /// <exception cref="BuildException">A line is no record; the message names it.</exception>
    public static RecordedRun? ReadLast(string file)
    {
        if (!File.Exists(file))
        {
            return null;
        }

        string text = File.ReadAllText(file);
        string[] runs = StepLog.SplitRuns(text);
        if (runs.Length == 0)
        {
            return null;
        }

        int before = text[..^runs[^1].Length].Count(letter => letter == '\n');
        return Of(Parse(runs[^1], file, before), file);
    }

    /// <summary>Puts together what belongs together.</summary>
    /// <param name="events">Of one run.</param>
    /// <param name="file">Where they are from, for messages.</param>
    /// <exception cref="BuildException">They do not fit each other.</exception>
    public static RecordedRun Of(IReadOnlyList<StepEvent> events, string file)
    {
        if (events is not [{ Event: "run" } run, ..])
        {
            throw new BuildException($"{file}: found no line with \"event\":\"run\" first, expected one that begins the run: {Remedy}");
        }

        var ends = new Dictionary<int, StepEvent>();
        foreach (StepEvent one in events.Where(one => one is { Event: "end", Id: not null }))
        {
            ends[one.Id!.Value] = one;
        }

        long last = events.Max(one => one.Ms);
        StepEvent? done = events.FirstOrDefault(one => one.Event == "done");
        long EndOf(StepEvent one) => Math.Max(one.Ms, EndEvent(one)?.Ms ?? last);
        StepEvent? EndEvent(StepEvent one) => ends.GetValueOrDefault(one.Id ?? 0);
        StepEvent[] Of(string kind) => [.. events.Where(one => one.Event == kind && one.Id is not null).DistinctBy(one => one.Id)];
        return new RecordedRun(
            run,
            [
                .. Of("task").Select(one => new RecordedTask(
                    one.Id!.Value, one.Parent, one.Name ?? "?", one.Component, one.Phase, one.Ms, EndOf(one))),
            ],
            [
                .. Of("step").Select(one => new RecordedStep(
                    one.Id!.Value, one.Parent, one.Component ?? "?", one.Phase ?? "?", one.Ms, EndOf(one),
                    EndEvent(one)?.Outcome ?? RecordedStep.CutOff, one.Why ?? string.Empty)
                {
                    Changed = [.. (one.Changed ?? []).Where(change => change is { Input: not null })],
                    Output = one.Output ?? string.Empty,
                    Bytes = EndEvent(one)?.Bytes,
                    Error = EndEvent(one)?.Error,
                    Compiled = EndEvent(one)?.Compiled,
                }),
            ],
            [
                .. Of("fetch").Select(one => new RecordedFetch(
                    one.Id!.Value, one.Component ?? "?", one.Name ?? "?", one.Ms, EndOf(one), EndEvent(one)?.Origin,
                    EndEvent(one)?.Network ?? false, EndEvent(one)?.Bytes)),
            ],
            last, done?.Outcome ?? RecordedStep.CutOff, done?.Error);
    }

    private static List<StepEvent> Parse(string run, string file, int linesBefore)
    {
        string[] lines = run.Split('\n');
        var events = new List<StepEvent>();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0)
            {
                continue;
            }

            try
            {
                events.Add(JsonSerializer.Deserialize<StepEvent>(lines[i], StepLog.Settings) is { Event: not null, Ms: >= 0 } one
                    ? one
                    : throw new JsonException("it has no event, or a time before the run began"));
            }
            catch (JsonException) when (i == lines.Length - 1)
            {
                // without its line end: the build was killed while it wrote
            }
            catch (JsonException e)
            {
                throw new BuildException(
                    $"{file}, line {linesBefore + i + 1}: {e.Message} Expected a line as a build records it: {Remedy}", e);
            }
        }

        return events;
    }
}
