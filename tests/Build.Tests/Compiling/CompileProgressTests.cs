using Qcw.Build.Compiling;

namespace Qcw.Build.Tests.Compiling;

public sealed class CompileProgressTests
{
    [Test]
    public void Off_a_terminal_a_line_is_printed_every_tenth_of_the_way()
    {
        using var output = new RecordingLog();
        using (var progress = new CompileProgress(output.Log, "qemu"))
        {
            for (int done = 1; done <= 1000; done++)
            {
                progress.Report($"[{done}/1000] Compiling C object x.obj");
            }
        }

        string[] lines = output.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.EqualTo(10));
            Assert.That(lines[0], Does.Match(@"^  qemu +compile +100/1000, \d+:\d\d$"));
        }
    }

    [Test]
    public void On_a_terminal_one_line_is_rewritten()
    {
        using var output = new RecordingLog(interactive: true);
        using (var progress = new CompileProgress(output.Log, "qemu"))
        {
            progress.Report("[1/30] Compiling C object x.obj");
            progress.Report("[2/30] Compiling C object y.obj");
        }

        Assert.That(output.Text, Does.Contain("\r").And.Contain("2/30").And.Not.Contain("\n"));
    }
}
