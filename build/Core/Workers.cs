namespace Qcw.Build.Core;

/// <summary>A piece of work that others may run beside.</summary>
/// <param name="Work">Does it. It gets a thread of its own, so it may block.</param>
public sealed record Piece(Func<Task> Work)
{
    /// <summary>What has to be done before: pieces that are in front of this one in the list that both are started with.</summary>
    public IReadOnlyList<Piece> Needs { get; init; } = [];

    /// <summary>Of the pieces that could begin, the one with the highest number does; of equal ones the first of the list.</summary>
    public int Priority { get; init; }

    /// <summary>False: it mostly waits, for the network or for pieces that it starts itself, and takes no other's place.</summary>
    public bool TakesPlace { get; init; } = true;
}

/// <summary>
/// Runs pieces of work side by side, a limited number at a time, whoever starts them. The first one that fails ends all others: programs
/// that they run are killed (<see cref="Stopping"/>), and nothing begins any more.
/// </summary>
public sealed class Workers : IDisposable
{
    private static readonly AsyncLocal<int> PriorityOfStarter = new();

    private readonly Lock gate = new();
    private readonly PriorityQueue<Job, (int Priority, int Index)> waiting = new();
    private readonly CancellationTokenSource stop = new();
    private int free;
    private Exception? failure;

    /// <summary>Nothing is underway yet.</summary>
    /// <param name="size">How many pieces at a time, at least 1.</param>
    public Workers(int size) => Size = free = size;

    /// <summary>How many pieces at a time.</summary>
    public int Size { get; }

    /// <summary>What ended everything; null: nothing has failed.</summary>
    public Exception? Failure
    {
        get
        {
            lock (gate)
            {
                return failure;
            }
        }
    }

    /// <summary>Starts pieces, and returns at once.</summary>
    /// <param name="pieces">Each behind those that it needs. Started by a piece, they are at least as urgent as that one.</param>
    /// <returns>For each its end: done, failed, or cancelled because another piece failed.</returns>
    public IReadOnlyList<Task> Start(IReadOnlyList<Piece> pieces)
    {
        var jobs = new Dictionary<Piece, Job>(ReferenceEqualityComparer.Instance);
        foreach ((int index, Piece piece) in pieces.Index())
        {
            var job = new Job(piece, index, PriorityOfStarter.Value + piece.Priority);
            foreach (Piece need in piece.Needs)
            {
                jobs[need].Next.Add(job);
                job.Missing++;
            }

            jobs.Add(piece, job);
        }

        lock (gate)
        {
            foreach (Job job in jobs.Values.Where(job => job.Missing == 0))
            {
                waiting.Enqueue(job, (-job.Priority, job.Index));
            }

            Dispatch();
            if (failure is not null)
            {
                Abandon(jobs.Values);
            }
        }

        return [.. jobs.Values.Select(job => job.End.Task)];
    }

    /// <summary>Runs pieces to their end.</summary>
    /// <exception cref="OperationCanceledException">A piece that somebody else started has failed.</exception>
    /// <exception cref="Exception">What the first piece that failed threw; all others have ended.</exception>
    public async Task RunAsync(IReadOnlyList<Piece> pieces)
    {
        IReadOnlyList<Task> ends = Start(pieces);
        Task all = Task.WhenAll(ends);
        await Task.WhenAny(all); // which does not throw
        await (ends.FirstOrDefault(IsFirstFailure) ?? all);
    }

    /// <summary>True for the end of a piece that failed before all others, or by one that it started.</summary>
    public bool IsFirstFailure(Task end) =>
        end.Exception?.InnerException is { } thrown && Failure is { } first && (thrown == first || thrown.InnerException == first);

    public void Dispose() => stop.Dispose();

    private void Dispatch()
    {
        while (failure is null && waiting.TryPeek(out Job? job, out _) && (free > 0 || !job.Piece.TakesPlace))
        {
            waiting.Dequeue();
            Begin(job);
        }

        // what takes no place does not wait behind what does
        if (failure is null && waiting.Count > 0)
        {
            Job[] others = [.. waiting.UnorderedItems.Select(item => item.Element).Where(job => !job.Piece.TakesPlace)];
            foreach (Job job in others.OrderBy(job => job.Index))
            {
                waiting.Remove(job, out _, out _);
                Begin(job);
            }
        }
    }

    private void Begin(Job job)
    {
        job.Begun = true;
        free -= job.Piece.TakesPlace ? 1 : 0;
        // a pool has few threads, and each piece blocks one for minutes
        _ = Task.Factory.StartNew(
            () => Run(job), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private void Run(Job job)
    {
        Exception? problem = null;
        try
        {
            using IDisposable heeding = Stopping.Heed(stop.Token);
            PriorityOfStarter.Value = job.Priority;
            job.Piece.Work().GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // it is handed to whoever awaits the piece
        catch (Exception e)
#pragma warning restore CA1031
        {
            problem = e;
        }

        lock (gate)
        {
            free += job.Piece.TakesPlace ? 1 : 0;
            if (problem is not null && failure is null)
            {
                failure = problem;
                Abandon(waiting.UnorderedItems.Select(item => item.Element));
                waiting.Clear();
            }

            foreach (Job next in job.Next.Where(next => problem is null && --next.Missing == 0 && failure is null))
            {
                waiting.Enqueue(next, (-next.Priority, next.Index));
            }

            if (failure is not null)
            {
                Abandon(job.Next);
            }

            Dispatch();
        }

        if (problem is null)
        {
            job.End.SetResult();
            return;
        }

        stop.Cancel();
        if (problem is OperationCanceledException)
        {
            job.End.TrySetCanceled(stop.Token);
        }
        else
        {
            job.End.SetException(problem);
        }
    }

    /// <summary>What has not begun never will, nor what waits for it.</summary>
    private static void Abandon(IEnumerable<Job> jobs)
    {
        foreach (Job job in jobs.Where(job => !job.Begun && job.End.TrySetCanceled()))
        {
            Abandon(job.Next);
        }
    }

    /// <summary>A piece on its way.</summary>
    private sealed class Job(Piece piece, int index, int priority)
    {
        public Piece Piece => piece;

        public int Index => index;

        public int Priority => priority;

        public List<Job> Next { get; } = [];

        public int Missing { get; set; }

        public bool Begun { get; set; }

        // nobody's code runs while the gate is held
        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
