namespace Qcw.Build.Tests.Core;

public sealed class NinjaLogTests
{
    [Test]
    public void The_last_run_is_what_counts()
    {
        NinjaSummary? summary = NinjaLog.Parse(
        [
            "# ninja log v5",
            "0\t900\t1\told.o\taa",
            "900\t5000\t1\told.exe\tbb",
            "0\t100\t1\ta.o\tcc", // ends before the line above: ninja began again
            "0\t300\t1\tb.o\tdd",
            "300\t450\t1\tb.exe\tee",
            "300\t450\t1\tb.map\tee", // another output of the same command
            "450\t6", // ninja was killed here
        ]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(summary?.Commands, Is.EqualTo(3));
            Assert.That(summary?.Ms, Is.EqualTo(100 + 300 + 150));
            Assert.That(summary?.Slowest.Select(command => command.Output), Is.EqualTo(["b.o", "b.exe", "a.o"]));
        }
    }

    [Test]
    public void An_older_log_is_not_of_this_step()
    {
        using var folder = new TemporaryFolder();
        folder.Write(".ninja_log", "# ninja log v5\n0\t1\t1\ta.o\taa\n"u8.ToArray());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NinjaLog.Read(folder.Path, DateTime.UtcNow.AddMinutes(1)), Is.Null);
            Assert.That(NinjaLog.Read(folder.Path, DateTime.UtcNow.AddMinutes(-1))?.Commands, Is.EqualTo(1));
            Assert.That(NinjaLog.Read(folder["none"], DateTime.UnixEpoch), Is.Null);
        }
    }
}
