using System.Globalization;

namespace Qcw.Build.Reporting;

/// <summary>Draws a timeline as SVG: a lane a component, bars by phase, time to the right.</summary>
public static class TimelineDrawing
{
    private const double Width = 1180;
    private const double Left = 148;
    private const double Lane = 24;
    private const double Top = 26;
    private const double BarHeight = 15;
    private const double LeastWidth = 3;
    private const int LongestLabel = 20;

    // 1, 2, 5, 10 … seconds and minutes, as people count
    private static readonly long[] Intervals =
    [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
        1_800_000, 3_600_000, 7_200_000, 21_600_000,
    ];

    /// <summary>The phases that have a colour of their own; others have that of <see cref="Timeline.Checks"/>.</summary>
    public static IReadOnlyList<(string Class, string Text)> Phases { get; } =
    [
        ("fetch", "fetch"), ("patch", "unpack and patch"), ("compile", "compile"), ("docs", "documentation"), ("package", "package"),
        ("release", "describe the release"), ("checks", "look what changed"),
    ];

    /// <summary>The drawing.</summary>
    public static Markup Draw(Timeline timeline)
    {
        IReadOnlyList<string> lanes = timeline.Lanes;
        long end = Math.Max(1, timeline.Run.End);
        double scale = (Width - Left - 8) / end;
        double height = Top + (lanes.Count * Lane) + 6;
        return Markup.Of(
            $"""
            <svg class="timeline" role="img" aria-labelledby="timeline-title" viewBox="0 0 {Width} {height:0.#}">
            <title id="timeline-title">Timeline of the build: {lanes.Count} lanes, {Duration.Text(end)}</title>
            <defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <path class="hatching" d="M0 0V5"/></pattern></defs>
            {Axis(end, scale, height)}{lanes.Select((lane, index) => DrawLane(timeline, lane, Top + (index * Lane), scale))}</svg>
            """);
    }

    /// <summary>The class of a phase's colour.</summary>
    public static string ClassOf(string phase) => phase switch
    {
        "fetch" or "modules" or "firmware" => "fetch",
        "patch" or "unpack" => "patch",
        "compile" or "native" or "base" => "compile",
        "docs" or "pages" or "zip" => "docs",
        "installer" or "user-installer" or "archive" or "script" or "setup with a signed uninstaller" => "package",
        "notes" or "manifests" or Timeline.Release => "release",
        _ => "checks",
    };

    private static IEnumerable<Markup> Axis(long end, double scale, double height)
    {
        long interval = Intervals.FirstOrDefault(one => end / one <= 10, Intervals[^1]);
        for (long at = 0; at <= end; at += interval)
        {
            double x = Left + (at * scale);
            yield return Markup.Of($"<path class=\"grid\" d=\"M{x:0.#} {Top - 6}V{height:0.#}\"/>");
            if (x < Width - 30)
            {
                yield return Markup.Of($"<text class=\"tick\" x=\"{x:0.#}\" y=\"14\">{Duration.Tick(at, interval)}</text>");
            }
        }
    }

    private static Markup DrawLane(Timeline timeline, string lane, double y, double scale)
    {
        string label = lane.Length > LongestLabel ? lane[..(LongestLabel - 1)] + "…" : lane;
        return Markup.Of(
            $"""
            <path class="lane" d="M0 {y + Lane - 1:0.#}H{Width}"/><text class="label" x="0" y="{y + 14:0.#}">{label}</text>
            {timeline.Bars.Where(bar => bar.Lane == lane).Select(bar => DrawBar(bar, y + 2, scale))}
            """);
    }

    private static Markup DrawBar(Bar bar, double y, double scale)
    {
        bool isStep = bar.Phase is not (Timeline.Checks or Timeline.Release) || bar.Outcome != "ran";
        double width = Math.Max(bar.Length * scale, isStep ? LeastWidth : 0);
        if (width < 0.4)
        {
            return Markup.None; // looking whether something changed takes no time that could be seen
        }

        double x = Math.Min(Left + (bar.Start * scale), Width - 8 - width);
        string outcome = bar.Outcome switch
        {
            "up to date" => " idle",
            "failed" or RecordedStep.CutOff => " failed",
            _ => string.Empty,
        };
        Markup hatch = outcome == " idle"
            ? Markup.Of($"<rect fill=\"url(#hatch)\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" height=\"{BarHeight}\"/>")
            : Markup.None;
        // below the bar: a frame would hide the colour of a short one
        Markup critical = bar.IsCritical
            ? Markup.Of($"<path class=\"critical\" d=\"M{x:0.#} {y + BarHeight + 2:0.#}h{width:0.#}\"/>")
            : Markup.None;
        string title = $"{bar.Lane} {bar.Phase}, {bar.Outcome}, {Duration.Text(bar.Length)} from {Duration.Text(bar.Start)}: {bar.Text}";
        return Markup.Of(
            $"<g><title>{title}</title><rect class=\"bar {ClassOf(bar.Phase)}{outcome}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{width:0.#}\" "
                + $"height=\"{BarHeight}\"/>{hatch}{critical}</g>");
    }
}

/// <summary>Lengths of time for people.</summary>
public static class Duration
{
    /// <summary><c>0.4 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 7 min</c>.</summary>
    public static string Text(long ms) => ms switch
    {
        < 9_950 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.0} s"),
        < 59_500 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0} s"),
        < 3_599_500 => string.Create(CultureInfo.InvariantCulture, $"{(ms + 500) / 60_000} min {(ms + 500) / 1000 % 60} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(ms + 30_000) / 3_600_000} h {(ms + 30_000) / 60_000 % 60} min"),
    };

    /// <summary>A point of an axis with a certain distance between points.</summary>
    public static string Tick(long ms, long interval) => interval switch
    {
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000.0:0.###} s"),
        < 60_000 when ms < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 1000} s"),
        < 60_000 => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000}:{ms / 1000 % 60:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{ms / 60_000} min"),
    };
}
