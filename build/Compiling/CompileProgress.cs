using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling;

/// <summary>
/// Shows how far a compilation is: on a terminal a live line with ninja's own n/m and the elapsed time, elsewhere one line every tenth of
/// the way.
/// </summary>
public sealed partial class CompileProgress : IDisposable
{
    private readonly BuildLog log;
    private readonly string component;
    private readonly string phase;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly LivePart live;
    private readonly Timer? timer;
    private string state = "starting";
    private int lastTenth;

    /// <summary>Starts to show progress.</summary>
    public CompileProgress(BuildLog log, string component, string phase = "compile")
    {
        this.phase = phase;
        this.log = log;
        this.component = component;
        live = log.BeginLive();
        // a long link step prints nothing: the clock shows that it is alive
        timer = log.Interactive ? new Timer(_ => Show(), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)) : null;
    }

    /// <summary>Takes in a line of the tool's output.</summary>
    public void Report(string line)
    {
        if (Phase().Match(line) is { Success: true } begun)
        {
            state = begun.Groups[1].Value;
            lastTenth = 0;
        }
        else if (NinjaStatus().Match(line) is { Success: true } status)
        {
            int done = int.Parse(status.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            int all = int.Parse(status.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            state = $"{done}/{all}";
            int tenth = all >= 200 ? done * 10 / all : 0;
            if (!log.Interactive && tenth > lastTenth)
            {
                lastTenth = tenth;
                log.Step(component, phase, $"{state}, {Elapsed}");
            }
        }

        Show();
    }

    /// <summary>Stops the clock of the live line.</summary>
    public void Dispose()
    {
        timer?.Dispose();
        live.Dispose();
    }

    private string Elapsed => $"{(int)clock.Elapsed.TotalMinutes}:{clock.Elapsed.Seconds:00}";

    private void Show() => live.Show($"  {component,-14} {phase,-10} {state}  {Elapsed}", $"{component} {phase} {state} {Elapsed}");

    [GeneratedRegex(@"^\[(\d{1,8})/(\d{1,8})\] ")]
    private static partial Regex NinjaStatus();

    [GeneratedRegex(@"^qcw: \S+: (\w+)$")]
    private static partial Regex Phase();
}
