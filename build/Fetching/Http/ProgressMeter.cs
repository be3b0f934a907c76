using System.Diagnostics;
using System.Globalization;

namespace Qcw.Build.Fetching.Http;

/// <summary>Shows running transfers as one live line on a terminal. Elsewhere a large one gets a line when it begins.</summary>
public sealed class ProgressMeter : IDisposable
{
    private const long Large = 8_000_000;
    private readonly Lock gate = new();
    private readonly List<TransferProgress> active = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly BuildLog log;
    private readonly Timer? timer;
    private LivePart? live;
    private (TimeSpan At, long Bytes) last;
    private long received;
    private double speed;

    /// <summary>Shows transfers in a log.</summary>
    public ProgressMeter(BuildLog log)
    {
        this.log = log;
        timer = log.Interactive ? new Timer(_ => Show(), null, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250)) : null;
    }

    /// <summary>Begins to count a file, until the result is disposed of.</summary>
    public TransferProgress Start(string owner, string name)
    {
        var transfer = new TransferProgress(this, owner, name);
        lock (gate)
        {
            active.Add(transfer);
        }

        return transfer;
    }

    public void Dispose() => timer?.Dispose();

    internal void Announce(TransferProgress transfer, string from)
    {
        if (!log.Interactive && transfer.Total is { } total && total - transfer.Done >= Large)
        {
            log.Step(transfer.Owner, "fetch", $"{transfer.Name}: {ByteSize.Format(total - transfer.Done)} from {from} ...");
        }
    }

    internal void Count(long bytes) => Interlocked.Add(ref received, bytes);

    internal void End(TransferProgress transfer)
    {
        // inside the lock, so that no live line is written after the line that reports the end
        lock (gate)
        {
            active.Remove(transfer);
            if (active.Count == 0)
            {
                live?.Dispose();
                live = null;
            }
        }
    }

    private void Show()
    {
        lock (gate)
        {
            if (active.Count == 0)
            {
                return;
            }

            TimeSpan now = clock.Elapsed;
            long bytes = Interlocked.Read(ref received);
            double current = (bytes - last.Bytes) / Math.Max(0.001, (now - last.At).TotalSeconds);
            speed = speed == 0 ? current : (0.8 * speed) + (0.2 * current);
            last = (now, bytes);
            string names = string.Join(", ", active.Select(transfer => transfer.Name));
            string total = active.All(transfer => transfer.Total is not null)
                ? " of " + ByteSize.Format(active.Sum(transfer => transfer.Total!.Value)) : string.Empty;
            string done = ByteSize.Format(active.Sum(transfer => transfer.Done)) + total;
            live ??= log.BeginLive();
            live.Show(
                string.Create(CultureInfo.InvariantCulture, $"  fetching {names}: {done}, {ByteSize.Format(speed)}/s"), $"fetching {done}");
        }
    }
}

/// <summary>The progress of one file. It is counted by the meter that started it.</summary>
public sealed class TransferProgress : IDisposable
{
    private readonly ProgressMeter meter;
    private long done;

    internal TransferProgress(ProgressMeter meter, string owner, string name)
    {
        this.meter = meter;
        Owner = owner;
        Name = name;
    }

    /// <summary>The component it is for.</summary>
    public string Owner { get; }

    /// <summary>The file's name.</summary>
    public string Name { get; }

    /// <summary>Bytes on disk.</summary>
    public long Done => Interlocked.Read(ref done);

    /// <summary>Bytes of the whole file; null: unknown.</summary>
    public long? Total { get; private set; }

    /// <summary>Called when the server begins to send.</summary>
    /// <param name="alreadyThere">Bytes of earlier attempts.</param>
    /// <param name="total">Bytes of the whole file; null: unknown.</param>
    /// <param name="from">The server, for the log.</param>
    public void Begin(long alreadyThere, long? total, string from)
    {
        Interlocked.Exchange(ref done, alreadyThere);
        Total = total;
        meter.Announce(this, from);
    }

    /// <summary>Counts received bytes.</summary>
    public void Add(long bytes)
    {
        Interlocked.Add(ref done, bytes);
        meter.Count(bytes);
    }

    public void Dispose() => meter.End(this);
}
