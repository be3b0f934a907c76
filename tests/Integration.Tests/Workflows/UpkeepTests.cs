namespace Qcw.Integration.Tests.Workflows;

/// <summary>The weekly look at versions and vulnerabilities: what the job that may write issues does with what was found.</summary>
public sealed class UpkeepTests
{
    private static readonly WorkflowStep Step = Workflow.Of("upkeep").Job("issue").Steps.Single(step => step.Run is not null);

    private ReleaseScripts scripts = null!;

    [SetUp]
    public void Create() => scripts = new ReleaseScripts(Repository.Root);

    [TearDown]
    public void Delete() => scripts.Dispose();

    [TestCase("", "", "")]
    [TestCase("", "## Line a\n", "label create upkeep\nissue create --title Upkeep: newer versions and vulnerabilities --label upkeep\n")]
    [TestCase("7", "## Line a\n", "issue edit 7\n")]
    [TestCase("7", "", "issue edit 7\n")]
    public void One_issue_is_opened_and_then_kept_up_to_date(string open, string findings, string done)
    {
        scripts.Write("report/findings.md", findings);
        scripts.AddProgram("gh", $$"""
            case "$1 $2" in
              "issue list") printf '%s' '{{open}}' ;;
              "label create") echo "label create $3" >> done ;;
              *) echo "$*" | sed 's/ --body-file body.md//' >> done ;;
            esac
            """);
        scripts.Write("done", string.Empty);

        (int code, string output) = scripts.Run(Step, ("GH_REPO", "o/r"), ("GH_TOKEN", "t"), ("RUN", "https://example.org/run/1"));

        string body = File.ReadAllText(Path.Combine(scripts.Workspace, "body.md"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(File.ReadAllText(Path.Combine(scripts.Workspace, "done")), Is.EqualTo(done));
            Assert.That(body, Does.Contain("https://example.org/run/1"));
            Assert.That(body, Does.EndWith(findings.Length > 0 ? findings : "Nothing is outdated, and every finding has an answer.\n"));
        }
    }

    [Test]
    public void A_long_text_is_cut_to_what_GitHub_takes()
    {
        scripts.Write("report/findings.md", new string('x', 100_000));
        scripts.AddProgram("gh", "exit 0");
        Assert.That(scripts.Run(Step, ("GH_REPO", "o/r"), ("GH_TOKEN", "t"), ("RUN", "r")).ExitCode, Is.Zero);
        Assert.That(new FileInfo(Path.Combine(scripts.Workspace, "body.md")).Length, Is.LessThan(65_536));
    }

    [Test]
    public void What_fails_is_told_and_what_is_up_to_date_is_not()
    {
        WorkflowStep ask = Workflow.Of("upkeep").Job("look").Steps.Single(step => step.Node.Text("name") == "Ask");
        foreach (string line in (string[])["old", "new"])
        {
            scripts.Write($"build/Catalog/Versions/{line}.json", "{}");
        }

        scripts.Write("build/Catalog/Versions/line.schema.json", "{}");
        scripts.Write("build.sh", "#!/bin/bash\necho \"$*\"; case \"$*\" in *--line=old*) exit 1 ;; esac\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "755", Path.Combine(scripts.Workspace, "build.sh")));

        (int code, string output) = scripts.Run(ask);

        string findings = File.ReadAllText(Path.Combine(scripts.Workspace, "report", "findings.md"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.Zero, output);
            Assert.That(findings, Does.Contain("## Line old, versions\n\n```text\n--target=Outdated --line=old"));
            Assert.That(findings, Does.Contain(
                "## Line old, vulnerabilities\n\n```text\n--target=Advisories --line=old --advisories=advisories --fail-on=new\n"));
            Assert.That(findings, Does.Not.Contain("--line=new"));
        }
    }
}
