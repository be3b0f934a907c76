using Qcw.Build.Components;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Host;

/// <summary>What must hold of the graph, whatever tasks are added.</summary>
public sealed class TaskGraphTests
{
    private static readonly TaskGraph TheGraph = TaskGraph.OfHost();

    [Test]
    public void Has_no_cycle() =>
        Assert.That(() => TheGraph.Closure(TheGraph.Nodes.Select(node => node.Name)), Throws.Nothing);

    [Test]
    public void Every_task_is_described() =>
        Assert.That(TheGraph.Nodes.Where(node => node.Description.Length < 10).Select(node => node.Name), Is.Empty);

    [Test]
    public void Every_task_bears_the_name_of_its_class()
    {
        string[] classes = [.. typeof(BuildContext).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Cake.Frosting.IFrostingTask)))
            .Select(type => type.Name)];
        Assert.That(TheGraph.Nodes.Select(node => node.Name), Is.EquivalentTo(classes));
    }

    [Test]
    public void Every_component_is_reachable_from_Release()
    {
        string[] components = [.. Directory.GetDirectories(Path.Combine(Repository.Root, "build", "Components")).Select(folder => Path.GetFileName(folder)!)];
        string[] reached = [.. TheGraph.Closure("Release").Select(node => node.Name)];
        Assert.That(components.Where(component => !reached.Any(name => name.StartsWith(component, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void Every_task_of_a_component_is_reachable_from_Release()
    {
        HashSet<string> reached = [.. TheGraph.Closure("Release").Select(node => node.Name)];
        string[] ofComponents = [.. typeof(BuildContext).Assembly.GetExportedTypes()
            .Where(type => type.Namespace!.StartsWith("Qcw.Build.Components.", StringComparison.Ordinal) && type.IsAssignableTo(typeof(Cake.Frosting.IFrostingTask)))
            .Select(type => type.Name)];
        Assert.That(ofComponents.Where(name => !reached.Contains(name)), Is.Empty);
    }

    [Test]
    public void Every_tool_that_a_task_names_is_in_the_catalog() =>
        Assert.That(
            TheGraph.Nodes.SelectMany(node => node.Tools).Distinct().Where(name => !ToolCatalog.All.Any(tool => tool.Name == name)),
            Is.Empty);

    [Test]
    public void Every_artifact_of_a_component_belongs_to_one_of_the_default_line()
    {
        ReleaseLine line = new ReleaseLines(Repository.Paths).Load(BuildOptions.DefaultLine);
        Assert.That(
            TheGraph.Nodes.Where(node => node.Produces?.Component is not null).Select(node => node.Produces!.Component!).Distinct(),
            Is.SubsetOf(line.Components.Select(component => component.Name)));
    }

    [Test]
    public void QemuInstaller_does_nothing_of_other_components() =>
        Assert.That(
            TheGraph.Closure("QemuInstaller").Select(node => node.Name),
            Is.EqualTo(["QemuFetch", "QemuPatch", "SysrootFetch", "ToolchainCompile", "SysrootCompile", "QemuCompile", "QemuInstaller"]));

    [Test]
    public void The_script_that_knows_checksums_is_made_when_all_other_files_are_there()
    {
        string[] producers = [.. TheGraph.Closure("Release").Where(node => node.Produces is not null).Select(node => node.Name)];
        Assert.That(producers[^1], Is.EqualTo("UtilsScript"));
    }

    [Test]
    public void A_mistyped_target_gets_the_nearest_one() =>
        Assert.That(
            () => TheGraph.Find("Relaese"),
            Throws.TypeOf<UsageException>().With.Message.Contains("unknown target Relaese; did you mean Release?"));

    [Test]
    public void A_cycle_is_named() =>
        Assert.That(
            () => new TaskGraph([typeof(A), typeof(B)]).Closure("A"),
            Throws.TypeOf<BuildException>().With.Message.Contains("A -> B -> A"));

    [Cake.Frosting.IsDependentOn(typeof(B))]
    private sealed class A : Cake.Frosting.FrostingTask<BuildContext>;

    [Cake.Frosting.IsDependentOn(typeof(A))]
    private sealed class B : Cake.Frosting.FrostingTask<BuildContext>;
}
