namespace Qcw.Build.Tests.Core;

/// <summary>The one live line of a terminal.</summary>
public sealed class BuildLogTests
{
    [Test]
    public void What_is_underway_shares_the_live_line()
    {
        using var log = new RecordingLog(interactive: true);
        using LivePart one = log.Log.BeginLive();
        one.Show("whole line of one", "one 1/2");
        Assert.That(Last(log), Is.EqualTo("whole line of one"));
        using (LivePart two = log.Log.BeginLive())
        {
            two.Show("whole line of two", "two 3/4");
            Assert.That(Last(log), Is.EqualTo("  one 1/2 | two 3/4"));
        }

        one.Show("whole line of one", "one 2/2");
        Assert.That(Last(log), Is.EqualTo("whole line of one"));
    }

    [Test]
    public void What_has_ended_shows_nothing_any_more()
    {
        using var log = new RecordingLog(interactive: true);
        LivePart part = log.Log.BeginLive();
        part.Dispose();
        part.Show("late", "late");
        Assert.That(log.Text, Is.Empty);
    }

    private static string Last(RecordingLog log) => log.Take().Split('\r')[^1].TrimEnd();
}
