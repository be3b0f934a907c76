using System.Text.Json;
using Qcw.Build.Reporting;

namespace Qcw.Build.Tests.Reporting;

public sealed class TimelineTests
{
    [Test]
    public void Every_moment_of_a_run_is_in_exactly_one_bar_where_one_thing_follows_the_other()
    {
        var timeline = Timeline.Of(SampleReport.Run());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(timeline.Bars.Sum(bar => bar.Length), Is.EqualTo(timeline.Run.End));
            Assert.That(timeline.Bars.Zip(timeline.Bars.Skip(1), (one, next) => next.Start - one.End), Is.All.EqualTo(0));
        }
    }

    [Test]
    public void A_step_inside_another_has_its_own_bar() =>
        Assert.That(
            Timeline.Of(SampleReport.Run()).Bars.Where(bar => bar.Phase is "compile" or "unpack")
                .Select(bar => (bar.Lane, bar.Start, bar.End)),
            Is.EqualTo([("xz", 520L, 600L), ("inner", 600L, 700L), ("xz", 700L, 2500L)]));

    [Test]
    public void The_critical_path_is_the_longest_chain_of_tasks_that_need_each_other()
    {
        var timeline = Timeline.Of(SampleReport.Run());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(timeline.Critical, Is.EqualTo(["Get", "Make"]), "Release did nothing, Other is needed by nothing long");
            Assert.That(timeline.CriticalMs, Is.EqualTo(400 + 2100));
            Assert.That(timeline.Bars.Where(bar => bar.IsCritical).Select(bar => bar.Lane).Distinct(), Is.EquivalentTo(["xz", "inner"]));
        }
    }

    [Test]
    public void A_task_that_runs_others_takes_no_time_twice()
    {
        RecordedRun run = SampleReport.Run();
        var whole = new RecordedTask(99, null, "Verify", null, null, 50, 2720);
        var timeline = Timeline.Of(run with { Tasks = [whole, .. run.Tasks.Select(task => task with { Parent = whole.Id })] });
        Assert.That(timeline.Bars.Sum(bar => bar.Length), Is.EqualTo(run.End));
    }

    [Test]
    public void A_graph_with_a_circle_ends()
    {
        RecordedRun run = SampleReport.Run();
        var graph = new Dictionary<string, IReadOnlyList<string>> { ["Get"] = ["Make"], ["Make"] = ["Get"] };
        Assert.That(Timeline.Of(run with { Run = run.Run with { Graph = graph } }).CriticalMs, Is.GreaterThan(0));
    }

    [Test]
    public void The_trace_has_the_times_of_the_bars_in_microseconds()
    {
        var timeline = Timeline.Of(SampleReport.Run());
        using var trace = JsonDocument.Parse(Trace.Of(timeline));
        JsonElement[] events = [.. trace.RootElement.GetProperty("traceEvents").EnumerateArray()];
        JsonElement[] complete = [.. events.Where(one => one.GetProperty("ph").GetString() == "X")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                complete.Where(one => one.GetProperty("cat").GetString() != "fetch").Sum(one => one.GetProperty("dur").GetInt64()),
                Is.EqualTo(timeline.Run.End * 1000));
            Assert.That(
                complete.Single(one => one.GetProperty("name").GetString() == "xz.tar.xz").GetProperty("ts").GetInt64(),
                Is.EqualTo(120_000));
            Assert.That(
                events.Where(one => one.GetProperty("ph").GetString() == "M").Select(one => one.GetProperty("tid").GetInt32()), Is.Unique);
        }
    }

    [TestCase(0, "0.0 s"), TestCase(9_949, "9.9 s"), TestCase(59_499, "59 s"), TestCase(59_500, "1 min 0 s")]
    [TestCase(3_599_499, "59 min 59 s"), TestCase(3_599_500, "1 h 0 min"), TestCase(7_260_000, "2 h 1 min")]
    public void Times_are_written_for_people(long ms, string text) => Assert.That(Duration.Text(ms), Is.EqualTo(text));
}
