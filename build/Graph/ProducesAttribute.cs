using Qcw.Build.Model;

namespace Qcw.Build.Graph;

/// <summary>The file a task adds to the release.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ProducesAttribute(string component, string fileName) : Attribute
{
    /// <summary>The component's name in the versions file.</summary>
    public string Component { get; } = component;

    /// <summary>The file's name; <c>{version}</c> stands for the component's version, <c>{arch}</c> for the target's architecture.</summary>
    public string FileName { get; } = fileName;

    /// <summary>The file's name for a component and an architecture.</summary>
    public string FileNameFor(Component component, Architecture architecture) =>
        FileName.Replace("{version}", component.Version, StringComparison.Ordinal).Replace("{arch}", architecture.Name, StringComparison.Ordinal);
}
