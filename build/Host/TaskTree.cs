using System.Text;

namespace Qcw.Build.Host;

/// <summary>Draws the graph. Cake's own drawing leaves out the parts of an aggregate, which are declared at the part.</summary>
public static class TaskTree
{
    /// <summary>Every task that no other depends on, with all it depends on below it. What was drawn before is only named.</summary>
    public static string Draw(TaskGraph graph)
    {
        var text = new StringBuilder();
        var drawn = new HashSet<string>();
        HashSet<string> inner = [.. graph.Nodes.SelectMany(node => node.Predecessors)];
        foreach (TaskNode root in graph.Nodes.Where(node => !inner.Contains(node.Name)))
        {
            text.Append(root.Name).Append('\n');
            Draw(graph, root, string.Empty, text, drawn);
        }

        return text.ToString().TrimEnd('\n');
    }

    private static void Draw(TaskGraph graph, TaskNode node, string indent, StringBuilder text, HashSet<string> drawn)
    {
        for (int i = 0; i < node.Predecessors.Count; i++)
        {
            TaskNode predecessor = graph.Find(node.Predecessors[i]);
            bool last = i == node.Predecessors.Count - 1;
            bool again = !drawn.Add(predecessor.Name) && predecessor.Predecessors.Count > 0;
            text.Append(indent)
                .Append(last ? "└─" : "├─")
                .Append(predecessor.Name)
                .Append(again ? " (see above)" : string.Empty)
                .Append('\n');
            if (!again)
            {
                Draw(graph, predecessor, indent + (last ? "  " : "│ "), text, drawn);
            }
        }
    }
}
