using Qcw.Build.Packaging;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>
/// All that is particular to a component, apart from its versions: those are in the lines. Targets, aggregates, the tools they need, the
/// content of mirrors, cache keys, the front page's table and the release notes follow from it and from the task classes beside it.
/// </summary>
/// <param name="name">The name in the lines.</param>
public abstract class ComponentDefinition(string name)
{
    /// <summary>The name in the lines: <c>gvisor-tap-vsock</c>.</summary>
    public string Name { get; } = name;

    /// <summary>What it is for, in a few words of Markdown: the front page's table.</summary>
    public required string Purpose { get; init; }

    /// <summary>True: it can be built for 64-bit ARM too.</summary>
    public bool Arm64 { get; init; }

    /// <summary>True: the line's firmware packages are for it.</summary>
    public bool TakesFirmware { get; init; }

    /// <summary>The component of a line.</summary>
    /// <exception cref="BuildException">The line does not have it.</exception>
    public Component In(ReleaseLine line) => line.Component(Name);

    /// <summary>The component of a line, or null where the line does not have it.</summary>
    public Component? Find(ReleaseLine line) => line.Components.FirstOrDefault(component => component.Name == Name);

    /// <summary>What the component's source carries of others, as far as it is in some installed files; default: nothing.</summary>
    /// <param name="component">The component of the line.</param>
    /// <param name="source">Its source tree, a full path.</param>
    /// <param name="by">How what is packed was made.</param>
    /// <param name="files">Those of its files that are installed.</param>
    /// <exception cref="BuildException">The source does not say which version it is.</exception>
    public virtual IEnumerable<Part> Bundled(Component component, string source, Provenance by, IReadOnlyList<InstalledFile> files) => [];

    /// <summary>What winget and Scoop are told about it; null: nothing.</summary>
    /// <param name="component">The component of the line that was released.</param>
    /// <param name="files">Its files in the release, at least one.</param>
    /// <exception cref="BuildException">A file is not what its name says.</exception>
    public virtual Package? PackageOf(Component component, IReadOnlyList<(Product Product, ReleasedFile File)> files) => null;

    /// <summary>True where <see cref="PackageOf"/> gives a package; only then do its files have to be in the release.</summary>
    public virtual bool HasPackage => false;

    /// <summary>True where <see cref="PackageOf"/> reads MSIs.</summary>
    public virtual bool PackageReadsMsis => false;
}

/// <summary>A file that a component adds to the release.</summary>
/// <param name="FileName">
/// <c>{version}</c> and <c>{arch}</c> are the component's version and the architecture, <c>{line}</c> is the name of the line.
/// </param>
/// <param name="Kind">What it is, in a few words: the front page's table.</param>
/// <param name="HowTo">How it is installed, for the release notes; <c>{file}</c> is its name.</param>
public sealed record Product(string FileName, string Kind, string HowTo)
{
    /// <summary>
    /// The category of its tests: the component's name, or, where it is made from none, by default its file's name without the ending.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>A zip with programs in <c>bin</c>.</summary>
    public static Product Zip(string fileName) => new(fileName, "zip", "unpack it into a folder of your choice and put its `bin` on PATH.");

    /// <summary>A setup program made with NSIS.</summary>
    public static Product Setup(string fileName) =>
        new(
            fileName, "setup program",
            "start it and follow it; for you alone it needs no administrator. Without questions: `{file} /S /CurrentUser` or "
                + "`{file} /S /AllUsers`, into a folder of your choice: `{file} /S /D=C:\\folder` (`/D` last, without quotes).");

    /// <summary>The file's name for a line, a version and an architecture.</summary>
    /// <param name="line">Its name is put in place of <c>{line}</c>.</param>
    /// <param name="component">Null for a file of qcw's own, whose name has no version.</param>
    /// <param name="architecture">What it is built for.</param>
    public string NameFor(ReleaseLine line, Component? component, Architecture architecture) =>
        NameFor(component, architecture).Replace("{line}", line.Name, StringComparison.Ordinal);

    /// <summary>The file's name for a version and an architecture.</summary>
    /// <param name="component">Null for a file of qcw's own, whose name has no version.</param>
    /// <param name="architecture">What it is built for.</param>
    public string NameFor(Component? component, Architecture architecture) => FileName
        .Replace("{version}", component?.Version, StringComparison.Ordinal)
        .Replace("{arch}", architecture.Name, StringComparison.Ordinal);
}

/// <summary>Every component that a task works for. It is read from the task classes, so there is no list to add to.</summary>
public static class ComponentCatalog
{
    private static readonly Lazy<IReadOnlyList<ComponentDefinition>> Definitions = new(() =>
    [
        .. typeof(ComponentCatalog).Assembly.GetExportedTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(ComponentTask)))
            .Select(type => ((ComponentTask)Activator.CreateInstance(type)!).Definition).OfType<ComponentDefinition>()
            .Distinct().OrderBy(definition => definition.Name, StringComparer.Ordinal),
    ]);

    /// <summary>All of them, sorted by name.</summary>
    public static IReadOnlyList<ComponentDefinition> All => Definitions.Value;

    /// <summary>The definition of a component.</summary>
    /// <exception cref="BuildException">A line has a component that nothing here defines.</exception>
    public static ComponentDefinition Find(string name) => All.FirstOrDefault(definition => definition.Name == name)
        ?? throw new BuildException($"nothing defines the component {name}: add build/Components/{name}.cs, or take it out of the line");
}
