using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components.Utils;

public sealed class UtilsScriptTextTests
{
    private static readonly string Parts = Path.Combine(Repository.Paths.Components, "Utils", "script");

    [Test]
    public void The_stamp_stands_in_the_script_and_nothing_is_left_to_fill_in()
    {
        string text = UtilsScriptText.Assemble(Parts, new UtilsStamp("0.1.0", "xz-1-windows-x86_64.zip", new string('c', 64)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                text, Does.Contain("= '0.1.0'").And.Contain("= 'xz-1-windows-x86_64.zip'").And.Contain($"= '{new string('c', 64)}'"));
            Assert.That(text, Does.Contain("= 'https://github.com/arixmkii/qcw/releases/download'"));
            Assert.That(text, Does.Not.Match("@(parts|tag|downloads|xz-file|xz-sha256)@"));
            Assert.That(text, Does.Not.Contain("\r").And.EndWith("}\n"));
        }
    }

    [TestCase("a'; rm x; '"), TestCase("a b"), TestCase("a\n"), TestCase("$x")]
    public void What_would_not_stay_a_text_is_refused(string tag) =>
        Assert.That(
            () => UtilsScriptText.Assemble(Parts, UtilsStamp.None with { Tag = tag }),
            Throws.TypeOf<BuildException>().With.Message.Contains("cannot be written into"));

    [Test]
    public void A_part_that_is_nowhere_in_the_script_is_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("Surplus.ps1", "exit\n");
        Assert.That(
            () => UtilsScriptText.Assemble(folder.Path, UtilsStamp.None), Throws.TypeOf<BuildException>().With.Message.Contains("Surplus"));
    }

    // neither of the two can be there without the other's files, so each has them
    [TestCase("rem docker and tools", "\n:docker_ok\n"), TestCase("if defined DOCKER_HOST goto docker_said", "\n:said\n")]
    public void The_prompts_of_podmans_installer_set_and_tell_dockers_address_by_the_same_lines(string first, string last)
    {
        string shell = File.ReadAllText(Path.Combine(Repository.Paths.Components, "Podman", "shells", "podman-shell.cmd"));
        string launcher = UtilsScriptText.Assemble(Parts, UtilsStamp.None);
        Assert.That(Lines(launcher), Is.EqualTo(Lines(shell)).And.Not.Empty);

        string Lines(string text)
        {
            int start = text.IndexOf(first, StringComparison.Ordinal);
            return text[start..text.IndexOf(last, start, StringComparison.Ordinal)];
        }
    }
}
