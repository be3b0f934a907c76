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

    /// <summary>True for one whose machine is not Windows, at least not always.</summary>
    public bool IsLinux => !node.Text("runs-on")!.Contains("windows", StringComparison.Ordinal);

    /// <summary>The image that it runs in, or null.</summary>
    public string? Container => node.Child("container") is YamlMappingNode container ? container.Text("image") : node.Text("container");
}
