using System.Text.Json;
using Qcw.Build.Host;
using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>What the shell texts of the release workflow decide: what is planned, what is collected, what is published.</summary>
public sealed class ReleaseScriptsTests
{
    private const string Tag = "v9.9.9";

    private static readonly Workflow Release = Workflow.Of("release");

    private TemporaryFolder folder = null!;
    private ReleaseScripts scripts = null!;
    private string summary = null!;

    [OneTimeSetUp]
    public void Collect()
    {
        folder = new TemporaryFolder();
        SmallCheckout.Make(folder["checkout"]);
        scripts = new ReleaseScripts(folder["checkout"]);
        // what actions/download-artifact leaves of a job that made the zip
        SmallCheckout.MakeStage(folder["job"]);
        Build("job", "--target=XzArchive", "--exclusive");
        foreach (string file in (string[])["release/" + SmallCheckout.Zip, $"facts/{SmallCheckout.Zip}.json"])
        {
            string to = Path.Combine(scripts.Workspace, "artifacts", file);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(folder["job/" + file], to);
        }

        WorkflowStep step = Release.Job("collect").Steps.Single(step => step.Run is not null);
        (int code, string output) = scripts.Run(step, ("LINE", SmallCheckout.Line), ("TAG", Tag));
        Assert.That(code, Is.Zero, output);
        summary = scripts.Summary;
    }

    [OneTimeTearDown]
    public void TearDown()
    {
        scripts.Dispose();
        folder.Dispose();
    }

    [Test]
    public void A_pushed_tag_is_published_with_the_default_line()
    {
        (int code, string output) = Plan("tag", Tag);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That((scripts.Outputs["line"], scripts.Outputs["publish"], scripts.Outputs["tag"]),
                Is.EqualTo((BuildOptions.DefaultLine, "true", Tag)));
            Assert.That(MatrixOf("runner"), Is.Not.Empty.And.All.Contains("ubuntu"));
            Assert.That(MatrixOf("line"), Is.All.EqualTo(BuildOptions.DefaultLine));
        }
    }

    [Test]
    public void A_dry_run_publishes_nothing()
    {
        (int code, string output) = Plan("branch", "main", line: SmallCheckout.Line, dryRun: "true");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That((scripts.Outputs["publish"], scripts.Outputs["tag"]), Is.EqualTo(("false", string.Empty)));
            Assert.That(MatrixOf("file"), Is.EqualTo([SmallCheckout.Zip]));
        }
    }

    [Test]
    public void Only_a_tag_can_be_published()
    {
        (int code, string output) = Plan("branch", "main", dryRun: "false");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain("::error::main is not a tag"));
            Assert.That(scripts.Outputs, Is.Empty, "later jobs get nothing");
        }
    }

    [Test]
    public void A_line_that_is_unknown_ends_the_plan()
    {
        (int code, string output) = Plan("tag", Tag, line: "smal");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain("did you mean small?"));
            Assert.That(scripts.Outputs, Is.Empty, "later jobs get nothing");
        }
    }

    [Test]
    public void The_plan_puts_on_windows_what_the_input_says()
    {
        (int code, string output) = Plan("branch", "main", line: "2023.04", builder: "msys2", dryRun: "true");
        Assert.That(code, Is.Zero, output);
        Assert.That(MatrixOf("runner"), Has.Some.Contains("windows").And.Some.Contains("ubuntu"));
        (code, output) = Plan("branch", "main", line: "debian13", builder: "msys2", dryRun: "true");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(output, Does.Contain("--builder=msys2: in the line debian13"));
        }
    }

    [Test]
    public void A_release_of_collected_files_is_that_of_one_machine()
    {
        Directory.CreateDirectory(folder["together"]);
        ProcessRunner.Run(new ProcessRequest("cp", "-R", folder["job/stage"], folder["together"]));
        Build(
            "together", "--target=XzArchive", "--target=UtilsScript", "--target=Sbom", "--target=ReleaseNotes",
            "--target=ReleaseReport", "--target=Provenance",
            "--target=Checksums", "--target=Release", "--exclusive", "--tag=" + Tag);
        string collected = Path.Combine(scripts.Workspace, "artifacts", "release");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FilesOf(collected), Is.EqualTo(FilesOf(folder["together/release"])));
            Assert.That(
                Directory.GetFiles(collected).Select(Path.GetFileName),
                Is.EquivalentTo([
                    "RELEASE-NOTES.md", "RELEASE-REPORT.html", "provenance.json", "SHA256SUMS", "SHA512SUMS", "qcw-utils.ps1",
                    "qcw-utils.ps1.cdx.json", SmallCheckout.Zip, SmallCheckout.Zip + ".cdx.json",
                ]));
            Assert.That(File.ReadAllText(Path.Combine(collected, "qcw-utils.ps1")), Does.Contain(Tag));
            Assert.That(summary, Is.EqualTo(File.ReadAllText(Path.Combine(collected, "RELEASE-NOTES.md"))), "what people see of the run");
        }
    }

    [TestCase("", "true")]
    [TestCase("true", "true")]
    [TestCase("false", "false")]
    public void What_is_published_is_of_that_tag_with_every_file_and_a_draft_unless_told_otherwise(string input, string draft)
    {
        string release = Path.Combine(scripts.Workspace, "artifacts", "release");
        string published = Path.Combine(scripts.Workspace, "release");
        string given = folder["gh"];
        scripts.AddProgram("gh", $"[ -n \"$GH_TOKEN\" ] && [ \"$GH_REPO\" = owner/qcw ] && printf '%s\\n' \"$@\" > '{given}'");
        ProcessRunner.Run(new ProcessRequest("cp", "-RT", release, published));
        // what the actions leave: a bundle for each attestation
        string[] bundles = [.. ((string[])["built", "made", "bundles/bundle-XzArchive/attestation"]).Select(name => scripts.Write(
            name + ".json", $"{{\n  \"{Path.GetFileName(name)}\": 1\n}}\n"))];
        foreach (WorkflowStep step in Release.Job("publish").Steps.Where(step => step.Run is not null))
        {
            (int code, string output) = scripts.Run(step, ("DRAFT", input), ("GH_REPO", "owner/qcw"), ("GH_TOKEN", "secret"), ("TAG", Tag),
                ("BUILT", bundles[0]), ("MADE", bundles[1]));
            Assert.That(code, Is.Zero, output);
        }

        string[] arguments = File.ReadAllLines(given);
        string[] files = [.. arguments.Where(argument => argument.StartsWith("./", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(arguments[..3], Is.EqualTo(["release", "create", Tag]));
            Assert.That(arguments, Is.SupersetOf(["--verify-tag", "--draft=" + draft]));
            Assert.That(
                files, Is.EquivalentTo(Directory.GetFiles(release).Select(Path.GetFileName).Append($"qcw-{Tag}.sigstore.jsonl")
                    .Select(file => "./" + file)));
            Assert.That(
                File.ReadAllLines(Path.Combine(published, $"qcw-{Tag}.sigstore.jsonl")),
                Is.EqualTo(["{\"built\":1}", "{\"made\":1}", "{\"attestation\":1}"]));
            Assert.That(
                File.ReadAllText(Path.Combine(scripts.Workspace, "predicate.json")), Does.StartWith("{\n  \"buildDefinition\""));
        }
    }

    [Test]
    public void What_was_damaged_on_the_way_is_not_published()
    {
        string published = Path.Combine(scripts.Workspace, "release");
        ProcessRunner.Run(new ProcessRequest("cp", "-RT", Path.Combine(scripts.Workspace, "artifacts", "release"), published));
        File.AppendAllText(Path.Combine(published, SmallCheckout.Zip), "more");
        (int code, string output) = scripts.Run(Release.Job("publish").Steps.First(step => step.Run is not null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Not.Zero);
            Assert.That(output, Does.Contain(SmallCheckout.Zip + ": FAILED"));
        }
    }

    [TestCase("release", SmallCheckout.Zip, "Checksums", $"lacks {SmallCheckout.Zip}; make them, or leave out --complete")]
    [TestCase("facts", SmallCheckout.Zip + ".json", "ReleaseNotes",
        "is missing, and the release notes need it: copy it together with the file that it describes")]
    public void What_has_not_arrived_ends_the_release(string part, string file, string target, string message)
    {
        string artifacts = folder["partial-" + target];
        foreach (string sub in (string[])["release", "facts"])
        {
            Directory.CreateDirectory(Path.Combine(artifacts, sub));
            ProcessRunner
                .Run(new ProcessRequest("cp", "-RT", Path.Combine(scripts.Workspace, "artifacts", sub), Path.Combine(artifacts, sub)));
        }

        File.Delete(Path.Combine(artifacts, part, file));
        (int code, string output) = HostProcess.RunIn(
            folder["checkout"], artifacts, "--target=" + target, "--exclusive", "--complete", "--line=" + SmallCheckout.Line);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(1));
            Assert.That(output, Does.Contain(message));
        }
    }

    private void Build(string artifacts, params string[] arguments)
    {
        (int code, string output) = HostProcess.RunIn(folder["checkout"], folder[artifacts],
            [.. arguments, "--line=" + SmallCheckout.Line]);
        Assert.That(code, Is.Zero, output);
    }

    // a push of a tag has no inputs: they are empty
    private (int ExitCode, string Output) Plan(string kind, string name, string line = "", string builder = "", string dryRun = "") =>
        scripts.Run(
        Release.Job("plan").Steps.Single(step => step.Run is not null),
        ("BUILDER", builder), ("DRY_RUN", dryRun), ("LINE", line), ("GITHUB_REF_TYPE", kind), ("GITHUB_REF_NAME", name));

    private string[] MatrixOf(string key)
    {
        using var matrix = JsonDocument.Parse(scripts.Outputs["matrix"]);
        return [.. matrix.RootElement.GetProperty("include").EnumerateArray().Select(job => job.GetProperty(key).GetString()!)];
    }

    private static string[] FilesOf(string folder) =>
        [.. Directory.GetFiles(folder).Select(file => $"{Path.GetFileName(file)} {Files.Sha256(file)}").Order(StringComparer.Ordinal)];
}
