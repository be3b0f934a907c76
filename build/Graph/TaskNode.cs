namespace Qcw.Build.Graph;

/// <summary>One task of the graph, read from its class's attributes.</summary>
/// <param name="Name">As <c>--target</c> takes it.</param>
/// <param name="Description">One sentence.</param>
/// <param name="Predecessors">Names of the tasks it depends on, in the order declared.</param>
/// <param name="Tools">Names from the tool catalog that it needs.</param>
/// <param name="InstallsTools">True: missing tools are installed without <c>--install-tools</c>.</param>
/// <param name="Produces">The release file it makes, or null.</param>
public sealed record TaskNode(
    string Name,
    string Description,
    IReadOnlyList<string> Predecessors,
    IReadOnlyList<string> Tools,
    bool InstallsTools,
    ProducesAttribute? Produces);
