namespace Qcw.Build.Catalog;

/// <summary>The folders of a component; <see cref="Component.Id"/> is the stem of their names.</summary>
public static class ComponentPaths
{
    /// <summary>A fetched tool, unpacked.</summary>
    public static string Tool(this Paths paths, Component tool) => paths.Tool(tool.Id);

    /// <summary>The source tree of a component.</summary>
    public static string Source(this Paths paths, Component component) => paths.Source(component.Id);

    /// <summary>The compiler's build folder of a component.</summary>
    public static string Build(this Paths paths, Component component) => paths.Build(component.Id);

    /// <summary>What compiling a component installs.</summary>
    public static string Stage(this Paths paths, Component component) => paths.Stage($"{component.Id}-{paths.Architecture}");
}
