using Qcw.Build.Host;

namespace Qcw.Build.Tests.Host;

public sealed class ToolCheckTests
{
    [Test]
    public void Missing_tools_are_all_named_with_one_command_that_installs_them()
    {
        var check = new ToolCheck(new ToolFinder([]), RecordingLog.Nowhere);
        Tool one = new("one", ["qcw-no-such-tool"], "package-one", "tests") { Elsewhere = "one.example" };
        Tool two = new("two", ["qcw-no-such-tool-2"], "package-two", "more tests");
        Assert.That(
            () => check.Require([two, one], install: false),
            Throws.TypeOf<UsageException>().With.Message.Contains("one is missing (tests)")
                .And.Message.Contains("one.example")
                .And.Message.Contains("apt-get install package-one package-two")
                .And.Message.Contains("--install-tools"));
    }

    [Test]
    public void An_optional_tool_is_not_asked_for()
    {
        var check = new ToolCheck(new ToolFinder([]), RecordingLog.Nowhere);
        Assert.That(() => check.Require([new Tool("x", ["qcw-no-such-tool"], "p", "tests") { Optional = true }], install: false), Throws.Nothing);
    }

    [Test]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_tool_that_is_too_old_says_which_version_is_there_and_which_is_needed()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("oldtool", "#!/bin/sh\necho 'oldtool (test) 1.2.3'\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var check = new ToolCheck(new ToolFinder([folder.Path]), RecordingLog.Nowhere);
        Tool tool = new("oldtool", ["oldtool"], "p", "tests") { Minimum = new Version(2, 0) };
        Assert.That(
            () => check.Require([tool], install: false),
            Throws.TypeOf<UsageException>().With.Message.Contains($"oldtool 1.2.3 at {path} is too old: 2.0 or newer"));
    }

    [TestCase("go1.19.8", 1, 19, 8), TestCase("v3.08", 3, 8, -1), TestCase("x86_64-w64-mingw32-gcc (GCC) 12-win32", 12, 0, -1)]
    public void A_version_is_found_in_what_a_tool_says(string said, int major, int minor, int build)
    {
        using var folder = new TemporaryFolder();
        string tool = folder.Write("tool", $"#!/bin/sh\necho '{said}'\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "755", tool));
        Version? version = new ToolFinder([folder.Path]).Find(new Tool("tool", ["tool"], "package", "purpose")).Version;
        Assert.That(version, Is.EqualTo(build < 0 ? new Version(major, minor) : new Version(major, minor, build)));
    }

    [Test]
    public void Debian_tools_are_asked_for_only_by_lines_that_use_debian()
    {
        TaskNode[] tasks = [new("T", "d", [], ["apt-get", "git"], InstallsTools: false, UsesBuilder: false, null, null)];
        var loader = new ReleaseLines(Repository.Paths);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ToolCheck.ToolsOf(tasks, loader.Load("debian12")).Select(tool => tool.Name), Is.EqualTo(["apt-get", "git"]));
            Assert.That(ToolCheck.ToolsOf(tasks, loader.Load("2023.04")).Select(tool => tool.Name), Is.EqualTo(["git"]));
        }
    }

    [TestCase("2023.04"), TestCase("debian12")]
    public void What_comes_from_a_git_repository_is_fetched_by_a_task_that_needs_git(string name)
    {
        ReleaseLine line = new ReleaseLines(Repository.Paths).Load(name);
        IEnumerable<string> withoutGit = TaskGraph.OfHost().Nodes
            .Where(task => task.PartOf is not null && task.Name.EndsWith("Fetch", StringComparison.Ordinal) && task.Name != "GoFetch" && !task.Tools.Contains("git"))
            .SelectMany(task => task.PartOf!.Components);
        Assert.That(line.Components.Where(component => component.Source is GitSource).Select(component => component.Name), Has.None.AnyOf([.. withoutGit]));
    }
}
