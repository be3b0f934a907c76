using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Git;
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
        Assert.That(
            () => check.Require([new Tool("x", ["qcw-no-such-tool"], "p", "tests") { Optional = true }], install: false), Throws.Nothing);
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

    [Test]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void All_are_asked_at_once_and_each_once()
    {
        using var folder = new TemporaryFolder();
        Tool[] tools =
        [
            .. new[] { ("one", "two", "1.0"), ("two", "one", "2.0") }.Select(pair =>
            {
                (string name, string other, string version) = pair;
                string path = folder.Write(name, $"""
                    #!/bin/sh
                    echo >>'{folder[name + ".asked"]}'
                    until [ -e '{folder[other + ".asked"]}' ]; do sleep 0.01; done
                    echo {version}

                    """);
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                return new Tool(name, [name], "p", "tests");
            }),
        ];
        var finder = new ToolFinder([folder.Path]);

        IEnumerable<FoundTool> found = finder.Find(tools).Concat(finder.Find(tools));
        Assert.That(found.Select(tool => tool.VersionText), Is.EqualTo(["1.0", "2.0", "1.0", "2.0"]));
        Assert.That(tools.Select(tool => new FileInfo(folder[tool.Name + ".asked"]).Length), Is.All.EqualTo(1));
    }

    [TestCase("", 0, "could not be started")]
    [TestCase("#!/nowhere/sh\n", 7, "could not be started")]
    [TestCase("#!/bin/sh\nexit 3\n", 7, "exit code 3")]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_tool_that_does_not_start_stops_nothing_where_it_is_optional(string content, int mode, string problem)
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("broken", content);
        File.SetUnixFileMode(path, (UnixFileMode)(mode << 6) | UnixFileMode.UserRead);
        var finder = new ToolFinder([folder.Path]);
        var check = new ToolCheck(finder, RecordingLog.Nowhere);
        Tool tool = new("broken", ["broken"], "p", "tests") { Optional = true };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => check.Require([tool], install: false), Throws.Nothing);
            Assert.That((finder.Find(tool).Fits, finder.Find(tool).VersionText), Is.EqualTo((false, string.Empty)));
            Assert.That(ToolCheck.Describe(finder.Find(tool)), Does.StartWith("optional  broken").And.Contains(problem).And.Contains(path));
        }
    }

    [TestCase("3.8", "ok", "; 3.11 is better: it is newer")]
    [TestCase("3.11", "ok", "")]
    [TestCase("3.7", "NEEDED", "")]
    public void A_newer_version_is_recommended_where_the_one_that_is_there_works(string version, string state, string advice)
    {
        Tool tool = new("makensis", ["makensis"], "nsis", "tests")
        {
            Minimum = new Version(3, 8),
            Better = (new Version(3, 11), "it is newer"),
        };
        string text = ToolCheck.Describe(new FoundTool(tool, "/usr/bin/makensis", version, Version.Parse(version)));
        Assert.That(text, Does.StartWith(state + " "));
        Assert.That(text, advice.Length > 0 ? Does.EndWith(advice) : Does.Not.Contain("better"));
    }

    [Test]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_needed_tool_that_does_not_start_is_named_before_anything_is_done()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("broken", "no program");
        var check = new ToolCheck(new ToolFinder([folder.Path]), RecordingLog.Nowhere);
        Assert.That(
            () => check.Require([new Tool("broken", ["broken"], "p", "tests")], install: false),
            Throws.TypeOf<UsageException>().With.Message.Contains($"broken at {path} does not work (tests): "));
    }

    [TestCase("no program", UnixFileMode.UserRead), TestCase("#!/nowhere/sh\n", UnixFileMode.UserRead | UnixFileMode.UserExecute)]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_Go_that_does_not_start_is_left_out(string content, UnixFileMode mode)
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Write("go", content), mode);
        Assert.That(new GoFinder([folder.Path]).FindAll(), Is.Empty);
    }

    [Test]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void An_engine_that_does_not_start_is_said_to_not_work()
    {
        using var folder = new TemporaryFolder();
        folder.Write("docker", "no program");
        string[] said = [.. InstalledEngines.Of(new ToolFinder([folder.Path])).Describe()];
        Assert.That(said[0], Does.StartWith("docker does not work: "));
        Assert.That(said[1], Is.EqualTo("podman is not installed"));
    }

    [TestCase("git version 2.31.1", false), TestCase("git version 2.36.0", true)]
    [Platform("Linux,Unix")]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_git_that_the_patch_phase_refuses_is_too_old_before_anything_starts(string said, bool fits)
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Write("git", $"#!/bin/sh\necho '{said}'\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var check = new ToolCheck(new ToolFinder([folder.Path]), new BuildLog(TextWriter.Null, interactive: false));
        Assert.That(
            () => check.Require([ToolCatalog.Find("git")], install: false),
            fits ? Throws.Nothing : Throws.TypeOf<UsageException>().With.Message.Contains("too old: 2.36 or newer"));
        Assert.That(() => GitRepository.RequireVersion(said), fits ? Throws.Nothing : Throws.TypeOf<UsageException>());
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

    [TestCase("2023.04", "XzFetch", ""), TestCase("debian13", "XzFetch", "apt-get apt-helper"), TestCase("2023.04", "PodmanFetch", "git")]
    public void Fetching_needs_what_its_sources_need(string line, string target, string tools)
    {
        var graph = TaskGraph.OfHost();
        IReadOnlyList<Tool> needed = ToolCheck.ToolsOf([graph.Find(target)], new ReleaseLines(Repository.Paths).Load(line), graph);
        Assert.That(string.Join(' ', needed.Select(tool => tool.Name)), Is.EqualTo(tools));
    }

    [Test]
    public void Gos_SDK_needs_Debians_programs_only_where_nothing_else_has_it()
    {
        var graph = TaskGraph.OfHost();
        var archive = new ArchiveSource([new Uri("https://example.org/go.tar.gz")], new string('1', 64), null);
        var packages = new DebianPackagesSource([new DebianPackage("golang", "trixie", "golang_1_all.deb", new string('2', 64))], "usr");
        var archives = new Dictionary<string, ArchiveSource> { [GoFinder.Host] = archive };
        var none = new GoSdk("98.0.1", new Dictionary<string, ArchiveSource>());
        GoSdk debian = none with { Packages = new Dictionary<string, DebianPackagesSource> { [GoFinder.Host] = packages } };
        string Tools(string target, Version minimum, GoSdk sdk)
        {
            ReleaseLine line = new ReleaseLines(Repository.Paths).Load("2023.04") with
            {
                Go = new GoVersions(minimum, new Version(99, 0), sdk),
            };
            return string.Join(' ', ToolCheck.ToolsOf([graph.Find(target)], line, graph).Select(tool => tool.Name));
        }

        var future = new Version(98, 0);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Tools("GoFetch", future, debian), Is.EqualTo("apt-get apt-helper dpkg-deb go"));
            Assert.That(Tools("GocatModules", future, debian), Is.EqualTo("dpkg-deb go"));
            Assert.That(Tools("GoFetch", future, debian with { Archives = archives }), Is.EqualTo("go"));
            Assert.That(Tools("GoFetch", new Version(1, 0), debian), Is.EqualTo("go"), "the host's own Go fits");
            Assert.That(Tools("GoFetch", future, none), Is.EqualTo("go"), "what is missing is said when it is looked for");
        }
    }

    [TestCase("2023.04"), TestCase("debian13")]
    public void Whatever_a_line_is_made_of_is_fetched_by_a_task_that_needs_the_tool_for_it(string name)
    {
        ReleaseLine line = new ReleaseLines(Repository.Paths).Load(name);
        var graph = TaskGraph.OfHost();
        foreach (TaskNode task in graph.Nodes.Where(task => task.Work?.Phase == Phase.Fetch && task.IsIn(line)))
        {
            IEnumerable<string> wanted = task.Work!.FetchedOf(line).SelectMany(Input.Of).SelectMany(input => input.Tools);
            Assert.That(wanted, Is.SubsetOf(task.ToolsFor(line, graph)), task.Name);
        }
    }
}
