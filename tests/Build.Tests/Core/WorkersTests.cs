using System.Collections.Concurrent;

namespace Qcw.Build.Tests.Core;

public sealed class WorkersTests
{
    private readonly ConcurrentQueue<string> log = new();

    [Test]
    public async Task Pieces_that_do_not_need_each_other_run_at_the_same_time()
    {
        using var workers = new Workers(2);
        using var both = new Barrier(2);
        Piece[] pieces = [Piece(Meet), Piece(Meet)];
        await workers.RunAsync(pieces);
        Assert.That(both.CurrentPhaseNumber, Is.EqualTo(1));

        void Meet() => Assert.That(both.SignalAndWait(TimeSpan.FromSeconds(30)), Is.True, "the other one does not run");
    }

    [Test]
    public async Task No_more_run_at_a_time_than_there_are_places([Values(1, 3)] int size)
    {
        using var workers = new Workers(size);
        int running = 0, most = 0;
        var gate = new Lock();
        await workers.RunAsync([.. Enumerable.Range(0, 20).Select(_ => Piece(Work))]);
        Assert.That(most, Is.InRange(1, size));

        void Work()
        {
            lock (gate)
            {
                most = Math.Max(most, ++running);
            }

            Thread.Yield();
            lock (gate)
            {
                running--;
            }
        }
    }

    [Test]
    public async Task A_piece_begins_when_all_that_it_needs_are_done()
    {
        using var workers = new Workers(4);
        Piece one = Named("1");
        Piece two = Named("2") with { Needs = [one] };
        Piece three = Named("3") with { Needs = [one, two] };
        await workers.RunAsync([one, two, three, Named("x")]);
        Assert.That(log.Where(name => name != "x"), Is.EqualTo(["1", "2", "3"]));
    }

    [Test]
    public async Task With_one_place_they_run_in_the_order_of_the_list()
    {
        using var workers = new Workers(1);
        Piece[] pieces = new Piece[10];
        for (int i = 0; i < pieces.Length; i++)
        {
            // every second one needs the one before it
            pieces[i] = Named($"{i}") with { Needs = i % 2 == 1 ? [pieces[i - 1]] : [] };
        }

        await workers.RunAsync(pieces);
        Assert.That(log, Is.EqualTo(Enumerable.Range(0, 10).Select(i => $"{i}")));
    }

    [Test]
    public async Task The_most_urgent_one_comes_first()
    {
        using var workers = new Workers(1);
        await workers.RunAsync([Named("a"), Named("b") with { Priority = 1 }, Named("c") with { Priority = 2 }]);
        Assert.That(log, Is.EqualTo(["c", "b", "a"]));
    }

    [Test]
    public async Task What_waits_takes_no_place()
    {
        using var workers = new Workers(1);
        Piece outer = new(() => workers.RunAsync([Named("inner")])) { TakesPlace = false };
        await workers.RunAsync([outer]);
        Assert.That(log, Is.EqualTo(["inner"]));
    }

    [Test]
    public void The_first_failure_ends_the_others_and_is_the_one_that_is_thrown()
    {
        using var workers = new Workers(2);
        using var begun = new ManualResetEventSlim();
        Piece fails = Piece(() =>
        {
            begun.Wait();
            throw new BuildException("broken");
        });
        Piece sleeps = Piece(() =>
        {
            begun.Set();
            ProcessRunner.Run(new ProcessRequest("sleep", "300"));
        });
        Piece never = Named("never") with { Needs = [sleeps] };
        Assert.That(
            () => workers.RunAsync([sleeps, fails, never, Named("nor this")]),
            Throws.TypeOf<BuildException>().With.Message.EqualTo("broken"));
        Assert.That(log, Is.Empty);
    }

    [Test]
    public void A_failure_inside_a_piece_ends_what_runs_beside_that_piece()
    {
        using var workers = new Workers(2);
        using var begun = new ManualResetEventSlim();
        Piece inner = Piece(() =>
        {
            begun.Wait();
            throw new BuildException("inside");
        });
        Piece outer = new(() => workers.RunAsync([inner])) { TakesPlace = false };
        Piece sleeps = Piece(() =>
        {
            begun.Set();
            ProcessRunner.Run(new ProcessRequest("sleep", "300"));
        });
        IReadOnlyList<Task> ends = workers.Start([sleeps, outer]);
        Assert.That(() => Task.WhenAll(ends), Throws.Exception);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ends[0].IsCanceled, Is.True);
            Assert.That(workers.IsFirstFailure(ends[1]), Is.True);
            Assert.That(workers.IsFirstFailure(ends[0]), Is.False);
        }
    }

    [Test]
    public void Cleaning_up_still_runs_programs()
    {
        using var workers = new Workers(2);
        using var begun = new ManualResetEventSlim();
        Piece fails = Piece(() =>
        {
            begun.Wait();
            throw new BuildException("broken");
        });
        Piece cleans = Piece(() =>
        {
            try
            {
                begun.Set();
                ProcessRunner.Run(new ProcessRequest("sleep", "300"));
            }
            finally
            {
                Stopping.CleanUp(() => ProcessRunner.Run(new ProcessRequest("true")));
                log.Enqueue("clean");
            }
        });
        Assert.That(() => workers.RunAsync([cleans, fails]), Throws.TypeOf<BuildException>());
        Assert.That(log, Is.EqualTo(["clean"]));
    }

    [Test]
    public void After_a_failure_nothing_begins_any_more()
    {
        using var workers = new Workers(2);
        Assert.That(() => workers.RunAsync([Piece(() => throw new BuildException("broken"))]), Throws.TypeOf<BuildException>());
        Assert.That(() => workers.RunAsync([Named("late")]), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(log, Is.Empty);
    }

    [TearDown]
    public void TearDown() => log.Clear();

    private Piece Named(string name) => Piece(() => log.Enqueue(name));

    private static Piece Piece(Action work) => new(() =>
    {
        work();
        return Task.CompletedTask;
    });
}
