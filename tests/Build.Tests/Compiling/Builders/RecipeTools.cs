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
            ReleaseLine line = new ReleaseLines(Repository.Paths).Load(BuildOptions.DefaultLine);
            return [.. ToolCheck.ToolsOf(graph.Nodes.Where(task => task.UsesBuilder), line, graph).Where(tool => !tool.Optional)];
        }
    }
}
