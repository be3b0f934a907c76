using Qcw.Build.Model;

namespace Qcw.Build.Graph;

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
    public bool IsIn(Line line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return PartOf is null || line.Components.Any(component => PartOf.Components.Contains(component.Name));
    }

    /// <summary>True where a line and an architecture leave something to do for it.</summary>
    public bool HasWorkFor(Line line, Architecture architecture) => IsIn(line) && WorksFor(architecture);

    /// <summary>True where it can be done for an architecture.</summary>
    public bool WorksFor(Architecture architecture) => PartOf is null || PartOf.Arm64 || architecture == Architecture.X64;
}
