using System.Text.RegularExpressions;
using Qcw.Build.Host;
using Qcw.Build.Releasing.Jobs;
using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>
/// The jobs of a release that run on Windows, as far as they can be judged without: what runs there, and what it is told.
/// </summary>
public sealed partial class WindowsJobTests
{
    private static readonly TaskGraph Graph = TaskGraph.OfHost();
    private static readonly WorkflowJob Job = Workflow.Of("release").Job("build");
    private static readonly YamlMappingNode Input = Workflow.Of("start-release").Root.Map("on").Map("workflow_dispatch").Map("inputs")
        .Map("builder");

    private static WorkflowStep Build => Job.Steps.Single(step => step.Run is not null && step.RunsOn("Windows"));

    private static string[] Choices => [.. Input.TextList("options")];

    [Test]
    public void One_step_of_its_own_runs_there_and_none_of_debians()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Build.RunsOn("Linux"), Is.False);
            Assert.That(Build.Node.Text("shell"), Is.EqualTo("pwsh"));
            Assert.That(Job.Steps.Where(step => step.Run is not null && !step.RunsOn("Windows")).Select(step => step.Run),
                Has.Some.Contains("apt-get").And.Some.StartWith("./build.sh "));
            Assert.That(Job.Steps.Where(step => step.Uses is not null),
                Has.All.Matches<WorkflowStep>(step => step.RunsOn("Windows") && step.RunsOn("Linux")));
        }
    }

    [TestCase("Linux"), TestCase("Windows")]
    public void What_is_built_is_what_the_matrix_says(string system)
    {
        WorkflowStep step = Job.Steps.Single(step => step.Run?.Contains("--target", StringComparison.Ordinal) == true
            && step.RunsOn(system));
        string[] told = [.. Told().Matches(step.Run!)
            .Select(match => $"--{match.Groups[1].Value}={step.Environment[match.Groups[2].Value]}")];
        Assert.That(told, Is.EquivalentTo(((string[])["target", "line", "arch", "builder"])
            .Select(name => $"--{name}=${{{{ matrix.{name} }}}}")));
    }

    [Test]
    public void What_other_steps_take_is_brought_back_from_where_it_was_built()
    {
        string[] brought = [.. Quoted().Matches(Build.Run!.Split('\n').Single(line => line.Contains("foreach", StringComparison.Ordinal)))
            .Select(match => match.Groups[1].Value)];
        // caches that Windows has no use for are not restored there
        IEnumerable<string> taken = Job.Steps.Where(step => step.If?.Contains(".ccache", StringComparison.Ordinal) != true)
            .SelectMany(step => step.With("path")?.Split('\n') ?? []).Where(path => path.StartsWith("artifacts/", StringComparison.Ordinal))
                .Select(path => path.Split('/')[1]);
        Assert.That(brought, Is.EquivalentTo(taken.Distinct()));
    }

    [Test]
    public void Whatever_is_chosen_every_file_is_made_once()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Input.Text("default"), Is.EqualTo("host"));
            Assert.That(Workflow.Of("release").Text, Does.Contain("--builder=\"${BUILDER:-host}\""), "a tag's builder");
            Assert.That(Choices, Is.EqualTo(["host", "msys2"]));
            foreach (string choice in Choices)
            {
                Assert.That(Jobs(choice).Select(job => job.File), Is.EqualTo(Jobs("auto").Select(job => job.File)), choice);
            }
        }
    }

    private static IReadOnlyList<ReleaseJob> Jobs(string builder) =>
        new JobMatrix(
            Repository.Paths,
            Repository.Lines.Load(BuildOptions.DefaultLine),
            Matrix.JobsOf(Graph, Repository.Lines.Load(BuildOptions.DefaultLine), Architecture.X64))
        {
            Recipes = BuildMachine.ForRecipes(builder),
        }.Jobs();

    // --line="$LINE" in bash, "--line=$env:LINE" in PowerShell
    [GeneratedRegex(@"--([a-z]+)=""?\$(?:env:)?([A-Z]+)")]
    private static partial Regex Told();

    [GeneratedRegex("'([a-z]+)'")]
    private static partial Regex Quoted();
}
