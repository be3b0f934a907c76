using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Host;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Fetching;

namespace Qcw.Build.Compiling.Builders;

/// <summary>Where recipes run: on this machine with its own cross compilers unless an engine or an MSYS2 is given.</summary>
/// <param name="Engine">Runs containers, or null.</param>
/// <param name="Shell">The MSYS2 of this machine, or null.</param>
/// <param name="IsMsys2">True: the compilers and libraries are MSYS2's, in its shell or in a container.</param>
public sealed record ChosenBuilder(IContainerEngine? Engine, Msys2Shell? Shell, bool IsMsys2)
{
    /// <summary>This machine with Debian's cross compilers.</summary>
    public static ChosenBuilder Host { get; } = new(null, null, IsMsys2: false);

    /// <summary>True where the tools of recipes have to be among this machine's own.</summary>
    public bool NeedsHostTools => Engine is null && Shell is null;

    /// <summary>Linux containers.</summary>
    public static ChosenBuilder Containers(IContainerEngine engine) => new(engine, null, IsMsys2: false);

    /// <summary>Windows containers with MSYS2.</summary>
    public static ChosenBuilder WindowsContainers(IContainerEngine engine) => new(engine, null, IsMsys2: true);

    /// <summary>The MSYS2 of this machine.</summary>
    public static ChosenBuilder Msys2(Msys2Shell shell) => new(null, shell, IsMsys2: true);
}

/// <summary>Chooses where recipes run: <c>--builder auto|msys2|container|host</c>.</summary>
/// <param name="engines">Chooses what runs containers.</param>
/// <param name="log">Says what was chosen, and why.</param>
public sealed class BuilderChoice(EngineChoice engines, BuildLog log)
{
    /// <summary>True on Windows; tests choose as there.</summary>
    internal bool OnWindows { get; init; } = OperatingSystem.IsWindows();

    /// <summary>Finds the MSYS2 of this machine.</summary>
    internal Func<Msys2Shell?> FindShell { get; init; } = Msys2Shell.OfHost;

    /// <summary>Chooses, before anything else is done.</summary>
    /// <param name="options">What the command line says about it.</param>
    /// <param name="missing">Names of the recipes' tools that this machine lacks; asked on Linux only.</param>
    /// <exception cref="UsageException">What was asked for does not work here.</exception>
    public ChosenBuilder Choose(BuilderOptions options, Func<IReadOnlyCollection<string>> missing)
    {
        if (OnWindows)
        {
            return ChooseOnWindows(options);
        }

        if (options.Builder == "msys2")
        {
            throw new UsageException(
                "--builder=msys2 compiles in a Windows container, and container engines on Linux run Linux containers only: "
                    + "use --builder=container or --builder=host here");
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new UsageException("compiling works on Linux and Windows only");
        }

        return options.Builder switch
        {
            "host" => ChosenBuilder.Host,
            "container" => ChosenBuilder.Containers(engines.Choose(options.Engine)),
            _ => ChooseFreely(options, missing()),
        };
    }

    /// <summary>The builder itself.</summary>
    /// <param name="chosen">What <see cref="Choose"/> chose; null: this machine.</param>
    /// <param name="settings">What a builder needs to know.</param>
    /// <param name="steps">Runs what is not up to date.</param>
    /// <param name="fetcher">Fetches what an image is made from.</param>
    public static IBuilder Create(ChosenBuilder? chosen, BuilderSettings settings, StepRunner steps, Fetcher fetcher)
    {
        (Paths paths, BuildLog log) = (settings.Paths, settings.Log);
        if (chosen is { Shell: { } shell })
        {
            return new Msys2ShellBuilder(shell, paths, ProcessRunner.Run);
        }

        if (chosen is not { Engine: { } engine })
        {
            return new HostBuilder(
                paths.Temporary, settings.Tools, settings.Packages, () => NetworkIsolation.Find(ProcessRunner.Run), log);
        }

        if (chosen.IsMsys2)
        {
            var msys2 = new Msys2Image(paths, engine, settings.Base, fetcher, settings.Offline, log);
            return new Msys2ContainerBuilder(engine, msys2.Provide, settings.Limits, log);
        }

        var debian = new DebianBase(paths, settings.Tools.Find(ToolCatalog.Find("debootstrap")).Path, settings.SourceDateEpoch, steps, log);
        var baseImage = new BaseImage(engine, settings.Base, debian, settings.Offline, log);
        var image = new ContainerImage(paths, engine, baseImage, settings.Offline, log);
        return new ContainerBuilder(engine, image, settings.RecipeTools, paths, settings.Limits, log);
    }

    private ChosenBuilder ChooseOnWindows(BuilderOptions options)
    {
        switch (options.Builder)
        {
            case "host":
                return ChosenBuilder.Msys2(
                    FindShell() ?? throw new UsageException("--builder=host compiles in MSYS2 on Windows: " + NoShell));
            case "msys2":
                return ChosenBuilder.WindowsContainers(engines.Choose(options.Engine, "windows"));
            case "container":
                IContainerEngine linux = engines.Choose(options.Engine);
                throw new UsageException(
                    "--builder=container uses the paths of this host inside a Linux container, where C:\\ does not exist: "
                        + $"run build.sh inside WSL, where {linux.Name} works too, or use --builder=msys2 with Windows containers");
            default:
                return ChooseFreelyOnWindows(options);
        }
    }

    private ChosenBuilder ChooseFreelyOnWindows(BuilderOptions options)
    {
        string problem;
        try
        {
            IContainerEngine engine = engines.Choose(options.Engine, "windows");
            log.Info($"builder: msys2 (auto: {engine.Name} answers and runs Windows containers)");
            return ChosenBuilder.WindowsContainers(engine);
        }
        catch (UsageException e)
        {
            problem = e.Message;
        }

        if (FindShell() is not { } shell)
        {
            throw new UsageException($"there is nothing to compile with: {problem}; and {NoShell}");
        }

        log.Info($"builder: host (auto: MSYS2 is in {shell.Root}; {problem})");
        return ChosenBuilder.Msys2(shell);
    }

    private static string NoShell =>
        $"there is no MSYS2 in {Msys2Shell.DefaultRoot}: install it from https://www.msys2.org, or set {Msys2Shell.Variable} to its folder";

    private ChosenBuilder ChooseFreely(BuilderOptions options, IReadOnlyCollection<string> missing)
    {
        if (missing.Count == 0)
        {
            log.Info("builder: host (auto: the compilers are on this machine)");
            return ChosenBuilder.Host;
        }

        string lacks = $"this machine lacks {string.Join(", ", missing)}";
        if (options.InstallTools)
        {
            log.Info($"builder: host (auto: {lacks}, which --install-tools installs)");
            return ChosenBuilder.Host;
        }

        try
        {
            IContainerEngine engine = engines.Choose(options.Engine);
            log.Info($"builder: container (auto: {lacks}, and {engine.Name} answers)");
            return ChosenBuilder.Containers(engine);
        }
        catch (UsageException e)
        {
            log.Info($"builder: host (auto: {e.Message})");
            return ChosenBuilder.Host;
        }
    }
}

/// <summary>What the command line says about where recipes run.</summary>
/// <param name="Builder"><c>auto</c>, <c>msys2</c>, <c>container</c> or <c>host</c>.</param>
/// <param name="Engine"><c>auto</c>, <c>docker</c> or <c>podman</c>.</param>
/// <param name="InstallTools">True: missing tools are installed.</param>
public sealed record BuilderOptions(string Builder, string Engine, bool InstallTools);

/// <summary>What a builder needs to know.</summary>
/// <param name="Paths">The folders of the build.</param>
/// <param name="Tools">The tools of this machine.</param>
/// <param name="Packages">Finds the packages that they are from.</param>
/// <param name="SourceDateEpoch">Seconds since 1970-01-01 UTC.</param>
/// <param name="Base">What container images are built on, or null for the one that ContainerBase makes.</param>
/// <param name="Limits">What a container may use of the machine.</param>
/// <param name="Offline">True: the network is not used.</param>
/// <param name="RecipeTools">What recipes start: a container has to have them.</param>
/// <param name="Log">What a person sees of the build.</param>
public sealed record BuilderSettings(
    Paths Paths,
    ToolFinder Tools,
    ToolPackages Packages,
    long SourceDateEpoch,
    BaseReference? Base,
    ContainerLimits Limits,
    bool Offline,
    IReadOnlyCollection<Tool> RecipeTools,
    BuildLog Log);
