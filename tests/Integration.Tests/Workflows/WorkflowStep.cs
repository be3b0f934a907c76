using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>One step of a job.</summary>
internal sealed class WorkflowStep(YamlMappingNode node)
{
    /// <summary>What a condition calls the system of the machine.</summary>
    public const string SystemName = "runner.os";

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

    /// <summary>True where its condition, if it asks for the machine's system, wants this one: <c>Linux</c> or <c>Windows</c>.</summary>
    public bool RunsOn(string system) =>
        If?.StartsWith(SystemName, StringComparison.Ordinal) != true || new Expressions(new Dictionary<string, string> { [SystemName] = system }).Holds(If);

    /// <summary>What the action is given.</summary>
    public string? With(string input) => (node.Child("with") as YamlMappingNode)?.Text(input);
}
