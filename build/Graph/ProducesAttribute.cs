using Qcw.Build.Model;

namespace Qcw.Build.Graph;

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
    public Component? ComponentOf(Line line) => Component is null ? null : line.Component(Component);

    /// <summary>The file's name for a line and an architecture.</summary>
    public string FileNameFor(Line line, Architecture architecture) => FileName
        .Replace("{version}", ComponentOf(line)?.Version, StringComparison.Ordinal)
        .Replace("{arch}", architecture.Name, StringComparison.Ordinal);
}
