namespace Qcw.Build.Graph;

/// <summary>The components that a task works for: it has nothing to do for a line that has none of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PartOfAttribute(params string[] components) : Attribute
{
    /// <summary>Names from the versions files.</summary>
    public IReadOnlyList<string> Components { get; } = components;

    /// <summary>True: it can be done for 64-bit ARM too.</summary>
    public bool Arm64 { get; set; }
}
