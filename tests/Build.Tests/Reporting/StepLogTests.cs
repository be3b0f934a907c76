using System.Diagnostics;
using Qcw.Build.Reporting;

namespace Qcw.Build.Tests.Reporting;

/// <summary>What is recorded of a run, read again.</summary>
public sealed class StepLogTests
{
    private TemporaryFolder folder = null!;
    private Paths paths = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        paths = new Paths(Repository.Root, folder["artifacts"]);
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_run_that_makes_nothing_leaves_the_file_as_it_is()
    {
        using (StepLog log = Begin())
        {
            log.BeginTask("Matrix", null, null).Dispose();
            log.End(null);
        }

        Assert.That(paths.StepLog, Does.Not.Exist);
    }

    [Test]
    public void Steps_are_recorded_with_what_changed_and_what_came_of_them()
    {
        using (StepLog log = Begin())
        {
            var runner = new StepRunner(RecordingLog.Nowhere, log);
            using (log.BeginTask("XzCompile", "xz", "compile"))
            {
                Make(runner, "1");
                Make(runner, "1");
                Make(runner, "2");
            }

            Assert.That(() => runner.Run(Step("3"), () => throw new BuildException("no room\nmore")), Throws.TypeOf<BuildException>());
            log.End("no room");
        }

        RecordedRun run = RecordedRun.ReadLast(paths.StepLog)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Steps.Select(step => step.Outcome), Is.EqualTo(["ran", "up to date", "ran", "failed"]));
            Assert.That(run.Steps[2].Changed, Is.EqualTo([new InputChange("recipe", "1", "2")]));
            Assert.That(run.Steps[0].Bytes, Is.EqualTo(1), "the size of what it made");
            Assert.That(run.Steps[0].Output, Is.EqualTo("stage/out"), "not where this machine has it");
            Assert.That(run.Steps[3].Error, Is.EqualTo("no room"));
            Assert.That(run.Steps.Take(3).Select(step => step.Parent), Is.All.EqualTo(run.Tasks.Single().Id));
            Assert.That(run.Steps[3].Parent, Is.Null, "its task had ended");
            Assert.That((run.Outcome, run.Error), Is.EqualTo(("failed", "no room")));
        }
    }

    [Test]
    public void What_a_killed_build_was_doing_is_there()
    {
        using StepLog log = Begin();
        using OpenEvent open = log.BeginStep(Step("1"), "it had not been made here", []);
        string text = ReadShared(paths.StepLog);
        File.WriteAllText(folder["copy"], text + "{\"event\":\"end\",\"ms\":1");
        RecordedRun run = RecordedRun.ReadLast(folder["copy"])!;
        Assert.That((run.Steps.Single().Outcome, run.Outcome), Is.EqualTo((RecordedStep.CutOff, RecordedStep.CutOff)));
    }

    [Test]
    public void The_last_runs_are_kept_and_one_that_was_cut_off_in_a_line_hurts_no_other()
    {
        for (int i = 0; i < StepLog.KeptRuns + 3; i++)
        {
            using (StepLog log = Begin($"line{i}"))
            {
                Make(new StepRunner(RecordingLog.Nowhere, log), $"{i}");
                log.End(null);
            }

            File.AppendAllText(paths.StepLog, i % 2 == 0 ? "{\"event\":\"st" : string.Empty);
        }

        string[] runs = StepLog.SplitRuns(File.ReadAllText(paths.StepLog));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs, Has.Length.EqualTo(StepLog.KeptRuns));
            Assert.That(runs, Has.All.StartsWith("{\"event\":\"run\""));
            Assert.That(RecordedRun.ReadLast(paths.StepLog)?.Run.Line, Is.EqualTo($"line{StepLog.KeptRuns + 2}"));
        }
    }

    [Test]
    public void Steps_of_several_threads_are_whole_lines_and_belong_to_their_own_tasks()
    {
        const int tasks = 8;
        using (StepLog log = Begin())
        {
            Parallel.For(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = tasks }, number =>
            {
                using OpenEvent task = log.BeginTask($"task{number}", $"c{number}", "compile");
                for (int i = 0; i < 20; i++)
                {
                    using OpenEvent step = log.BeginStep(Step("1") with { Component = $"c{number}" }, "why", []);
                    step.Done("ran");
                }
            });
            log.End(null);
        }

        RecordedRun run = RecordedRun.ReadLast(paths.StepLog)!;
        Dictionary<int, string?> owners = run.Tasks.ToDictionary(task => task.Id, task => task.Component);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Steps, Has.Count.EqualTo(tasks * 20));
            Assert.That(
                run.Steps.Select(step => owners.GetValueOrDefault(step.Parent ?? 0)), Is.EqualTo(run.Steps.Select(step => step.Component)));
            Assert.That(run.Steps.Select(step => step.Outcome), Is.All.EqualTo("ran"));
        }
    }

    [TestCase("{}", "line 2"), TestCase("x", "line 2"), TestCase("{\"event\":\"step\",\"ms\":-1}", "line 2"), TestCase("null", "line 2")]
    public void A_damaged_line_is_named(string line, string named)
    {
        File.WriteAllText(folder["steps.jsonl"], "{\"event\":\"run\",\"ms\":0}\n" + line + "\n");
        Assert.That(
            () => RecordedRun.ReadLast(folder["steps.jsonl"]),
            Throws.TypeOf<BuildException>().With.Message.Contains(named).And.Message.Contains("delete the file"));
    }

    [Test]
    public void A_file_that_does_not_begin_with_a_run_is_refused()
    {
        File.WriteAllText(folder["steps.jsonl"], "{\"event\":\"step\",\"ms\":0,\"id\":1}\n");
        Assert.That(
            () => RecordedRun.ReadLast(folder["steps.jsonl"]), Throws.TypeOf<BuildException>().With.Message.Contains("begins the run"));
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private StepLog Begin(string line = "sample")
    {
        var log = new StepLog(paths, Stopwatch.GetTimestamp());
        log.Begin(new StepEvent("run", 0) { Line = line, At = DateTimeOffset.UnixEpoch });
        return log;
    }

    private Step Step(string recipe) =>
        new("xz", "compile", Path.Combine(paths.Artifacts, "stage", "out"), new Fingerprint().Add("recipe", recipe));

    private void Make(StepRunner runner, string recipe) => runner.RunReplacing(Step(recipe), partial => File.WriteAllText(partial, recipe));
}
