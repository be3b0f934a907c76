using System.Diagnostics;

namespace Qcw.Tests.Support;

/// <summary>Waits for what another process does in its own time.</summary>
public static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is yes; fails the test when the time is over.</summary>
    /// <param name="condition">The question.</param>
    /// <param name="what">For the failure: what was waited for, as in <c>the docker daemon answers</c>.</param>
    /// <param name="seconds">The longest time.</param>
    public static void Until(Func<bool> condition, string what, int seconds = 30)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(clock.Elapsed.TotalSeconds, Is.LessThan(seconds), $"waited {seconds} s until {what}");
            Thread.Sleep(Interval);
        }
    }
}
