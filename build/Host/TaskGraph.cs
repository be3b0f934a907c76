using System.Reflection;
using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>The graph of tasks, read from the attributes of the task classes without running Cake.</summary>
public sealed class TaskGraph
{
    private readonly SortedDictionary<string, TaskNode> nodes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the task classes among these types.</summary>
    public TaskGraph(IEnumerable<Type> types)
    {
        foreach (Type type in types.Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask))))
        {
            nodes.Add(NameOf(type), new TaskNode(
                NameOf(type),
                type.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty,
                [.. type.GetCustomAttributes<IsDependentOnAttribute>().Select(dependency => NameOf(dependency.Task))],
                type.GetCustomAttribute<NeedsAttribute>()?.Tools ?? [],
                type.GetCustomAttribute<NeedsAttribute>()?.InstallsThem ?? false,
                type.GetCustomAttribute<NeedsAttribute>()?.InBuilder ?? false,
                type.GetCustomAttribute<ProducesAttribute>(),
                type.GetCustomAttribute<PartOfAttribute>()));
        }
    }

    /// <summary>The tasks of this program: Cake finds the same, the public ones.</summary>
    public static TaskGraph OfHost() => new(typeof(TaskGraph).Assembly.GetExportedTypes());

    /// <summary>All tasks, sorted by name.</summary>
    public IReadOnlyCollection<TaskNode> Nodes => nodes.Values;

    /// <summary>The task of that name; upper and lower case do not matter.</summary>
    /// <exception cref="UsageException">There is none; the message has the nearest one.</exception>
    public TaskNode Find(string name)
    {
        if (nodes.TryGetValue(name, out TaskNode? node))
        {
            return node;
        }

        string? nearest = Nearest.Match(name, nodes.Keys);
        string hint = nearest is null ? string.Empty : $"; did you mean {nearest}?";
        throw new UsageException($"unknown target {name}{hint} (--help lists all)");
    }

    /// <summary>A task and all it depends on, each behind what it depends on: the order in which Cake runs them.</summary>
    /// <exception cref="BuildException">The graph has a cycle.</exception>
    public IReadOnlyList<TaskNode> Closure(params IEnumerable<string> targets)
    {
        var order = new List<TaskNode>();
        var underway = new List<string>();
        foreach (string target in targets)
        {
            Visit(Find(target), order, underway);
        }

        return order;
    }

    private void Visit(TaskNode node, List<TaskNode> order, List<string> underway)
    {
        if (order.Contains(node))
        {
            return;
        }

        if (underway.Contains(node.Name))
        {
            throw new BuildException($"the tasks depend on each other in a circle: {string.Join(" -> ", underway)} -> {node.Name}");
        }

        underway.Add(node.Name);
        foreach (string predecessor in node.Predecessors)
        {
            Visit(Find(predecessor), order, underway);
        }

        underway.RemoveAt(underway.Count - 1);
        order.Add(node);
    }

    private static string NameOf(Type type) => type.GetCustomAttribute<TaskNameAttribute>()?.Name ?? type.Name;
}

/// <summary>One task of the graph, read from its class's attributes.</summary>
/// <param name="Name">As <c>--target</c> takes it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Predecessors">Names of the tasks it depends on, in the order declared.</param>
/// <param name="Tools">Names from the tool catalog that it needs.</param>
/// <param name="InstallsTools">True: missing tools are installed without <c>--install-tools</c>.</param>
/// <param name="UsesBuilder">True: it runs recipes, and its tools are theirs.</param>
/// <param name="Produces">The release file it makes, or null.</param>
/// <param name="PartOf">The components it works for; null: it belongs to none.</param>
public sealed record TaskNode(
    string Name,
    string Description,
    IReadOnlyList<string> Predecessors,
    IReadOnlyList<string> Tools,
    bool InstallsTools,
    bool UsesBuilder,
    ProducesAttribute? Produces,
    PartOfAttribute? PartOf)
{
    /// <summary>True where a line has something for it to do.</summary>
    public bool IsIn(ReleaseLine line) => PartOf is null || line.Components.Any(component => PartOf.Components.Contains(component.Name));

    /// <summary>True where a line and an architecture leave something to do for it.</summary>
    public bool HasWorkFor(ReleaseLine line, Architecture architecture) => IsIn(line) && WorksFor(architecture);

    /// <summary>True where it can be done for an architecture.</summary>
    public bool WorksFor(Architecture architecture) => PartOf is null || PartOf.Arm64 || architecture == Architecture.X64;
}
