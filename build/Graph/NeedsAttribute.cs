namespace Qcw.Build.Graph;

/// <summary>The tools that a task starts, by their names in <see cref="Tools.ToolCatalog"/>: checked before anything runs.</summary>
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
