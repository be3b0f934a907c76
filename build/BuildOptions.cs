using Qcw.Build.Compiling.Container;
using Qcw.Build.Fetching;
using Qcw.Build.Model;

namespace Qcw.Build;

/// <summary>What the command line said. Defaults stand here; names and meanings in <see cref="CommandLine.OptionTable"/>.</summary>
public sealed record BuildOptions
{
    /// <summary>The line that the README documents.</summary>
    public const string DefaultLine = "2023.04";

    /// <summary>What <c>--builder</c> takes.</summary>
    public static readonly IReadOnlyList<string> Builders = ["auto", "msys2", "container", "host"];

    /// <summary>What <c>--engine</c> takes.</summary>
    public static readonly IReadOnlyList<string> Engines = ["auto", "docker", "podman"];

    /// <summary>The targets in the order given.</summary>
    public IReadOnlyList<string> Targets { get; init; } = ["Default"];

    /// <summary>The line's name.</summary>
    public string Line { get; init; } = DefaultLine;

    /// <summary>What to build for.</summary>
    public Architecture Architecture { get; init; } = Architecture.X64;

    /// <summary>A full path or an http(s) URL, or null.</summary>
    public string? Mirror { get; init; }

    /// <summary>True: that mirror is what is made.</summary>
    public bool WritesMirror => Targets.Contains(nameof(Tasks.Mirror), StringComparer.OrdinalIgnoreCase);

    /// <summary>What is said about fetching.</summary>
    public FetchOptions Fetching => new(Mirror, Offline, Downloads, RefreshFirmware) { WritesMirror = WritesMirror };

    /// <summary>True: manifests are made, which need a tag.</summary>
    public bool WritesManifests => Targets.Contains(nameof(Tasks.Manifests), StringComparer.OrdinalIgnoreCase);

    /// <summary>True: the network is not used.</summary>
    public bool Offline { get; init; }

    /// <summary>Compiler processes at a time.</summary>
    public int Jobs { get; init; } = System.Environment.ProcessorCount;

    /// <summary>Downloads at a time.</summary>
    public int Downloads { get; init; } = 4;

    /// <summary>One of <see cref="Builders"/>.</summary>
    public string Builder { get; init; } = "auto";

    /// <summary>One of <see cref="Engines"/>.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>What container images stand on, or null for the one that ContainerBase makes.</summary>
    public BaseReference? ContainerBase { get; init; }

    /// <summary>What a container may use of the machine.</summary>
    public ContainerLimits Limits { get; init; } = ContainerLimits.None;

    /// <summary>True: missing tools are installed before anything else.</summary>
    public bool InstallTools { get; init; }

    /// <summary>True: the recorded firmware versions are looked up anew.</summary>
    public bool RefreshFirmware { get; init; }

    /// <summary>The tag that the release is published under; empty: it is not published.</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>Full path of the folder for output, or null for the default.</summary>
    public string? Artifacts { get; init; }

    /// <summary>True: a release that lacks a file of the line is none.</summary>
    public bool Complete { get; init; }

    /// <summary>The target that Doctor and Mirror look at, or null for all.</summary>
    public string? For { get; init; }

    /// <summary>Which tests to run, or null for all.</summary>
    public string? Filter { get; init; }

    /// <summary>True: predecessors of the target are not run.</summary>
    public bool Exclusive { get; init; }

    /// <summary>True: nothing is built; the plan, the graph or a list is printed.</summary>
    public bool PlansOnly { get; init; }

    /// <summary>True: print the versions of qcw and Cake and nothing else.</summary>
    public bool Version { get; init; }

    /// <summary>True: print the versions and what they run on, and nothing else.</summary>
    public bool Info { get; init; }

    /// <summary>True: print the help and nothing else.</summary>
    public bool Help { get; init; }

    /// <summary>One-off sources and versions: component name to (version, full path).</summary>
    public IReadOnlyDictionary<string, (string? Version, string? Source)> Overrides { get; init; } =
        new Dictionary<string, (string?, string?)>();

    /// <summary>The arguments that are handed on to Cake.</summary>
    public IReadOnlyList<string> CakeArguments { get; init; } = [];
}
