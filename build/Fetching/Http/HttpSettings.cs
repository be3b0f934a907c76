namespace Qcw.Build.Fetching.Http;

/// <summary>Timeouts and retries of HTTP downloads. Tests set shorter ones.</summary>
public sealed record HttpSettings
{
    /// <summary>For name resolution, connection and TLS together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A download that receives no byte for this long is aborted and resumed.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Attempts in a row without a new byte before an address is given up. An attempt that receives bytes resets the count.
    /// </summary>
    public int Attempts { get; init; } = 5;

    /// <summary>Attempts on a host that cannot be reached at all: few, so that a machine without a network fails within seconds.</summary>
    public int AttemptsUnreachable { get; init; } = 3;

    /// <summary>First delay between attempts; doubled each time, with jitter.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest delay. A server that asks for a longer one (Retry-After) is given up.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether services that keep everybody's files by hash are asked where all other places of a file fail. Tests turn it off.
    /// </summary>
    public bool UsesArchives { get; init; } = true;

    /// <summary>Waits. Tests replace it.</summary>
    public Func<TimeSpan, CancellationToken, Task> Delay { get; init; } = Task.Delay;
}
