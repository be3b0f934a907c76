namespace Qcw.Build.Model;

/// <summary>A coherent set of versions: one file in <c>build/Versions</c>.</summary>
/// <param name="Name">The file's name without its ending, what <c>--line</c> takes.</param>
/// <param name="Description">One sentence for help texts and release notes.</param>
/// <param name="SourceDateEpoch">Seconds since 1970-01-01 UTC: the only time that may end up in an output.</param>
/// <param name="Components">What is shipped.</param>
/// <param name="Libraries">The cross sysroot, in build order: each stands behind everything it needs.</param>
/// <param name="Firmware">Debian binary packages whose firmware goes into QEMU's installer; empty where QEMU's own archive has it.</param>
public sealed record Line(
    string Name,
    string Description,
    long SourceDateEpoch,
    IReadOnlyList<Component> Components,
    IReadOnlyList<Component> Libraries,
    IReadOnlyList<FirmwarePackage> Firmware)
{
    /// <summary>The Go that its Go programs need; null where it has none.</summary>
    public GoVersions? Go { get; init; }

    /// <summary>The component of that name.</summary>
    /// <exception cref="BuildException">This line does not have it.</exception>
    public Component Component(string name) =>
        Components.FirstOrDefault(component => component.Name == name)
        ?? throw new BuildException($"the line {Name} has no component {name}; it has: {string.Join(", ", Components.Select(c => c.Name))}");

    /// <summary>The library of that name.</summary>
    /// <exception cref="BuildException">This line does not have it.</exception>
    public Component Library(string name) =>
        Libraries.FirstOrDefault(library => library.Name == name)
        ?? throw new BuildException($"the line {Name} has no library {name}; it has: {string.Join(", ", Libraries.Select(c => c.Name))}");

    /// <summary>The libraries that a component is built against, direct or not, in build order.</summary>
    public IEnumerable<Component> DependenciesOf(Component component)
    {
        ArgumentNullException.ThrowIfNull(component);
        var wanted = new HashSet<string>(component.Needs);
        // from the last library to the first: each stands behind everything it needs
        foreach (Component library in Libraries.Reverse().Where(library => wanted.Contains(library.Name)))
        {
            wanted.UnionWith(library.Needs);
        }

        return Libraries.Where(library => wanted.Contains(library.Name));
    }
}
