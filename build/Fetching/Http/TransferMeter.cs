using System.Diagnostics;
using System.Globalization;

namespace Qcw.Build.Fetching.Http;

/// <summary>One file under way, counted by the meter that made it.</summary>
public sealed class Transfer : IDisposable
{
    private readonly TransferMeter meter;
    private long done;

    internal Transfer(TransferMeter meter, string owner, string name)
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

    /// <summary>Bytes of the whole file, or null where nobody said.</summary>
    public long? Total { get; private set; }

    /// <summary>The bytes begin to come, behind those that are there already.</summary>
    public void Begin(long alreadyThere, long? total, string from)
    {
        Interlocked.Exchange(ref done, alreadyThere);
        Total = total;
        meter.Announce(this, from);
    }

    /// <summary>Counts bytes that came.</summary>
    public void Add(long bytes)
    {
        Interlocked.Add(ref done, bytes);
        meter.Count(bytes);
    }

    public void Dispose() => meter.End(this);
}

/// <summary>The transfers under way, shown as one live line on a terminal; elsewhere a large one gets a line when it begins.</summary>
public sealed class TransferMeter : IDisposable
{
    private const long Large = 8_000_000;
    private readonly Lock gate = new();
    private readonly List<Transfer> active = [];
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly BuildLog log;
    private readonly Timer? timer;
    private (TimeSpan At, long Bytes) last;
    private long received;
    private double speed;

    /// <summary>Shows on that log.</summary>
    public TransferMeter(BuildLog log)
    {
        this.log = log;
        timer = log.Interactive ? new Timer(_ => Show(), null, TimeSpan.FromMilliseconds(250), TimeSpan.FromMilliseconds(250)) : null;
    }

    /// <summary>Begins to count a file; disposing it ends that.</summary>
    public Transfer Start(string owner, string name)
    {
        var transfer = new Transfer(this, owner, name);
        lock (gate)
        {
            active.Add(transfer);
        }

        return transfer;
    }

    public void Dispose() => timer?.Dispose();

    internal void Announce(Transfer transfer, string from)
    {
        if (!log.Interactive && transfer.Total is { } total && total - transfer.Done >= Large)
        {
            log.Step(transfer.Owner, "fetch", $"{transfer.Name}: {ByteSize.Format(total - transfer.Done)} from {from} ...");
        }
    }

    internal void Count(long bytes) => Interlocked.Add(ref received, bytes);

    internal void End(Transfer transfer)
    {
        // inside the lock, so that no live line is written behind the line that reports the end
        lock (gate)
        {
            active.Remove(transfer);
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
            string total = active.All(transfer => transfer.Total is not null) ? " of " + ByteSize.Format(active.Sum(t => t.Total!.Value)) : string.Empty;
            log.Live(string.Create(
                CultureInfo.InvariantCulture,
                $"  fetching {string.Join(", ", active.Select(t => t.Name))}: {ByteSize.Format(active.Sum(t => t.Done))}{total}, {ByteSize.Format(speed)}/s"));
        }
    }
}
