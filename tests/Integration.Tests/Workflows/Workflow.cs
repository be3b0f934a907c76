using YamlDotNet.RepresentationModel;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>A file of <c>.github/workflows</c>.</summary>
internal sealed class Workflow
{
    private readonly YamlMappingNode root;

    private Workflow(string name, string text)
    {
        (Name, Text) = (name, text);
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        root = (YamlMappingNode)yaml.Documents.Single().RootNode;
        Jobs = [.. root.Map("jobs").Children.Select(entry => new WorkflowJob(((YamlScalarNode)entry.Key).Value!, (YamlMappingNode)entry.Value))];
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Workflow> All { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, ".github", "workflows")).Order(StringComparer.Ordinal)
            .Select(file => new Workflow(Path.GetFileNameWithoutExtension(file), File.ReadAllText(file))),
    ];

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The file's text.</summary>
    public string Text { get; }

    /// <summary>The jobs in the order of the file.</summary>
    public IReadOnlyList<WorkflowJob> Jobs { get; }

    /// <summary>The whole document.</summary>
    public YamlMappingNode Root => root;

    /// <summary>The one of that name.</summary>
    public static Workflow Of(string name) => All.Single(workflow => workflow.Name == name);

    /// <summary>The job of that name.</summary>
    public WorkflowJob Job(string name) => Jobs.Single(job => job.Name == name);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
