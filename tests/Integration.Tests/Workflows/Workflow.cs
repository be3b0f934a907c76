using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>A file of <c>.github/workflows</c>.</summary>
internal sealed class Workflow
{
    private Workflow(string name, string text)
    {
        (Name, Text) = (name, text);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        Root = (YamlMappingNode)yaml.Documents.Single().RootNode;
        Jobs = [.. Root.Map("jobs").Children
            .Select(entry => new WorkflowJob(this, ((YamlScalarNode)entry.Key).Value!, (YamlMappingNode)entry.Value))];
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workflow> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")).Order(StringComparer.Ordinal)
            .Select(file => new Workflow(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
    ];

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    public string Text { get; }

    public YamlMappingNode Root { get; }

    /// <summary>The jobs in the order of the file.</summary>
    public IReadOnlyList<WorkflowJob> Jobs { get; }

    public static Workflow Of(string name) => All.Single(workflow => workflow.Name == name);

    public WorkflowJob Job(string name) => Jobs.Single(job => job.Name == name);

    public override string ToString() => Name;
}

/// <summary>One job of a workflow.</summary>
internal sealed class WorkflowJob
{
    public WorkflowJob(Workflow workflow, string name, YamlMappingNode node)
    {
        (Name, Node) = (name, node);
        string? shell = node.Map("defaults").Map("run").Text("shell") ?? workflow.Root.Map("defaults").Map("run").Text("shell");
        Steps = [.. node.List("steps").Select(step => new WorkflowStep((YamlMappingNode)step, shell))];
    }

    public string Name { get; }

    public YamlMappingNode Node { get; }

    public IReadOnlyList<WorkflowStep> Steps { get; }

    /// <summary>True for one whose machine is not Windows, at least not always.</summary>
    public bool IsLinux => !Node.Text("runs-on")!.Contains("windows", StringComparison.Ordinal);

    /// <summary>The image that it runs in, or null.</summary>
    public string? Container => Node.Child("container") is YamlMappingNode container ? container.Text("image") : Node.Text("container");
}

/// <summary>One step of a job.</summary>
internal sealed class WorkflowStep(YamlMappingNode node, string? defaultShell)
{
    public YamlMappingNode Node => node;

    /// <summary>The lines that a shell runs, or null.</summary>
    public string? Run => node.Text("run");

    /// <summary>The shell that runs them.</summary>
    public string? Shell => node.Text("shell") ?? defaultShell;

    /// <summary>The action that it runs with its pin, or null.</summary>
    public string? Uses => node.Text("uses");

    /// <summary>When it runs, or null.</summary>
    public string? If => node.Text("if");

    /// <summary>The environment variables that it adds, with expressions.</summary>
    public Dictionary<string, string> Environment => node.Map("env").Texts().ToDictionary(entry => entry.Key, entry => entry.Value);

    /// <summary>False where its condition asks for another system than this: <c>Linux</c> or <c>Windows</c>.</summary>
    public bool RunsOn(string system) => If?.StartsWith("runner.os", StringComparison.Ordinal) != true || If == $"runner.os == '{system}'";

    /// <summary>What the action is given.</summary>
    public string? With(string input) => node.Map("with").Text(input);
}

/// <summary>Looks into YAML.</summary>
internal static class YamlNodes
{
    /// <summary>What is under a key, or null.</summary>
    public static YamlNode? Child(this YamlMappingNode node, string key) =>
        node.Children.TryGetValue(new YamlScalarNode(key), out YamlNode? child) ? child : null;

    /// <summary>The text under a key, or null.</summary>
    public static string? Text(this YamlMappingNode node, string key) => (node.Child(key) as YamlScalarNode)?.Value;

    /// <summary>The mapping under a key; an empty one where there is none.</summary>
    public static YamlMappingNode Map(this YamlMappingNode node, string key) => node.Child(key) as YamlMappingNode ?? [];

    /// <summary>The list under a key; an empty one where there is none.</summary>
    public static IEnumerable<YamlNode> List(this YamlMappingNode node, string key) => node.Child(key) as YamlSequenceNode ?? [];

    /// <summary>The list of texts under a key; an empty one where there is none.</summary>
    public static IEnumerable<string> TextList(this YamlMappingNode node, string key) => node.List(key)
        .Select(item => ((YamlScalarNode)item).Value!);

    /// <summary>Keys and texts of a mapping.</summary>
    public static IEnumerable<(string Key, string Value)> Texts(this YamlMappingNode node) =>
        node.Children.Select(entry => (((YamlScalarNode)entry.Key).Value!, ((YamlScalarNode)entry.Value).Value!));
}
