namespace Qcw.Build.Fetching;

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

    /// <inheritdoc/>
    public void Dispose() => meter.End(this);
}
