using Qcw.Build.Model;

namespace Qcw.Build.CommandLine;

/// <summary>The one place that defines options and environment variables: parsing, refusal and help all read it.</summary>
public static class OptionTable
{
    /// <summary>Every option, in the order of the help.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        new("target", "TARGET", "What to make; may be given several times.", "Default", 't', ForCake: true),
        new("line", "LINE", "The set of versions to build: a file of build/Versions.", BuildOptions.DefaultLine),
        new("arch", "ARCH", "The processor to build for; only the Go programs are built for arm64.", Architecture.X64.Name,
            Allowed: [.. Architecture.All.Select(architecture => architecture.Name)]),
        new("mirror", "DIR|URL", "Look for inputs in this folder or under this URL before going upstream. With Mirror: the folder to write."),
        new("offline", null, "Never use the network; what is missing is listed with its URL."),
        new("jobs", "N", "Compile N files at a time.", "the number of processors"),
        new("downloads", "N", "Download N files at a time.", "4"),
        new("builder", "BUILDER", "Where to compile; with Matrix: where its jobs do, host or msys2.", "auto", Allowed: BuildOptions.Builders),
        new("engine", "ENGINE", "What runs the containers of --builder=container and msys2.", "auto", Allowed: BuildOptions.Engines),
        new("container-base", "BASE", "Install the container's compilers into this: IMAGE@sha256:DIGEST, the id of an image, or a tar archive.",
            "what ContainerBase makes"),
        new("memory", "SIZE", "With --builder=container or msys2: use at most this much memory, as in 4g.", "all"),
        new("cpus", "N", "With --builder=container or msys2: use at most this many processors, as in 1.5.", "all"),
        new("install-tools", null, "Install missing tools with apt-get (Debian and Ubuntu, as root or with sudo)."),
        new("refresh-firmware", null, "Take the firmware packages that Debian has today instead of the recorded ones."),
        new("tag", "TAG", "The tag that the release is published under: qcw-utils.ps1 downloads from there, and Manifests needs it.", "none, so it takes files from a folder only"),
        new("artifacts", "DIR", "Put all output into this folder.", "artifacts"),
        new("complete", null, "With Checksums: fail where a file of the line is missing, instead of leaving it out."),
        new("for", "TARGET", "With Doctor: only the tools that this target needs; with Mirror: its inputs; with Acceptance: what it makes.", "everything"),
        new("filter", "EXPRESSION", "With Test and Acceptance: run the tests that match, as dotnet test --filter takes it.", "all tests"),
        new("exclusive", null, "Run the target without what it depends on.", Letter: 'e', ForCake: true),
        new("dryrun", null, "Say which tasks would run, in which order.", ForCake: true),
        new("tree", null, "Draw the graph of tasks.", ForCake: true),
        new("description", null, "List the tasks with their descriptions.", ForCake: true),
        new("verbosity", "LEVEL", "Cake's own chatter.", "normal", 'v', ForCake: true,
            Allowed: ["quiet", "minimal", "normal", "verbose", "diagnostic"]),
        new("version", null, "Print the versions of qcw and of Cake."),
        new("info", null, "Print those, where the Cake packages come from, and what this runs on."),
        new("help", null, "Print this text.", Letter: 'h'),
    ];

    /// <summary>Options that exist once for each component and library of the line; NAME stands for it.</summary>
    public static IReadOnlyList<Option> PerComponent { get; } =
    [
        new("NAME-source", "PATH", "A one-off: build NAME from this local archive or folder; the release notes say so."),
        new("NAME-version", "VERSION", "With NAME-source: the version to call it."),
    ];

    /// <summary>Environment variables that change what the build does.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> Environment { get; } =
    [
        ("CakeAddins", "package or source: how to get the Cake packages (default: packages, else the stand-ins)."),
        ("CCACHE_DIR", "The compiler cache to use, where ccache is installed."),
        ("GOFLAGS, GOMODCACHE, GOPROXY, GOSUMDB", "Go's own settings, passed on: flags, where modules are kept, and where they come from."),
        ("QCW_QEMU_SETUP", "With Acceptance: the QEMU installer to try Podman with, where the release folder has none."),
        ("DOCKER_HOST", "Docker's own setting: where its engine listens."),
        ("MSYS2_ROOT", "With --builder=host on Windows: the folder of MSYS2, where it is not C:\\msys64."),
        ("CI", "Set: no live progress; output is lines only."),
        ("HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "The proxy for downloads. Debian's packages use apt's own settings."),
    ];

    /// <summary>The option of that name or letter, or null.</summary>
    public static Option? Find(string name) =>
        All.FirstOrDefault(option => option.Name.Equals(name, StringComparison.OrdinalIgnoreCase)
            || (name.Length == 1 && option.Letter == name[0]));
}
