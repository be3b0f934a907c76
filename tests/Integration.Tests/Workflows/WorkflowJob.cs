using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>One job of a workflow.</summary>
internal sealed class WorkflowJob(string name, YamlMappingNode node)
{
    /// <summary>Its key.</summary>
    public string Name => name;

    /// <summary>As the file has it.</summary>
    public YamlMappingNode Node => node;

    /// <summary>Its steps, in order.</summary>
    public IReadOnlyList<WorkflowStep> Steps { get; } = [.. node.List("steps").Select(step => new WorkflowStep((YamlMappingNode)step))];

    /// <summary>True for one whose machine is not Windows.</summary>
    public bool IsLinux => !node.Text("runs-on")!.Contains("windows", StringComparison.Ordinal);

    /// <summary>The image that it runs in, or null.</summary>
    public string? Container => node.Child("container") is YamlMappingNode container ? container.Text("image") : node.Text("container");
}

/// <summary>One step of a job.</summary>
internal sealed class WorkflowStep(YamlMappingNode node)
{
    /// <summary>As the file has it.</summary>
    public YamlMappingNode Node => node;

    /// <summary>What other steps call it, or null.</summary>
    public string? Id => node.Text("id");

    /// <summary>The lines that a shell runs, or null.</summary>
    public string? Run => node.Text("run");

    /// <summary>The action that it runs with its pin, or null.</summary>
    public string? Uses => node.Text("uses");

    /// <summary>When it runs, or null.</summary>
    public string? If => node.Text("if");

    /// <summary>What the action is given.</summary>
    public string? With(string input) => (node.Child("with") as YamlMappingNode)?.Text(input);
}
