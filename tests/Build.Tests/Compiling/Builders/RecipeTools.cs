using Qcw.Build.Host;

namespace Qcw.Build.Tests.Compiling.Builders;

/// <summary>What the recipes of all tasks start, whatever the line.</summary>
internal static class RecipeTools
{
    public static IReadOnlyList<Tool> All
    {
        get
        {
            var graph = TaskGraph.OfHost();
            return
            [
                .. Repository.Lines.Names.Select(name => Repository.Lines.Load(name))
                    .SelectMany(line => ToolCheck.ToolsOf(graph.Nodes.Where(task => task.UsesBuilder && task.IsIn(line)), line, graph))
                    .Where(tool => !tool.Optional).Distinct(),
            ];
        }
    }
}
