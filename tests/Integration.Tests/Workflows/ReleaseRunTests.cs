using System.Text.Json;
using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>Every <c>run:</c> of the Linux jobs, run with the small line: from the plan to what would be published.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ReleaseRunTests
{
    private const string Tag = "v9.9.9";
    private const string Zip = "xz-5.4.1-windows-x86_64.zip";

    private SmallClone clone = null!;
    private WorkflowRun tagged = null!;
    private string planned = null!;
    private string collected = null!;

    [OneTimeSetUp]
    public void Release()
    {
        clone = new SmallClone();
        tagged = RunOn("tag", Tag, "tagged").Set("inputs.line", SmallClone.Line);
        Succeed(tagged, "plan");
        planned = tagged.OutputOf("plan", "matrix");
        using var matrix = JsonDocument.Parse(planned);
        foreach (JsonElement job in matrix.RootElement.GetProperty("include").EnumerateArray())
        {
            Succeed(tagged.SetMatrix(job), "build");
        }

        Succeed(tagged, "collect");
        collected = clone["collected"];
        Directory.Move(Path.Combine(clone.Root, "artifacts"), collected);
        Succeed(tagged, "publish");
    }

    [OneTimeTearDown]
    public void TearDown() => clone.Dispose();

    [Test]
    public void Every_line_that_a_linux_job_of_it_runs_has_run() =>
        Assert.That(tagged.Executed, Is.SupersetOf(Workflow.Of("release").Jobs.SelectMany(job => job.Steps).Where(step => step.RunsOn("Linux")).Select(step => step.Run).OfType<string>()));

    [Test]
    public void Every_line_that_a_linux_job_of_ci_runs_works()
    {
        // the tests themselves would run these ones again
        WorkflowRun ci = RunOn("branch", "main", "ci", "ci").Set("matrix.addins", "source").Set("matrix.target", "Default");
        Succeed(ci, "linux");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ci.Executed, Is.EqualTo(Workflow.Of("ci").Jobs.Where(job => job.IsLinux).SelectMany(job => job.Steps).Select(step => step.Run).OfType<string>()));
            Assert.That(ci.Output, Does.Contain("Targets:"));
        }
    }

    [Test]
    public void A_release_of_collected_files_is_that_of_one_machine()
    {
        string together = clone["together"];
        SmallClone.Prepare(together);
        (int code, string output) = clone.Build("--target=Release", "--tag=" + Tag, "--artifacts=" + together);
        Assert.That(code, Is.Zero, output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FilesOf(collected), Is.EqualTo(FilesOf(together)));
            Assert.That(FilesOf(collected).Select(file => file.Split(' ')[0]), Is.EqualTo(["RELEASE-NOTES.md", "SHA256SUMS", "SHA512SUMS", "qcw-utils.ps1", Zip]));
            Assert.That(Fingerprint.HashFile(Path.Combine(collected, "release", Zip)), Is.EqualTo(Fingerprint.HashFile(Path.Combine(HostXz.Artifacts, "release", Zip))));
            Assert.That(
                File.ReadAllText(Path.Combine(collected, "release", "RELEASE-NOTES.md")),
                Does.Contain("| tool mingw-w64 | x86_64-w64-mingw32-gcc").And.Contain($"| qcw's own recipe | {clone.Commit} | |").And.Contain($"| `qcw-utils.ps1` | qcw | {Tag} |"));
            Assert.That(File.ReadAllText(Path.Combine(collected, "release", "qcw-utils.ps1")), Does.Contain(Tag));
        }
    }

    [Test]
    public void What_is_published_is_a_draft_of_that_tag_with_every_file()
    {
        string[] given = File.ReadAllLines(clone["tagged/gh"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(given[..9], Is.EqualTo(["release", "create", Tag, "--verify-tag", "--draft=true", "--title", "qcw " + Tag, "--notes-file", "RELEASE-NOTES.md"]));
            // in the order of the locale
            Assert.That(given[9..], Is.EquivalentTo(["./qcw-utils.ps1", "./RELEASE-NOTES.md", "./SHA256SUMS", "./SHA512SUMS", "./" + Zip]));
        }
    }

    [Test]
    public void A_dry_run_publishes_nothing()
    {
        WorkflowRun dry = RunOn("branch", "main", "dry").Set("inputs.line", SmallClone.Line).Set("inputs.dry_run", "true").Set("inputs.draft", "true");
        Succeed(dry, "plan");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dry.Wants("publish"), Is.False);
            Assert.That(dry.OutputOf("plan", "tag"), Is.Empty);
            Assert.That(dry.OutputOf("plan", "matrix"), Is.EqualTo(planned));
            Assert.That(tagged.Wants("publish"), Is.True);
        }
    }

    [Test]
    public void Only_a_tag_can_be_published()
    {
        WorkflowRun branch = RunOn("branch", "main", "branch").Set("inputs.line", SmallClone.Line).Set("inputs.dry_run", "false");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(branch.Run("plan"), Is.EqualTo(1));
            Assert.That(branch.Output, Does.Contain("::error::main is not a tag"));
        }
    }

    [Test]
    public void A_line_that_is_unknown_ends_the_plan()
    {
        WorkflowRun unknown = RunOn("tag", Tag, "unknown").Set("inputs.line", "smal");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(unknown.Run("plan"), Is.EqualTo(2));
            Assert.That(unknown.Output, Does.Contain("did you mean small?"));
        }
    }

    [Test]
    public void The_plan_puts_on_windows_what_the_input_says()
    {
        WorkflowRun windows = RunOn("branch", "main", "windows").Set("inputs.line", "2023.04").Set("inputs.builder", "msys2").Set("inputs.dry_run", "true");
        Succeed(windows, "plan");
        WorkflowRun debian = RunOn("branch", "main", "windows-debian").Set("inputs.line", SmallClone.Line).Set("inputs.builder", "msys2").Set("inputs.dry_run", "true");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(windows.OutputOf("plan", "matrix"), Does.Contain("\"runner\":\"windows-2022\""));
            Assert.That(planned, Does.Not.Contain("windows-2022"), "a tag's default");
            Assert.That(debian.Run("plan"), Is.EqualTo(2));
            Assert.That(debian.Output, Does.Contain("--builder=msys2: in the line small XzArchive takes packages of Debian"));
        }
    }

    [TestCase("release", Zip, "Checksums", $"lacks {Zip}; make them, or leave out --complete")]
    [TestCase("facts", Zip + ".json", "ReleaseNotes", "is missing, and the release notes need it: collect it together with the file")]
    public void What_has_not_arrived_ends_the_release(string part, string file, string target, string message)
    {
        string artifacts = clone["partial-" + target];
        foreach (string sub in (string[])["release", "facts"])
        {
            ArtifactStore.Copy(Path.Combine(collected, sub), Path.Combine(artifacts, sub));
        }

        File.Delete(Path.Combine(artifacts, part, file));
        (int code, string output) = clone.Build("--target=" + target, "--exclusive", "--complete", "--artifacts=" + artifacts);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain(message));
        }
    }

    /// <summary>A run with the runner's own variables, and a gh that writes down what it is given.</summary>
    private WorkflowRun RunOn(string kind, string name, string folder, string workflow = "release")
    {
        string programs = clone[folder + "/programs"];
        Directory.CreateDirectory(programs);
        string gh = Path.Combine(programs, "gh");
        File.WriteAllText(gh, $"#!/bin/bash\n[ -n \"$GH_TOKEN\" ] && [ \"$GH_REPO\" = owner/qcw ] && printf '%s\\n' \"$@\" > '{clone[folder + "/gh"]}'\n");
        File.SetUnixFileMode(gh, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return new WorkflowRun(Workflow.Of(workflow), clone.Root, clone[folder]) { RestoreCache = () => SmallClone.Prepare(Path.Combine(clone.Root, "artifacts")) }
            .Set("github.repository", "owner/qcw").Set("github.token", "secret")
            .SetVariable("GITHUB_REF_TYPE", kind).SetVariable("GITHUB_REF_NAME", name)
            .SetVariable("GIT_CONFIG_GLOBAL", clone[folder + "/gitconfig"])
            .SetVariable("PATH", programs + ":" + Environment.GetEnvironmentVariable("PATH"));
    }

    private static void Succeed(WorkflowRun run, string job) => Assert.That(run.Run(job), Is.Zero, () => run.Output);

    private static string[] FilesOf(string artifacts) =>
    [
        .. Directory.GetFiles(Path.Combine(artifacts, "release")).Select(file => $"{Path.GetFileName(file)} {Fingerprint.HashFile(file)}").Order(StringComparer.Ordinal),
    ];
}
