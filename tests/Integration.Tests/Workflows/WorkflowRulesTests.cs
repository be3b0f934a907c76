using System.Text.RegularExpressions;
using Qcw.Build.Host;
using Qcw.Build.Releasing.Jobs;
using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>What must hold of every workflow, as far as it can be read from the files.</summary>
public sealed partial class WorkflowRulesTests
{
    // by its path: the commit that started the caller
    private const string Called = "./.github/workflows/release.yml";

    private static readonly TaskGraph Graph = TaskGraph.OfHost();

    private static IEnumerable<(Workflow Workflow, WorkflowJob Job)> Jobs => Workflow.All
        .SelectMany(workflow => workflow.Jobs.Select(job => (workflow, job)));

    private static IEnumerable<WorkflowStep> Steps => Jobs.SelectMany(entry => entry.Job.Steps);

    [Test]
    public void Every_action_is_pinned_by_a_commit_and_says_its_version()
    {
        string[] uses = [.. Workflow.All.SelectMany(workflow => workflow.Text.Split('\n'))
            .Where(line =>
                line.Contains("uses:", StringComparison.Ordinal) && !line.EndsWith("uses: " + Called, StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(uses, Has.All.Match(@"^ +(- )?uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$"));
            Assert.That(
                uses.Select(line => line.Split("uses: ")[1]).Distinct().GroupBy(line => line.Split('@')[0])
                    .Where(action => action.Count() > 1),
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
                Assert.That(workflow.Root.Child("permissions"),
                    Is.InstanceOf<YamlMappingNode>().With.Property(nameof(YamlMappingNode.Children)).Empty, workflow.Name);
            }

            foreach ((Workflow workflow, WorkflowJob job) in Jobs)
            {
                string[] permissions = [.. job.Node.Map("permissions").Texts().Select(entry => $"{entry.Key}: {entry.Value}")];
                string[] expected = job.Name switch
                {
                    "attest" => ["attestations: write", "id-token: write"],
                    "publish" or "release" => ["attestations: write", "contents: write", "id-token: write"],
                    "deploy" => ["id-token: write", "pages: write"],
                    "issue" => ["issues: write"],
                    _ => ["contents: read"],
                };
                Assert.That(permissions, Is.EqualTo(expected), $"{workflow.Name} {job.Name}");
            }

            Assert.That(
                Jobs.Where(entry => entry.Job.Name is "attest" or "publish" or "deploy" or "issue").SelectMany(entry => entry.Job.Steps)
                    .Select(step => step.Uses ?? string.Empty),
                Has.None.StartWith("actions/checkout@"), "who may write runs nothing of ours");
            Assert.That(
                Steps.Where(step => step.Uses?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true)
                    .Select(step => step.With("persist-credentials")),
                Is.All.EqualTo("false"));
        }
    }

    [Test]
    public void Every_job_ends_by_itself_and_runs_of_one_ref_do_not_meet()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Jobs.Where(entry => entry.Job.Node.Text("timeout-minutes") is null && entry.Job.Node.Text("uses") is null)
                    .Select(entry => entry.Job.Name),
                Is.Empty, "who calls a workflow has the limits of its jobs");
            Assert.That(Workflow.All.Select(workflow => workflow.Root.Map("concurrency").Text("group")),
                Has.All.EndWith("-${{ github.ref }}"));
        }
    }

    [Test]
    public void What_a_shell_runs_gets_texts_of_others_from_the_environment_only() =>
        Assert.That(Steps.Select(step => step.Run).OfType<string>(), Has.None.Contains("${{"));

    [Test]
    public void Every_text_of_bash_parses()
    {
        string[] texts = [.. Steps.Where(step => step is { Run: not null, Shell: "bash" }).Select(step => step.Run!)];
        Assert.That(texts, Is.Not.Empty);
        using var folder = new TemporaryFolder();
        using (Assert.EnterMultipleScope())
        {
            foreach (string text in texts)
            {
                ProcessResult result = ProcessRunner
                    .Run(new ProcessRequest("bash", "-n", folder.Write("step.sh", text)) { AllowFailure = true });
                Assert.That((result.ExitCode, result.StandardError), Is.EqualTo((0, string.Empty)), text);
            }
        }
    }

    [Test]
    public void Every_target_that_is_named_exists()
    {
        string[] named =
        [
            .. Steps.Select(step => step.Run).OfType<string>().SelectMany(TargetsIn),
            .. Jobs.SelectMany(entry => entry.Job.Node.Map("strategy").Map("matrix").TextList("target")),
        ];
        Assert.That(named, Is.Not.Empty);
        Assert.That(named.Distinct().Where(name => !Graph.Nodes.Any(node => node.Name == name)), Is.Empty);
    }

    [Test]
    public void Every_option_that_the_build_is_given_exists()
    {
        string[] given = [.. Steps.Select(step => step.Run).OfType<string>().SelectMany(run => BuildCall().Matches(run))
            .SelectMany(call => OptionName().Matches(call.Value)).Select(match => match.Groups[1].Value)];
        Assert.That(given, Is.Not.Empty);
        Assert.That(given.Distinct().Where(name => OptionTable.Find(name) is null), Is.Empty);
    }

    [Test]
    public void Every_condition_is_of_a_kind_that_these_rules_know() =>
        Assert.That(
            Jobs.SelectMany(entry => entry.Job.Steps.Select(step => step.If).Append(entry.Job.Node.Text("if"))).OfType<string>(),
            Is.All.Match(
                @"^(failure\(\)|runner\.os == '(Linux|Windows)'|matrix\.cache\.[a-zA-Z0-9]+ != ''( && vars\.QCW_CACHE == '')?"
                    + @"|needs\.plan\.outputs\.publish == 'true'|github\.event_name == 'workflow_dispatch')$"));

    [Test]
    public void What_jobs_are_told_by_others_is_said()
    {
        string[] needed = [.. NamesOf("needs.plan.outputs.")];
        // a matrix that stands in the file, and not the one that the plan makes
        string[] written = [.. Jobs.SelectMany(entry => entry.Job.Node.Map("strategy").Map("matrix").Children.Keys)
            .Select(key => ((YamlScalarNode)key).Value!)];
        string[] ofMatrix = [.. NamesOf("matrix.").Except(written)];
        string json = new JobMatrix(
            Repository.Paths, Repository.Lines.Load("debian13"), Matrix.JobsOf(Graph, Repository.Lines.Load("debian13"), Architecture.X64)
        ).Json();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(needed, Is.SubsetOf(Workflow.Of("release").Job("plan").Node.Map("outputs").Texts().Select(output => output.Key)));
            Assert.That(ofMatrix.Where(name => !json.Contains($"\"{name.Split('.')[^1]}\":", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public void Any_line_can_be_released_and_every_file_is_made_once()
    {
        string[] choices = [.. Workflow.Of("start-release").Root.Map("on").Map("workflow_dispatch").Map("inputs").Map("line")
            .TextList("options")];
        string[] last = [.. Workflow.Of("release").Job("collect").Steps.Select(step => step.Run).OfType<string>().SelectMany(TargetsIn)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(choices, Is.EquivalentTo(Repository.Lines.Names));
            Assert.That(Workflow.Of("release").Text, Does.Contain($"line=${{LINE:-{BuildOptions.DefaultLine}}}"), "a tag's line");
            foreach (ReleaseLine line in choices.Select(name => Repository.Lines.Load(name)))
            {
                IEnumerable<string> atTheEnd = last.Select(Graph.Find)
                    .Where(node => node.Product is not null)
                    .Select(node => node.FileNameFor(line, Architecture.X64));
                IEnumerable<string> expected = Graph
                    .Nodes.Where(node => node.Product is not null && node.HasWorkFor(line, Architecture.X64))
                    .Select(node => node.FileNameFor(line, Architecture.X64));
                Assert.That(
                    new JobMatrix(Repository.Paths, line, Matrix.JobsOf(Graph, line, Architecture.X64))
                        .Jobs()
                        .Select(job => job.File)
                        .Concat(atTheEnd),
                    Is.EquivalentTo(expected),
                    line.Name);
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
                Assert.That(job.Node.Map("strategy").Map("matrix").TextList("addins"), Is.EqualTo(["package", "source"]), job.Name);
            }

            Assert.That(Workflow.Of("ci").Jobs.Select(job => job.IsLinux), Is.EqualTo([true, false]));
        }
    }

    [Test]
    public void What_builds_and_attests_is_a_workflow_of_its_own_that_gets_every_input()
    {
        WorkflowJob caller = Workflow.Of("start-release").Jobs.Single();
        YamlMappingNode inputs = Workflow.Of("start-release").Root.Map("on").Map("workflow_dispatch").Map("inputs");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(caller.Node.Text("uses"), Is.EqualTo(Called));
            Assert.That(Workflow.Of("release").Root.Map("on").Children.Keys.Select(key => key.ToString()), Is.EqualTo(["workflow_call"]));
            Assert.That(
                caller.Node.Map("with").Children.Keys.Select(key => key.ToString()),
                Is.EquivalentTo(inputs.Children.Keys.Select(key => key.ToString())));
            Assert.That(
                Workflow.Of("release").Root.Map("on").Map("workflow_call").Map("inputs").Children.Keys.Select(key => key.ToString()),
                Is.EquivalentTo(inputs.Children.Keys.Select(key => key.ToString())));
        }
    }

    [TestCase("ci", "linux")]
    [TestCase("site", "look")]
    [TestCase("upkeep", "look")]
    public void Tests_run_in_the_image_that_releases_are_made_in(string workflow, string job) =>
        Assert.That(Workflow.Of(workflow).Job(job).Container, Is.EqualTo(BuildMachine.Debian.Container));

    // what is published without a person having asked for it could be a fork's
    [Test]
    public void The_site_is_published_only_when_a_person_starts_the_workflow_and_after_a_browser_has_looked_at_it()
    {
        WorkflowJob deploy = Workflow.Of("site").Job("deploy");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(deploy.Node.Text("if"), Is.EqualTo("github.event_name == 'workflow_dispatch'"));
            Assert.That(deploy.Node.Text("needs"), Is.EqualTo("look"));
            Assert.That(Workflow.Of("site").Job("look").Steps.Select(step => step.Run).OfType<string>().SelectMany(TargetsIn),
                Is.EqualTo(["SiteCheck"]));
        }
    }

    private static IEnumerable<string> NamesOf(string prefix) => Workflow.All
        .SelectMany(workflow => Expression().Matches(workflow.Text)).Select(match => match.Groups[1].Value)
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
        .Select(name => name[prefix.Length..]).Distinct();

    private static IEnumerable<string> TargetsIn(string run) => Target().Matches(run).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"\$\{\{ *([\w.]+)")]
    private static partial Regex Expression();

    [GeneratedRegex("--target=([A-Za-z]+)")]
    private static partial Regex Target();

    [GeneratedRegex(@"build\.(?:sh|ps1) .*")]
    private static partial Regex BuildCall();

    [GeneratedRegex("--([a-z][a-z-]*)")]
    private static partial Regex OptionName();
}
