namespace Qcw.Build.Catalog;

/// <summary>A coherent set of versions: one file in <c>build/Catalog/Versions</c>.</summary>
/// <param name="Name">The file's name without its ending, what <c>--line</c> takes.</param>
/// <param name="Description">One sentence for help texts and release notes.</param>
/// <param name="SourceDateEpoch">Seconds since 1970-01-01 UTC: the only time that may end up in an output.</param>
/// <param name="Components">What is shipped.</param>
/// <param name="Libraries">The cross sysroot, in build order: each comes after everything it needs.</param>
/// <param name="Firmware">Debian binary packages whose firmware goes into QEMU's installer; empty where QEMU's own archive has it.</param>
public sealed record ReleaseLine(
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
        ?? throw new BuildException(
            $"the line {Name} has no component {name}; it has: {string.Join(", ", Components.Select(c => c.Name))}");

    /// <summary>The library of that name.</summary>
    /// <exception cref="BuildException">This line does not have it.</exception>
    public Component Library(string name) =>
        Libraries.FirstOrDefault(library => library.Name == name)
        ?? throw new BuildException($"the line {Name} has no library {name}; it has: {string.Join(", ", Libraries.Select(c => c.Name))}");

    /// <summary>The libraries that a component is built against, direct or not, in build order.</summary>
    public IEnumerable<Component> DependenciesOf(Component component)
    {
        var wanted = new HashSet<string>(component.Needs);
        // from the last library to the first: each comes after everything it needs
        foreach (Component library in Libraries.Reverse().Where(library => wanted.Contains(library.Name)))
        {
            wanted.UnionWith(library.Needs);
        }

        return Libraries.Where(library => wanted.Contains(library.Name));
    }
}

/// <summary>The Go that a line's programs are built with: newer and older ones fail to build them, or build other programs.</summary>
/// <param name="Minimum">The oldest that fits.</param>
/// <param name="Below">The oldest that is too new.</param>
/// <param name="Sdk">What is fetched where the host has no Go that fits; null: nothing.</param>
public sealed record GoVersions(Version Minimum, Version Below, GoSdk? Sdk)
{
    /// <summary>True for a version that builds the line.</summary>
    public bool Fits(Version version) => version >= Minimum && version < Below;

    /// <summary>For messages.</summary>
    public string Wanted => $"Go {Minimum} or newer, below {Below}";
}

/// <summary>A release of Go, as its authors publish it for several hosts, and as Debian does.</summary>
/// <param name="Version">Three numbers: <c>1.20.14</c>.</param>
/// <param name="Archives">By host, as Go names it: <c>linux-amd64</c>, <c>windows-amd64</c>.</param>
public sealed record GoSdk(string Version, IReadOnlyDictionary<string, ArchiveSource> Archives)
{
    /// <summary>The name of the component that an SDK is fetched as; no component of a line may have it.</summary>
    public const string ComponentName = "go";

    /// <summary>Debian's packages of the same release, by host; fetched where there is no archive, or it cannot be had.</summary>
    public IReadOnlyDictionary<string, DebianPackagesSource> Packages { get; init; } = new Dictionary<string, DebianPackagesSource>();

    /// <summary>Where its newer versions are looked for; null: nowhere.</summary>
    public UpstreamWatch? Watch { get; init; }

    /// <summary>The SDKs for all hosts, sorted by host.</summary>
    public IEnumerable<Component> All =>
        Archives.Keys.Union(Packages.Keys).Order(StringComparer.Ordinal).Select(For).OfType<Component>();

    /// <summary>The SDK for a host as something that can be fetched, or null where the line pins none for it.</summary>
    public Component? For(string host)
    {
        Source[] sources = [.. new Source?[] { Archives.GetValueOrDefault(host), Packages.GetValueOrDefault(host) }.OfType<Source>()];
        return sources.Length == 0 ? null : new Component(ComponentName, Version, sources[0], [], [], [])
        {
            Alternatives = sources[1..],
            Watch = Watch,
        };
    }
}

/// <summary>
/// A Debian binary package that firmware files are taken from. Debian updates these, so their pin is the archive's signature (Release,
/// Packages, sha256, checked by apt with Debian's keyring); the version that went in is recorded.
/// </summary>
/// <param name="Package">The binary package: <c>seabios</c>.</param>
/// <param name="Suite">Debian's code name of the suite: <c>bookworm</c>.</param>
/// <param name="Files">Paths inside the package, each without the leading slash; a <c>*</c> matches within a file name.</param>
public sealed record FirmwarePackage(string Package, string Suite, IReadOnlyList<string> Files)
{
    /// <summary>The name of the component that the firmware is for.</summary>
    public const string ComponentName = "qemu";

    /// <summary>The licence of the firmware, an SPDX expression; null: the line does not say.</summary>
    public string? Licence { get; init; }

    /// <summary>
    /// Files that get another name, because QEMU or who uses it looks for that one: the path inside the package to the name.
    /// </summary>
    public IReadOnlyDictionary<string, string> As { get; init; } = new Dictionary<string, string>();
}
