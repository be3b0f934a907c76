using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Brings the README up to date with the lines.</summary>
[TaskDescription("Writes the table of components and versions into README.md")]
public sealed class Readme : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        string file = Path.Combine(context.Paths.Root, "README.md");
        var loader = new ReleaseLines(context.Paths);
        ReleaseLine[] lines = [.. loader.Names.Select(name => loader.Load(name))];
        string before = File.ReadAllText(file);
        string after = ComponentTable.Replace(before, lines, Rows(context.Graph));
        if (after == before)
        {
            context.Messages.Info("README.md is up to date");
            return;
        }

        Files.Write(file, after);
        context.Messages.Info("README.md: the table of components has changed; look at it with git diff");
    }

    /// <summary>The rows of the table: what is installed comes before what is unpacked.</summary>
    public static IReadOnlyList<ShippedComponent> Rows(TaskGraph graph) =>
    [
        .. ComponentCatalog.All
            .Select(definition => new ShippedComponent(
                definition.Name, definition.Purpose,
                [
                    .. graph.Nodes
                        .Where(node => node.Product is not null && (node.Work!.Definition == definition || node.Work.Contains(definition)))
                        .OrderBy(node => node.Work!.Definition != definition)
                        .Select(node => new ShippedKind(node.Product!.Kind, node.Work!.AppliesTo)),
                ]))
            .OrderBy(row => row.Kinds.All(kind => kind.Name == Product.Zip(string.Empty).Kind))
            .ThenBy(row => row.Name, StringComparer.Ordinal),
    ];
}
