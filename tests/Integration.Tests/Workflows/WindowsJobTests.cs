using System.Text.RegularExpressions;
using Qcw.Build.Host;
using Qcw.Build.Releasing.Jobs;
using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>The jobs of a release that run on Windows, as far as they can be judged without: what runs there, and what it is told.</summary>
public sealed partial class WindowsJobTests
{
    private static readonly TaskGraph Graph = TaskGraph.OfHost();
    private static readonly Paths Paths = new(Repository.Root, Path.Combine(Repository.Root, "artifacts"));
    private static readonly WorkflowJob Job = Workflow.Of("release").Job("build");
    private static readonly YamlMappingNode Input = Workflow.Of("release").Root.Map("on").Map("workflow_dispatch").Map("inputs").Map("builder");

    private static WorkflowStep Build => Job.Steps.Single(step => step.Run is not null && step.RunsOn("Windows"));

    private static string[] Choices => [.. Input.List("options").Select(node => ((YamlScalarNode)node).Value!)];

    [Test]
    public void Every_condition_of_a_workflow_is_one_that_the_tests_understand()
    {
        string[] conditions =
        [
            .. Workflow.All.SelectMany(workflow => workflow.Jobs).SelectMany(job => job.Steps.Select(step => step.If).Append(job.Node.Text("if")))
                .OfType<string>().Where(condition => condition != "failure()").Distinct(),
        ];
        Assert.That(conditions, Is.SupersetOf(["runner.os == 'Linux'", "runner.os == 'Windows'"]));
        Assert.That(() => conditions.Select(new Expressions(new Dictionary<string, string>()).Holds).ToArray(), Throws.Nothing);
    }

    [Test]
    public void One_step_of_its_own_runs_there_and_none_of_debians()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Build.RunsOn("Linux"), Is.False);
            Assert.That(Build.Node.Text("shell"), Is.EqualTo("pwsh"));
            Assert.That(Job.Steps.Where(step => step.Run is not null && !step.RunsOn("Windows")).Select(step => step.Run), Has.Some.Contains("apt-get").And.Some.StartWith("./build.sh "));
            Assert.That(Job.Steps.Where(step => step.Uses is not null), Has.All.Matches<WorkflowStep>(step => step.RunsOn("Windows") && step.RunsOn("Linux")));
        }
    }

    [Test]
    public void What_is_built_there_is_the_target_of_the_job()
    {
        foreach (ReleaseJob job in Jobs("msys2").Where(job => job.Builder == "msys2"))
        {
            var values = new Dictionary<string, string>
            {
                ["matrix.arch"] = job.Arch,
                ["matrix.builder"] = job.Builder,
                ["matrix.line"] = job.Line,
                ["matrix.target"] = job.Target,
            };
            var environment = Build.Node.Map("env").Texts().ToDictionary(entry => entry.Key, entry => new Expressions(values).Fill(entry.Value));
            string command = Build.Run!.Split('\n').Single(line => line.Contains("build.ps1", StringComparison.Ordinal));
            string[] arguments = [.. Argument().Matches(command).Select(match => Variable().Replace(match.Groups[1].Value, name => environment[name.Groups[1].Value]))];
            BuildOptions options = new OptionParser(Repository.Root).Parse(arguments);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(arguments, Has.Length.EqualTo(4));
                Assert.That(options.Targets.Select(target => Graph.Find(target).Name), Is.EqualTo([job.Target]));
                Assert.That((options.Line, options.Architecture.Name, options.Builder), Is.EqualTo((job.Line, job.Arch, "msys2")));
            }
        }
    }

    [Test]
    public void What_other_steps_take_is_brought_back_from_where_it_was_built()
    {
        string[] brought = [.. Quoted().Matches(Build.Run!.Split('\n').Single(line => line.Contains("foreach", StringComparison.Ordinal))).Select(match => match.Groups[1].Value)];
        // caches that Windows has no use for are not restored there
        IEnumerable<string> taken = Job.Steps.Where(step => step.If?.Contains(".ccache", StringComparison.Ordinal) != true)
            .SelectMany(step => step.With("path")?.Split('\n') ?? []).Where(path => path.StartsWith("artifacts/", StringComparison.Ordinal)).Select(path => path.Split('/')[1]);
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
        new JobMatrix(Paths, new ReleaseLines(Paths).Load(BuildOptions.DefaultLine), Graph) { Recipes = BuildMachine.ForRecipes(builder) }.Jobs();

    [GeneratedRegex("\"(--[^\"]+)\"")]
    private static partial Regex Argument();

    [GeneratedRegex(@"\$env:([A-Z]+)")]
    private static partial Regex Variable();

    [GeneratedRegex("'([a-z]+)'")]
    private static partial Regex Quoted();
}
