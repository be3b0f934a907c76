using System.Xml.Linq;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Host;

namespace Qcw.Integration.Tests.Host;

/// <summary>What a person at the command line meets: the process, its output, its exit code.</summary>
public sealed class CommandLineTests
{
    private static readonly TaskGraph Graph = TaskGraph.OfHost();

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase]
    [TestCase("--help")]
    [TestCase("--target=Default")]
    public void Without_a_task_the_help_is_printed(params string[] arguments)
    {
        string output = HostProcess.RunOk(folder.Path, arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("QemuInstaller").And.Contain("--mirror=DIR|URL").And.Contain("Examples:"));
            Assert.That(output, Does.Contain("debian13").And.Contain("2023.04"));
        }
    }

    [TestCase("--tagret=Release", "error: unknown option --tagret; did you mean --target?")]
    [TestCase("--target=QemuInstal1er", "error: unknown target QemuInstal1er; did you mean QemuInstaller?")]
    [TestCase("--line=debian31", "error: unknown line \"debian31\"; did you mean debian13?")]
    [TestCase("--no-report", "error: unknown option --no-report")]
    [TestCase("--qemu-source=no/such/file", "no/such/file")]
    [TestCase("--mirror=no/such", "there is no such folder (and it is not an http:// or https:// address)")]
    [TestCase("--qmeu-source=x", "qmeu")]
    [TestCase("--qemu-version=9", "--qemu-source")]
    [TestCase("--parallel=0", "--parallel: found \"0\", expected a whole number from 1 to 1024")]
    [TestCase("--cache=no/such", "no/such; --cache-write makes and fills it")]
    [TestCase("--cache-write", "--cache-write needs --cache=DIR|URL")]
    [TestCase("--target=Update --for=go", "the SDK has a file for each host, and --target=Update pins components and libraries")]
    [TestCase("--target=Matrix", "--target=Matrix prints JSON and nothing else: give it without other targets")]
    public void Wrong_usage_ends_with_2_and_one_sentence(string arguments, string message)
    {
        (int code, string output) = HostProcess.Run(folder.Path, ["--target=XzFetch", .. arguments.Split(' ')]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain(message));
            Assert.That(output, Does.Not.Contain("   at "), "a stack trace");
        }
    }

    [TestCase("PatchStatus", "--for=qmeu", "the line 2023.04 has no such component with patches; did you mean qemu?")]
    [TestCase("PatchStatus", "--against=8.1.0", "--against is for one component, and the line 2023.04 has several with patches")]
    [TestCase("PatchRefresh", "--for=qemu", "PatchRefresh needs --against=VERSION|REF|PATH")]
    [TestCase("PatchExport", "--for=qemu", "PatchExport needs --to=DIR: the folder to make")]
    [TestCase("PatchExport", "--for=qemu --to=.", "is there already, and nothing is written over it")]
    [TestCase("PatchExport", "--for=podman --to=x --patch=0099", "podman has no such patch; it has 0001-Implement")]
    [TestCase("PatchStatus", "--for=podman --upstream=docs", "is no git repository: expected the folder of a clone")]
    public void Wrong_usage_of_the_patch_targets_ends_with_2(string target, string arguments, string message)
    {
        (int code, string output) =
            HostProcess.Run(folder.Path, ["--line=2023.04", "--offline", "--target=" + target, .. arguments.Split(' ')]);
        Assert.That(output, Does.Contain(message));
        Assert.That(code, Is.EqualTo(2));
    }

    [TestCase("Release", "and Release is not for drafts")]
    [TestCase("XzArchive", "and XzArchive makes none")]
    [TestCase("Checksums --exclusive", "and Checksums is not for drafts")]
    public void A_draft_is_for_what_makes_a_setup_program_and_no_release(string targets, string message)
    {
        (int code, string output) = HostProcess.Run(folder.Path, ["--line=2026.11", "--draft", .. $"--target={targets}".Split(' ')]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain("--draft is for targets that make a setup program (QcwSetup, QemuInstaller)"));
            Assert.That(output, Does.Contain(message));
        }
    }

    [TestCase("debian13", "x86_64", "PodmanCompile",
        "PodmanCompile does not apply to the line debian13: it has no component podman; lines that have one: 2023.04")]
    [TestCase("2023.04", "arm64", "QemuInstaller", "QemuInstaller cannot be built for arm64: only for x86_64")]
    public void A_target_that_has_nothing_to_do_is_refused(string line, string architecture, string target, string message)
    {
        (int code, string output) = HostProcess.Run(folder.Path, "--line=" + line, "--arch=" + architecture, "--target=" + target);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain("error: " + message));
        }
    }

    [Test]
    public void The_plan_of_a_release()
    {
        string output = HostProcess.RunOk(folder.Path, "--target=Release", "--dryrun");
        string[] plan = [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 2 && char.IsDigit(line[0]))
            .Select(line => line[(line.IndexOf(' ') + 1)..])];
        using (Assert.EnterMultipleScope())
        {
            ReleaseLine line = Repository.Lines.Load(BuildOptions.DefaultLine);
            string[] needed = [.. Graph.Closure("Release").Where(node => node.IsIn(line)).Select(node => node.Name)];
            Assert.That(plan, Is.EquivalentTo(needed), "everything that it depends on and that the line has work for, once");
            Assert.That(plan[^1], Is.EqualTo("Release"));
            for (int index = 0; index < plan.Length; index++)
            {
                Assert.That(Graph.Find(plan[index]).Predecessors.Intersect(needed), Is.SubsetOf(plan[..index]),
                    $"{plan[index]} runs behind what it depends on");
            }
        }

        Assert.That(Directory.EnumerateFileSystemEntries(folder.Path), Is.Empty, "a plan leaves nothing behind");
    }

    [Test]
    public void The_version_is_that_of_qcw_and_that_of_cake()
    {
        var versions = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        var project = XDocument.Load(Path.Combine(Repository.Root, "Directory.Build.props"));
        string expected =
            $"qcw {project.Descendants("Version").Single().Value}\nCake {versions.Descendants("CakeVersion").Single().Value}\n";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(HostProcess.RunOk(folder.Path, "--version"), Is.EqualTo(expected));
            Assert.That(HostProcess.RunOk(folder.Path, "--info"), Does.StartWith(expected).And.Contain("Cake packages: ")
                .And.Contain(".NET 10.0").And.Contain(Repository.Root));
        }
    }

    [Test]
    public void The_notes_of_a_checkout_without_a_commit_say_so()
    {
        string checkout = folder["checkout"];
        Repository.CopyInputsTo(checkout);
        TestRepository.Git(checkout, "init", "--quiet");
        string host = Path.Combine(AppContext.BaseDirectory, "Build.dll");
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest("dotnet", host, "--target=ReleaseNotes", "--exclusive", "--line=debian13")
            {
                AllowFailure = true,
                WorkingDirectory = checkout,
                Environment = new Dictionary<string, string?> { ["QCW_CALLER_DIRECTORY"] = null },
            });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
            Assert.That(
                File.ReadAllText(Path.Combine(checkout, "artifacts", "release", "RELEASE-NOTES.md")),
                Does.Contain("| qcw's own recipe | unknown (no commit of a git checkout) | |"));
        }
    }

    [Test]
    public void Banners_and_the_table_are_plain_lines_in_a_pipe()
    {
        string output = HostProcess.RunOk(folder.Path, "--target=Clean");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                output, Does.Contain("========================================\nClean\n========================================\n"));
            Assert.That(output, Does.Match(@"(?m)^Task +Duration +Status *$\n-+\n(.*\n)*Clean +00:00:00\.\d+ +Succeeded *$"));
            Assert.That(output.Where(letter => letter is > '~' or '\e'), Is.Empty, "frames and colours");
        }
    }

    [Test]
    public void The_tree_shows_what_depends_on_what() =>
        Assert.That(HostProcess.RunOk(folder.Path, "--tree"), Does.Contain("QemuInstaller").And.Contain("└─QemuFetch"));

    [Test]
    public void The_description_lists_every_task() =>
        Assert.That(HostProcess.RunOk(folder.Path, "--description"), Does.Contain("QemuFetch").And.Contain("Fetches QEMU's source"));

    // no container: its image would be made before anything is missed
    [TestCase("--target=QemuPatch", "--line=2023.04", "has not been fetched yet: run --target=QemuFetch first")]
    [TestCase("--target=XzCompile", "--line=debian13 --builder=host", "has not been made yet: run --target=XzPatch first")]
    public void Exclusive_runs_only_the_target_and_says_what_is_missing(string target, string how, string message)
    {
        (int code, string output) = HostProcess.Run(folder.Path, [target, .. how.Split(' '), "--exclusive"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain(message));
            Assert.That(output, Does.Not.Contain("Fetch\n"));
        }
    }

    [Test]
    public void Offline_lists_every_missing_file_with_its_url_and_a_remedy()
    {
        (int code, string output) = HostProcess.Run(folder.Path, "--target=QemuFetch", "--line=2023.04", "--offline");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain("https://download.qemu.org/qemu-8.0.0-rc2.tar.xz"));
            Assert.That(output, Does.Contain("0001-9pfs-Add-9pfs-support-for-Windows-host.patch"));
            Assert.That(output, Does.Contain("--mirror"));
        }
    }

    /// <summary>The tasks that fetch begin together; the first that fails ends the others, which would fail too.</summary>
    [Test]
    public void Side_by_side_one_failure_ends_the_run_and_is_the_one_error()
    {
        (int code, string output) = HostProcess.Run(folder.Path, "--target=Fetch", "--line=2023.04", "--offline", "--parallel=4");
        string[] failed = [.. output.Split('\n').Where(line => line.StartsWith("An error occurred", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(failed, Has.Length.EqualTo(1), output);
            Assert.That(output.Split('\n').Count(line => line.StartsWith("Error: ", StringComparison.Ordinal)), Is.EqualTo(1), output);
            Assert.That(output.Split('\n').Count(line => line.EndsWith("Failed", StringComparison.Ordinal)), Is.LessThanOrEqualTo(1));
            Assert.That(output, Does.Match(@"\w+Fetch +\d\d:\d\d:\d\d.* +Failed"), "in the table");
            Assert.That(output, Does.Not.Contain("   at "), "a stack trace");
        }

        string name = System.Text.RegularExpressions.Regex.Match(failed[0], "'(.*)'").Groups[1].Value;
        Assert.That(output, Does.Match(name + " +.*Failed"), "the table and the message name the same task");
    }

    [Test]
    public void Side_by_side_several_targets_are_one_run()
    {
        // the archives have nothing to do for this processor
        string output = HostProcess.RunOk(
            folder.Path, "--target=Archives", "--target=Clean", "--target=Archives", "--line=debian13", "--arch=arm64", "--parallel=4");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output.Split('\n').Count(line => line.Contains("at a time", StringComparison.Ordinal)), Is.EqualTo(1), output);
            Assert.That(output, Does.Match(@"(?m)^Clean +00:00:00\.\d+ +Succeeded *$").And.Match(@"(?m)^XzArchive +- +Skipped *$"));
        }
    }

    [Test]
    public void Two_builds_do_not_work_in_one_output_folder()
    {
        Directory.CreateDirectory(folder.Path);
        using var held = new FileStream(Path.Combine(folder.Path, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        (int code, string output) = HostProcess.Run(folder.Path, "--target=Clean");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain("another build is using").And.Contain("--artifacts=DIR"));
        }
    }

    [Test]
    public void Clean_keeps_the_downloads()
    {
        folder.Write("downloads/kept", [1]);
        folder.Write("stage/gone", [1]);
        HostProcess.RunOk(folder.Path, "--target=Clean");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(folder["downloads/kept"], Does.Exist);
            Assert.That(folder["stage"], Does.Not.Exist);
        }
    }

    [Test]
    public void Doctor_says_which_go_is_used()
    {
        GoVersions go = Repository.Lines.Load("2023.04").Go!;
        Assert.That(
            HostProcess.Run(folder.Path, "--target=Doctor", "--for=GocatArchive", "--line=2023.04", "--offline").Output,
            Does.Contain($"Go: the line needs {go.Wanted};").And.Contain(GoFinder.ForHost().Report(go)));
    }

    [Test]
    public void A_go_is_asked_for_its_version_once_in_a_run()
    {
        string asked = folder["asked"];
        string go = folder.Write("bin/go", $"#!/bin/sh\necho \"$@\" >>'{asked}'\necho go1.4.3\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "755", go));
        using var path = new EnvironmentVariable("PATH", $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}");
        string output = HostProcess.Run(
            folder["artifacts"], "--target=Doctor", "--for=PodmanInstaller", "--line=2026.11", "--offline").Output;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain($"1.4.3 ({go})"));
            Assert.That(File.ReadAllLines(asked), Is.EqualTo(["env GOVERSION"]));
        }
    }

    [Test]
    public void Doctor_lists_every_place_of_the_lines_inputs_and_asks_none_offline()
    {
        string output = HostProcess.Run(folder.Path, "--target=Doctor", "--for=GocatArchive", "--line=2023.04", "--offline").Output;
        Assert.That(output, Does.Contain("  https://tukaani.org  not asked (--offline)  (xz)\n")
            .And.Contain("  Debian's archive, trixie  not asked (--offline)  (libfdt)\n")
            .And.Contain("  https://archive.softwareheritage.org  not asked (--offline)")
            .And.Not.Contain("No place answers"));
    }

    [Test]
    public void Doctor_lists_the_tools_of_a_target_as_this_machine_has_them()
    {
        (int code, string output) = HostProcess.Run(folder.Path, "--target=Doctor", "--for=XzArchive", "--line=debian13");
        var finder = ToolFinder.ForHost();
        FoundTool[] tools =
            [.. ToolCheck.ToolsOf(Graph.Closure("XzArchive"), Repository.Lines.Load("debian13"), Graph).Select(finder.Find)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tools.Select(tool => tool.Tool.Name), Has.Member("mingw-w64").And.No.Member("makensis"));
            Assert.That(tools.Select(ToolCheck.Describe).Where(text => !output.Contains($"  {text}\n", StringComparison.Ordinal)),
                Is.Empty);
            Assert.That(ToolCatalog.All.Where(tool => !tools.Any(one => one.Tool == tool))
                .Where(tool => output.Contains($" {tool.Name} ", StringComparison.Ordinal) && output
                .Contains(tool.Purpose, StringComparison.Ordinal)).Select(tool => tool.Name), Is.Empty, "tools of other targets");
            Assert.That(code, Is.EqualTo(tools.All(tool => tool.Fits || tool.Tool.Optional) ? 0 : 2));
        }
    }
}
