using System.Text.RegularExpressions;
using Qcw.Build.Host;
using Qcw.Build.Releasing.Jobs;
using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>What must hold of every workflow, as far as it can be read from the files.</summary>
public sealed partial class WorkflowRulesTests
{
    private static readonly TaskGraph Graph = TaskGraph.OfHost();
    private static readonly Paths Paths = new(Repository.Root, Path.Combine(Repository.Root, "artifacts"));
    private static readonly ReleaseLines Lines = new(Paths);

    private static IEnumerable<(Workflow Workflow, WorkflowJob Job)> Jobs => Workflow.All.SelectMany(workflow => workflow.Jobs.Select(job => (workflow, job)));

    private static IEnumerable<WorkflowStep> Steps => Jobs.SelectMany(entry => entry.Job.Steps);

    [Test]
    public void There_are_two() => Assert.That(Workflow.All.Select(workflow => workflow.Name), Is.EqualTo(["ci", "release"]));

    [Test]
    public void Every_action_is_pinned_by_a_commit_and_says_its_version()
    {
        string[] uses = [.. Workflow.All.SelectMany(workflow => workflow.Text.Split('\n')).Where(line => line.Contains("uses:", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(uses, Has.All.Match(@"^ +(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$"));
            Assert.That(
                uses.Select(line => line.Split("uses: ")[1]).Distinct().GroupBy(line => line.Split('@')[0]).Where(action => action.Count() > 1),
                Is.Empty, "one action has one version");
            Assert.That(Steps.Count(step => step.Uses is not null), Is.EqualTo(uses.Length));
        }
    }

    [Test]
    public void Nothing_is_permitted_but_what_a_job_names_and_only_publishing_may_write()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (Workflow workflow in Workflow.All)
            {
                Assert.That(workflow.Root.Child("permissions"), Is.InstanceOf<YamlMappingNode>().With.Property(nameof(YamlMappingNode.Children)).Empty, workflow.Name);
            }

            foreach ((Workflow workflow, WorkflowJob job) in Jobs)
            {
                string[] permissions = [.. job.Node.Map("permissions").Texts().Select(entry => $"{entry.Key}: {entry.Value}")];
                string[] expected = job.Name == "publish" ? ["attestations: write", "contents: write", "id-token: write"] : ["contents: read"];
                Assert.That(permissions, Is.EqualTo(expected), $"{workflow.Name} {job.Name}");
            }

            Assert.That(Workflow.Of("release").Job("publish").Steps.Select(step => step.Uses ?? string.Empty), Has.None.StartWith("actions/checkout@"), "who may write runs nothing of ours");
            Assert.That(
                Steps.Where(step => step.Uses?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true).Select(step => step.With("persist-credentials")),
                Is.All.EqualTo("false"));
        }
    }

    [Test]
    public void Every_job_ends_by_itself_and_runs_of_one_ref_do_not_meet()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Jobs.Where(entry => entry.Job.Node.Text("timeout-minutes") is null).Select(entry => entry.Job.Name), Is.Empty);
            Assert.That(Workflow.All.Select(workflow => workflow.Root.Map("concurrency").Text("group")), Has.All.EndWith("-${{ github.ref }}"));
        }
    }

    [Test]
    public void What_a_shell_runs_gets_texts_of_others_from_the_environment_only() =>
        Assert.That(Steps.Select(step => step.Run).OfType<string>(), Has.None.Contains("${{"));

    [Test]
    public void Every_target_that_is_named_exists()
    {
        string[] named =
        [
            .. Steps.Select(step => step.Run).OfType<string>().SelectMany(run => Target().Matches(run)).Select(match => match.Groups[1].Value),
            .. Jobs.SelectMany(entry => entry.Job.Node.Map("strategy").Child("matrix") is YamlMappingNode matrix ? matrix.List("target") : []).Select(node => ((YamlScalarNode)node).Value!),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(named, Is.SupersetOf(["Matrix", "UtilsScript", "ReleaseNotes", "Checksums", "Release", "Test"]));
            Assert.That(named.Distinct().Where(name => !Graph.Nodes.Any(node => node.Name == name)), Is.Empty);
        }
    }

    [Test]
    public void What_jobs_are_told_by_others_is_said()
    {
        string[] needed = [.. NamesOf("needs.plan.outputs.")];
        string[] ofMatrix = [.. NamesOf("matrix.").Where(name => name != "addins")];
        string json = new JobMatrix(Paths, Lines.Load("debian12"), Graph).Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(needed, Is.SubsetOf(Workflow.Of("release").Job("plan").Node.Map("outputs").Texts().Select(output => output.Key)));
            Assert.That(ofMatrix.Where(name => !json.Contains($"\"{name.Split('.')[^1]}\":", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public void Any_line_can_be_released_and_every_file_is_made_once()
    {
        string[] choices = [.. Workflow.Of("release").Root.Map("on").Map("workflow_dispatch").Map("inputs").Map("line").List("options").Select(node => ((YamlScalarNode)node).Value!)];
        string[] last = [.. Workflow.Of("release").Job("collect").Steps.Select(step => step.Run).OfType<string>().SelectMany(run => Target().Matches(run)).Select(match => match.Groups[1].Value)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(choices, Is.EquivalentTo(Lines.Names));
            Assert.That(Workflow.Of("release").Text, Does.Contain($"line=${{LINE:-{BuildOptions.DefaultLine}}}"), "a tag's line");
            foreach (ReleaseLine line in choices.Select(name => Lines.Load(name)))
            {
                IEnumerable<string> atTheEnd = last.Select(Graph.Find).Where(node => node.Produces is not null).Select(node => node.Produces!.FileNameFor(line, Architecture.X64));
                IEnumerable<string> expected = Graph.Nodes.Where(node => node.Produces is not null && node.HasWorkFor(line, Architecture.X64)).Select(node => node.Produces!.FileNameFor(line, Architecture.X64));
                Assert.That(new JobMatrix(Paths, line, Graph).Jobs().Select(job => job.File).Concat(atTheEnd), Is.EquivalentTo(expected), line.Name);
            }
        }
    }

    [Test]
    public void Both_ways_to_the_cake_packages_are_tested_on_both_systems()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (WorkflowJob job in Workflow.Of("ci").Jobs)
            {
                Assert.That(job.Node.Map("strategy").Map("matrix").List("addins").Select(node => ((YamlScalarNode)node).Value), Is.EqualTo(["package", "source"]), job.Name);
            }

            Assert.That(Workflow.Of("ci").Jobs.Select(job => job.IsLinux), Is.EqualTo([true, false]));
        }
    }

    [Test]
    public void Tests_run_in_the_image_that_releases_are_made_in() =>
        Assert.That(Workflow.Of("ci").Job("linux").Container, Is.EqualTo(BuildMachine.Debian.Container));

    private static IEnumerable<string> NamesOf(string prefix) => Workflow.All
        .SelectMany(workflow => Expressions.NamesIn(workflow.Text)).Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..]).Distinct();

    [GeneratedRegex("--target=([A-Za-z]+)")]
    private static partial Regex Target();
}
