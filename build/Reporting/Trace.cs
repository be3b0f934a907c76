using System.Text.Json.Nodes;

namespace Qcw.Build.Reporting;

/// <summary>
/// A run in the trace event format of Chrome, which Perfetto and <c>chrome://tracing</c> open: complete events (<c>ph</c> X) with times
/// in microseconds, a thread a lane; what is fetched at the same time has threads of its own.
/// </summary>
public static class Trace
{
    private const int Process = 1;

    /// <summary>The text of <c>trace.json</c>.</summary>
    public static string Of(Timeline timeline)
    {
        var events = new JsonArray { Meta("process_name", 0, $"qcw {timeline.Run.Run.Line}") };
        int thread = 0;
        foreach (string lane in timeline.Lanes)
        {
            events.Add(Meta("thread_name", ++thread, lane));
            foreach (Bar bar in timeline.Bars.Where(bar => bar.Lane == lane && bar.Length > 0))
            {
                events.Add(Complete(thread, bar.Phase, bar.Lane, bar.Start, bar.End, new JsonObject
                {
                    ["what"] = bar.Text,
                    ["outcome"] = bar.Outcome,
                    ["critical"] = bar.IsCritical,
                }));
            }
        }

        foreach (IReadOnlyList<RecordedFetch> row in Rows(timeline.Run.Fetches))
        {
            events.Add(Meta("thread_name", ++thread, "downloads"));
            foreach (RecordedFetch fetch in row)
            {
                events.Add(Complete(thread, fetch.Name, "fetch", fetch.Start, fetch.End, new JsonObject
                {
                    ["component"] = fetch.Component,
                    ["origin"] = fetch.Origin,
                    ["bytes"] = fetch.Bytes,
                }));
            }
        }

        foreach (RecordedStep step in timeline.Run.Steps.Where(step => step.Compiled is { Slowest.Count: > 0 }))
        {
            thread = AddCommands(events, step, thread);
        }

        return JsonText.Of(new JsonObject { ["displayTimeUnit"] = "ms", ["traceEvents"] = events });
    }

    /// <summary>The slowest commands of a compilation; ninja's clock begins some moments after the step's.</summary>
    private static int AddCommands(JsonArray events, RecordedStep step, int thread)
    {
        foreach (IReadOnlyList<RecordedFetch> row in Rows(
            [
                .. step.Compiled!.Slowest
                    .Select(one => new RecordedFetch(0, step.Component, one.Output, one.Start, one.End, null, false, null)),
            ]))
        {
            events.Add(Meta("thread_name", ++thread, $"{step.Component}: slowest commands"));
            foreach (RecordedFetch one in row)
            {
                events.Add(Complete(thread, one.Name, "command", step.Start + one.Start, step.Start + one.End, []));
            }
        }

        return thread;
    }

    /// <summary>Rows in which nothing overlaps.</summary>
    private static List<IReadOnlyList<RecordedFetch>> Rows(IReadOnlyList<RecordedFetch> fetches)
    {
        var rows = new List<List<RecordedFetch>>();
        foreach (RecordedFetch fetch in fetches.OrderBy(fetch => fetch.Start).ThenBy(fetch => fetch.Id))
        {
            List<RecordedFetch>? row = rows.Find(row => row[^1].End <= fetch.Start);
            if (row is null)
            {
                rows.Add([fetch]);
            }
            else
            {
                row.Add(fetch);
            }
        }

        return [.. rows];
    }

    private static JsonObject Meta(string what, int thread, string name) => new()
    {
        ["ph"] = "M",
        ["pid"] = Process,
        ["tid"] = thread,
        ["name"] = what,
        ["args"] = new JsonObject { ["name"] = name },
    };

    private static JsonObject Complete(int thread, string name, string category, long start, long end, JsonObject details) => new()
    {
        ["ph"] = "X",
        ["pid"] = Process,
        ["tid"] = thread,
        ["name"] = name,
        ["cat"] = category,
        ["ts"] = start * 1000,
        ["dur"] = (end - start) * 1000,
        ["args"] = details,
    };
}
