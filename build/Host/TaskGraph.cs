using System.Reflection;
using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>The graph of tasks, read from the task classes without running Cake.</summary>
public sealed class TaskGraph : ITargets
{
    private readonly SortedDictionary<string, TaskNode> nodes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads the task classes among these types.</summary>
    public TaskGraph(IEnumerable<Type> types)
    {
        Type[] tasks = [.. types.Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IFrostingTask)))];
        // an aggregate does not list its parts: the classes of these name it
        ILookup<string, string> parts = tasks
            .SelectMany(task =>
                task.GetCustomAttributes<IsDependeeOfAttribute>().Select(edge => (Aggregate: edge.Task.Name, Part: task.Name)))
            .OrderBy(edge => edge.Part, StringComparer.Ordinal)
            .ToLookup(edge => edge.Aggregate, edge => edge.Part);
        foreach (Type task in tasks)
        {
            nodes.Add(task.Name, new TaskNode(
                task.Name,
                task.GetCustomAttribute<TaskDescriptionAttribute>()?.Description ?? string.Empty,
                [.. task.GetCustomAttributes<IsDependentOnAttribute>().Select(edge => edge.Task.Name), .. parts[task.Name]],
                Activator.CreateInstance(task)!));
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

    public string? MakerOf(string owner, Phase phase, ReleaseLine? line = null) => nodes.Values.FirstOrDefault(node =>
        node.Work is { } work && work.Makes(owner, phase) && (line is null || work.AppliesTo(line)))?.Name;

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
            throw new BuildException($"circular task dependency: {string.Join(" -> ", underway)} -> {node.Name}");
        }

        underway.Add(node.Name);
        foreach (string predecessor in node.Predecessors)
        {
            Visit(Find(predecessor), order, underway);
        }

        underway.RemoveAt(underway.Count - 1);
        order.Add(node);
    }
}

/// <summary>One task of the graph.</summary>
/// <param name="Name">As <c>--target</c> takes it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Predecessors">Names of the tasks it depends on, in the order declared.</param>
/// <param name="Task">An instance of its class, which tells the rest.</param>
public sealed record TaskNode(string Name, string Description, IReadOnlyList<string> Predecessors, object Task)
{
    /// <summary>What it does for a component; null: it works for none.</summary>
    public ComponentTask? Work => Task as ComponentTask;

    /// <summary>The release file it makes, or null.</summary>
    public Product? Product => Work?.Product;

    /// <summary>True: it runs recipes, and its tools are theirs.</summary>
    public bool UsesBuilder => Work?.UsesBuilder ?? false;

    /// <summary>True: it has no work of its own, and only stands for those that it depends on.</summary>
    public bool IsAggregate => Work is null
        && Task.GetType().GetMethod(Task is AsyncFrostingTask<BuildContext> or AsyncFrostingTask<HostContext>
            ? nameof(AsyncFrostingTask<BuildContext>.RunAsync)
            : nameof(FrostingTask<BuildContext>.Run)) is { DeclaringType.IsGenericType: true };

    /// <summary>True: it takes what the tasks of components leave, such as the release folder.</summary>
    public bool WorksForNoComponent => Task is FrostingTask<HostContext> or AsyncFrostingTask<HostContext>;

    /// <summary>True: missing tools are installed without <c>--install-tools</c>.</summary>
    public bool InstallsTools => Needs?.InstallsThem ?? false;

    /// <summary>What the command line has to say for it.</summary>
    public Requirement Requires => Task.GetType().GetCustomAttribute<RequiresAttribute>()?.Requirement ?? Requirement.Nothing;

    /// <summary>Names of the tools that it needs for a line that has something for it to do.</summary>
    public IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph) => Task switch
    {
        ComponentTask work => work.ToolsFor(line),
        INeedsTools asked => asked.ToolsFor(line, graph),
        _ => Needs?.Tools ?? [],
    };

    /// <summary>True where a line has something for it to do.</summary>
    public bool IsIn(ReleaseLine line) => Work?.AppliesTo(line) ?? true;

    /// <summary>True where a line and an architecture leave something to do for it.</summary>
    public bool HasWorkFor(ReleaseLine line, Architecture architecture) => Work?.HasWork(line, architecture) ?? true;

    /// <summary>The name of the release file it makes.</summary>
    public string FileNameFor(ReleaseLine line, Architecture architecture) =>
        Product!.NameFor(line, Work!.Definition?.In(line), architecture);

    /// <summary>Does its work now, outside Cake's own run. What it depends on has to be done.</summary>
    public async Task RunAsync(HostContext context)
    {
        using OpenEvent? record = RunRecord.Begin(context, Name);
        await WorkAsync(context);
    }

    private Task WorkAsync(HostContext context)
    {
        switch (Task)
        {
            case AsyncFrostingTask<BuildContext> task:
                return task.ShouldRun(context) ? task.RunAsync(context) : System.Threading.Tasks.Task.CompletedTask;
            case AsyncFrostingTask<HostContext> task:
                return task.ShouldRun(context) ? task.RunAsync(context) : System.Threading.Tasks.Task.CompletedTask;
            case FrostingTask<BuildContext> task:
                task.Run(context);
                break;
            case FrostingTask<HostContext> task:
                task.Run(context);
                break;
            default:
                throw new InvalidOperationException($"{Name} is a task of a kind that nothing here can run: {Task.GetType()}");
        }

        return System.Threading.Tasks.Task.CompletedTask;
    }

    private NeedsAttribute? Needs => Task.GetType().GetCustomAttribute<NeedsAttribute>();
}

/// <summary>A task whose tools depend on the line.</summary>
public interface INeedsTools
{
    /// <summary>Names of the tools that it needs.</summary>
    IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph);
}

/// <summary>What an option has to say before a task can run.</summary>
public enum Requirement
{
    /// <summary>No option is needed.</summary>
    Nothing,

    /// <summary><c>--mirror</c> names the folder that the task writes.</summary>
    MirrorToWrite,

    /// <summary><c>--tag</c> names a published release.</summary>
    Tag,

    /// <summary><c>--signing-key</c> names a private key.</summary>
    SigningKey,

    /// <summary><c>--signatures</c> names the folder of signatures.</summary>
    Signatures,

    /// <summary><c>--signatures</c> names the folder that gets them; options may name a certificate.</summary>
    SignaturesToWrite,

    /// <summary><c>--for</c>, where it is given, and <c>--patch</c> name what is there.</summary>
    Patches,

    /// <summary>The same for one component, and <c>--against</c> names another source.</summary>
    PatchesAgainst,

    /// <summary>The same for one component, and <c>--to</c> names the folder to make.</summary>
    PatchesTo,

    /// <summary><c>--for</c> names an input of the line where it is given, or has to be.</summary>
    Inputs,

    /// <summary><c>--release</c> names a published release.</summary>
    Release,

    /// <summary><c>--builder-key</c> and <c>--builder-name</c> say who attests.</summary>
    BuilderKey,

    /// <summary><c>--for</c>, where it is given, names a component or library, and <c>--advisories</c> what is there.</summary>
    Advisories,
}

/// <summary>Says which option a task needs, so that it is checked before anything starts.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresAttribute(Requirement requirement) : Attribute
{
    /// <summary>The option.</summary>
    public Requirement Requirement { get; } = requirement;
}
