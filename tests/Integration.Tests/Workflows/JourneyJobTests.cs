using Qcw.Integration.Tests.Utils;
using Qcw.Integration.Tests.WindowsJourney;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>The job of a release that uses on a real Windows what will be published: what it is given, and what waits for it.</summary>
public sealed class JourneyJobTests
{
    private static readonly WorkflowJob Job = Workflow.Of("release").Job("journey");

    private TemporaryFolder folder = null!;

    private static WorkflowStep Use => Job.Steps.Single(step => step.Run is not null);

    [SetUp]
    public void Create() => folder = new TemporaryFolder();

    [TearDown]
    public void Delete() => folder.Dispose();

    [Test]
    public void Nothing_is_published_that_it_has_not_used()
    {
        WorkflowJob publish = Workflow.Of("release").Job("publish");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(publish.Node.TextList("needs"), Has.Member(Job.Name));
            Assert.That(publish.Node.Text("if"), Does.Not.Contain("always()"), "a failure of what it needs ends it");
            Assert.That(Download(Job), Is.EqualTo(Download(publish)).And.EqualTo(("release", "release")));
        }
    }

    [Test]
    public void Both_installers_of_Podman_are_used_in_Windows_PowerShell()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Job.Node.Map("strategy").Map("matrix").TextList("scope"), Is.EqualTo(["machine", "user"]));
            Assert.That(Use.Shell, Is.EqualTo("powershell"));
            Assert.That(Problems(), Is.Empty);
        }
    }

    [TestCase(null, null, "")]
    [TestCase("https://example.org/a.qcow2.xz", "abc", "Image=https://example.org/a.qcow2.xz\nImageSha256=abc\n")]
    public void The_script_gets_the_variables_of_the_repository_where_there_are_some(string? image, string? sha256, string told)
    {
        // the script's own parameters, and a body that prints them
        string parameters = File.ReadAllText(JourneyScript.File);
        parameters = parameters[parameters.IndexOf("param(", StringComparison.Ordinal)..];
        parameters = parameters[..(parameters.IndexOf("\n)\n", StringComparison.Ordinal) + 3)];
        folder.Write(
            "tests/Acceptance.Windows/journey.ps1",
            parameters + "foreach ($name in $PSBoundParameters.Keys | Sort-Object) { \"$name=$($PSBoundParameters[$name])\" }\nexit 7\n");
        // GitHub's runner adds the last line
        string step = folder.Write("step.ps1", Use.Run! + "\nexit $LASTEXITCODE\n");
        Assert.That(Use.Environment.Keys, Is.EquivalentTo(["IMAGE", "IMAGE_SHA256", "SCOPE"]));
        ProcessResult result = Pwsh.Run(folder.Path, ["-File", step], environment: new Dictionary<string, string?>
        {
            ["IMAGE"] = image,
            ["IMAGE_SHA256"] = sha256,
            ["SCOPE"] = "user",
            ["RUNNER_TEMP"] = "/t",
        });
        Assert.That(
            result.StandardOutput, Is.EqualTo($"{told}Release=release\nScope=user\nStartMinutes=30\nWork=/t/qcw journey ü\n"));
        Assert.That(result.ExitCode, Is.EqualTo(7));
    }

    private string[] Problems()
    {
        folder.Write("step.ps1", Use.Run!);
        // it calls the script by its path
        return [.. SyntaxGuard.Problems(folder.Path).Where(problem => !problem.Contains("journey.ps1 -Release", StringComparison.Ordinal))];
    }

    private static (string? Name, string? Path) Download(WorkflowJob job)
    {
        // the publishing job takes bundles, too, by a pattern
        WorkflowStep step = job.Steps.Single(step =>
            step.Uses?.StartsWith("actions/download-artifact@", StringComparison.Ordinal) == true && step.With("name") is not null);
        return (step.With("name"), step.With("path"));
    }
}
