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
    public void Every_task_has_the_name_of_its_class()
    {
        string[] classes = [.. typeof(BuildContext).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(Cake.Frosting.IFrostingTask)))
            .Select(type => type.Name)];
        Assert.That(TheGraph.Nodes.Select(node => node.Name), Is.EquivalentTo(classes));
    }

    [Test]
    public void Every_component_is_reachable_from_Release()
    {
        string?[] reached =
            [.. TheGraph.Closure("Release").Where(node => node.Product is not null).Select(node => node.Work!.Definition?.Name)];
        Assert.That(ComponentCatalog.All.Select(definition => definition.Name), Is.SubsetOf(reached));
    }

    [Test]
    public void Every_task_of_a_component_is_reachable_from_Release()
    {
        HashSet<string> reached = [.. TheGraph.Closure("Release").Select(node => node.Name)];
        string[] ofComponents = [.. typeof(BuildContext).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ComponentTask))).Select(type => type.Name)];
        Assert.That(ofComponents.Where(name => !reached.Contains(name)), Is.Empty);
    }

    [Test]
    public void Every_tool_that_a_task_names_is_in_the_catalog() =>
        Assert.That(
            Lines
                .SelectMany(line => TheGraph.Nodes.Where(node => node.IsIn(line)).SelectMany(node => node.ToolsFor(line, TheGraph)))
                .Distinct()
                .Where(name => !ToolCatalog.All.Any(tool => tool.Name == name)),
            Is.Empty);

    [Test]
    public void Every_artifact_of_a_component_belongs_to_one_of_a_line()
    {
        Assert.That(
            TheGraph.Nodes.Where(node => node.Product is not null).Select(node => node.Work!.Definition?.Name).OfType<string>().Distinct(),
            Is.SubsetOf(Lines.SelectMany(line => line.Components).Select(component => component.Name)));
    }

    [Test]
    public void An_order_has_each_task_once_and_behind_all_that_it_depends_on()
    {
        foreach (TaskNode target in TheGraph.Nodes)
        {
            string[] order = [.. TheGraph.Closure(target.Name).Select(node => node.Name)];
            Assert.That(order, Is.Unique, target.Name);
            foreach (string name in order)
            {
                Assert.That(TheGraph.Find(name).Predecessors, Is.SubsetOf(order[..Array.IndexOf(order, name)]), name);
            }
        }
    }

    [Test]
    public void QemuInstaller_does_nothing_of_other_components() =>
        Assert.That(
            TheGraph.Closure("QemuInstaller").Select(node => node.Work!.Definition?.Name).OfType<string>().Distinct(),
            Is.EqualTo(["qemu"]));

    [TestCase("toolchain", "ToolchainCompile"), TestCase("glib", "SysrootCompile"), TestCase("qemu", "QemuCompile")]
    public void The_target_that_compiles_something_is_found_and_applies_to_every_line_that_has_it(string owner, string expected)
    {
        string? target = TheGraph.MakerOf(owner, Phase.Compile);
        Assert.That(target, Is.EqualTo(expected));
        var lines = new ReleaseLines(Repository.Paths);
        foreach (ReleaseLine line in lines.Names.Select(name => lines.Load(name)))
        {
            ReleaseLine onlyXz = line with { Components = [line.Component("xz")] };
            foreach (ReleaseLine one in (ReleaseLine[])[line, onlyXz])
            {
                bool needed = one.Components.Any(component =>
                    component.Name == owner || one.DependenciesOf(component).Any(library => library.Name == owner));
                Assert.That(TheGraph.Find(target!).IsIn(one), Is.EqualTo(needed), line.Name);
            }
        }
    }

    [Test]
    public void Every_step_of_a_component_can_be_named_where_it_has_not_run()
    {
        foreach (ComponentTask task in TheGraph
                .Nodes.Select(node => node.Work)
                .OfType<ComponentTask>()
                .Where(task => task.Definition is not null))
        {
            Assert.That(TheGraph.MakerOf(task.Definition!.Name, task.Phase), Is.Not.Null, task.GetType().Name);
        }
    }

    [Test]
    public void The_script_that_knows_checksums_is_made_when_all_other_files_are_there()
    {
        string[] producers = [.. TheGraph.Closure("Release").Where(node => node.Product is not null).Select(node => node.Name)];
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

    private static IEnumerable<ReleaseLine> Lines => Repository.Lines.Names.Select(name => Repository.Lines.Load(name));

    [Cake.Frosting.IsDependentOn(typeof(B))]
    private sealed class A : Cake.Frosting.FrostingTask<BuildContext>;

    [Cake.Frosting.IsDependentOn(typeof(A))]
    private sealed class B : Cake.Frosting.FrostingTask<BuildContext>;
}
