namespace Qcw.Build.Components;

/// <summary>The tools that a task starts, by their names in <see cref="ToolCatalog"/>: checked before anything runs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(params string[] tools) : Attribute
{
    /// <summary>Names from the catalog.</summary>
    public IReadOnlyList<string> Tools { get; } = tools;

    /// <summary>True: they are the tools of a recipe, so they have to be where recipes run, which need not be the host.</summary>
    public bool InBuilder { get; set; }

    /// <summary>True: what is missing is installed without being asked for, because running the task is asking.</summary>
    public bool InstallsThem { get; set; }
}

/// <summary>The components that a task works for: it has nothing to do for a line that has none of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PartOfAttribute(params string[] components) : Attribute
{
    /// <summary>Names from the versions files.</summary>
    public IReadOnlyList<string> Components { get; } = components;

    /// <summary>True: it can be done for 64-bit ARM too.</summary>
    public bool Arm64 { get; set; }
}

/// <summary>The file a task adds to the release.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProducesAttribute : Attribute
{
    /// <summary>A file that is made from a component.</summary>
    public ProducesAttribute(string component, string fileName)
    {
        Component = component;
        FileName = fileName;
    }

    /// <summary>A file that is qcw's own.</summary>
    public ProducesAttribute(string fileName) => FileName = fileName;

    /// <summary>The component's name in the versions file; null: it is made from none.</summary>
    public string? Component { get; }

    /// <summary>The file's name; <c>{version}</c> stands for the component's version, <c>{arch}</c> for the target's architecture.</summary>
    public string FileName { get; }

    /// <summary>The component in a line; null: it is made from none.</summary>
    public Component? ComponentOf(ReleaseLine line) => Component is null ? null : line.Component(Component);

    /// <summary>The file's name for a line and an architecture.</summary>
    public string FileNameFor(ReleaseLine line, Architecture architecture) => FileName
        .Replace("{version}", ComponentOf(line)?.Version, StringComparison.Ordinal)
        .Replace("{arch}", architecture.Name, StringComparison.Ordinal);
}
