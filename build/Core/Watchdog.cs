using System.Diagnostics;
using System.Globalization;

namespace Qcw.Build.Core;

/// <summary>
/// Notices a program that does nothing any more: it and all that it started print nothing, read and write nothing, start and end nothing,
/// and use no processor time to speak of. On Linux only: elsewhere nothing tells so cheaply what the children of a program do.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // a program that waits in vain wakes up now and then: less than this share of a processor is nothing
    private const double Idle = 0.005;
    private const double TicksASecond = 100; // USER_HZ, the same on every machine that .NET runs on
    private const int Looks = 10;

    private readonly int process;
    private readonly Func<long> printed;
    private readonly TimeSpan patience;
    private readonly Action give;
    private readonly Lock gate = new();
    private readonly Timer? timer;
    private bool ended;
    private Activity last;
    private long since = Stopwatch.GetTimestamp();

    /// <summary>Begins to watch.</summary>
    /// <param name="process">The program's id.</param>
    /// <param name="printed">How many lines it has printed.</param>
    /// <param name="patience">How long it may do nothing; infinite: it is not watched.</param>
    /// <param name="give">Called when it has done nothing for that long.</param>
    public Watchdog(int process, Func<long> printed, TimeSpan patience, Action give)
    {
        (this.process, this.printed, this.patience, this.give) = (process, printed, patience, give);
        if (OperatingSystem.IsLinux() && patience > TimeSpan.Zero)
        {
            TimeSpan interval = patience / Looks;
            timer = new Timer(_ => Look(), null, interval, interval);
        }
    }

    /// <summary>True once it was called.</summary>
    public bool HasGivenUp { get; private set; }

    public void Dispose()
    {
        lock (gate)
        {
            ended = true; // a look that has begun must not call any more
        }

        timer?.Dispose();
    }

    private void Look()
    {
        lock (gate)
        {
            if (!ended && !HasGivenUp)
            {
                Judge();
            }
        }
    }

    private void Judge()
    {
        Activity now = ReadTree();
        double seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        double used = (now.Ticks - last.Ticks) / TicksASecond;
        bool active = now with { Ticks = 0 } != last with { Ticks = 0 } || used < 0 || used > Math.Max(seconds, 1) * Idle;
        if (active)
        {
            last = now;
            since = Stopwatch.GetTimestamp();
        }
        else if (seconds >= patience.TotalSeconds)
        {
            HasGivenUp = true;
            give();
        }
    }

    private Activity ReadTree()
    {
        Dictionary<int, (int Parent, long Ticks)> all = [];
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            // behind the name, which may hold blanks and brackets: the second is the parent, the 12th to the 15th are the processor
            // times of the program and of its children that have ended
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && TryRead(Path.Combine(folder, "stat")) is { } stat && stat.LastIndexOf(") ", StringComparison.Ordinal) is > 0 and var end
                && stat[(end + 2)..].Split(' ') is { Length: > 14 } fields)
            {
                all[id] = (int.Parse(fields[1], CultureInfo.InvariantCulture),
                    fields[11..15].Sum(text => long.Parse(text, CultureInfo.InvariantCulture)));
            }
        }

        long ticks = 0, bytes = 0, members = 0;
        foreach ((int id, (int Parent, long Ticks) one) in all)
        {
            int above = id;
            while (above != process && all.TryGetValue(above, out (int Parent, long Ticks) next))
            {
                above = next.Parent;
            }

            if (above == process)
            {
                ticks += one.Ticks;
                members = HashCode.Combine(members, id);
                bytes += BytesOf(id);
            }
        }

        return new Activity(ticks, bytes, members, printed());
    }

    // all that went through read and write; none is told of a program that belongs to somebody else
    private static long BytesOf(int id) =>
        (TryRead($"/proc/{id}/io") ?? string.Empty).Split('\n').Take(2)
            .Sum(line => line.Split(' ') is [_, var count] ? long.Parse(count, CultureInfo.InvariantCulture) : 0);

    private static string? TryRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended meanwhile
        }
    }

    private readonly record struct Activity(long Ticks, long Bytes, long Members, long Lines);
}
