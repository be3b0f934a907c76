using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Tools;

namespace Qcw.Build.Tasks;

/// <summary>Says what the host has and what it lacks.</summary>
[TaskName(nameof(Doctor))]
[TaskDescription("Lists every tool that a target needs (--for=TARGET), found, wanted, how to install it")]
public sealed class Doctor : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IEnumerable<TaskNode> tasks = context.Options.For is { } target ? context.Graph.Closure(target) : context.Graph.Nodes;
        FoundTool[] tools = [.. ToolCheck.ToolsOf(tasks, context.Line).Select(context.Tools.Find)];
        context.Messages.Info($"Tools for {context.Options.For ?? "all targets"} of the line {context.Line.Name}:");
        foreach (FoundTool tool in tools)
        {
            context.Messages.Info("  " + ToolCheck.Describe(tool));
        }

        string[] missing = [.. tools.Where(tool => !tool.Fits && !tool.Tool.Optional).Select(tool => tool.Tool.Name)];
        if (missing.Length > 0)
        {
            throw new UsageException($"{missing.Length} needed tools are missing or too old: {string.Join(", ", missing)}");
        }
    }
}
