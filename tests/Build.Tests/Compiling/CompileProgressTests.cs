using Qcw.Build.Compiling;

namespace Qcw.Build.Tests.Compiling;

public sealed class CompileProgressTests
{
    [Test]
    public void Off_a_terminal_a_line_is_printed_every_tenth_of_the_way()
    {
        using var output = new StringWriter();
        using (var progress = new CompileProgress(new BuildLog(output, interactive: false), "qemu"))
        {
            for (int done = 1; done <= 1000; done++)
            {
                progress.Line($"[{done}/1000] Compiling C object x.obj");
            }
        }

        string[] lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.Length.EqualTo(10));
            Assert.That(lines[0], Does.Match(@"^  qemu +compile +100/1000, \d+:\d\d$"));
        }
    }

    [Test]
    public void On_a_terminal_one_line_is_rewritten()
    {
        using var output = new StringWriter();
        using (var progress = new CompileProgress(new BuildLog(output, interactive: true), "qemu"))
        {
            progress.Line("[1/30] Compiling C object x.obj");
            progress.Line("[2/30] Compiling C object y.obj");
        }

        Assert.That(output.ToString(), Does.Contain("\r").And.Contain("2/30").And.Not.Contain("\n"));
    }
}
