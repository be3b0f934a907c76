using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Host;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Fetching;
using Qcw.Build.Host;

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
    /// <param name="options">What the command line said.</param>
    /// <param name="missing">Names of the recipes' tools that this machine lacks; asked on Linux only.</param>
    /// <exception cref="UsageException">What was asked for does not work here.</exception>
    public ChosenBuilder Choose(BuildOptions options, Func<IReadOnlyCollection<string>> missing)
    {
        if (OnWindows)
        {
            return ChooseOnWindows(options);
        }

        if (options.Builder == "msys2")
        {
            throw new UsageException(
                "--builder=msys2 compiles in a Windows container, and container engines on Linux run Linux containers only: use --builder=container or --builder=host here");
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
    public static IBuilder Create(BuildSetup setup, StepRunner steps, Fetcher fetcher)
    {
        if (setup.Builder is { Shell: { } shell })
        {
            return new Msys2ShellBuilder(shell, setup.Paths, ProcessRunner.Run);
        }

        if (setup.Builder is not { Engine: { } engine })
        {
            return new HostBuilder(setup.Paths.Temporary, setup.Tools);
        }

        if (setup.Builder.IsMsys2)
        {
            var msys2 = new Msys2Image(setup.Paths, engine, setup.Options.ContainerBase, fetcher, setup.Options.Offline, setup.Messages);
            return new Msys2ContainerBuilder(engine, msys2.Provide, setup.Options.Limits, setup.Messages);
        }

        var debian = new DebianBase(setup.Paths, setup.Tools.Find(ToolCatalog.Find("debootstrap")).Path, setup.Line.SourceDateEpoch, steps, setup.Messages);
        var baseImage = new BaseImage(engine, setup.Options.ContainerBase, debian, setup.Options.Offline, setup.Messages);
        var image = new ContainerImage(setup.Paths, engine, baseImage, setup.Options.Offline, setup.Messages);
        return new ContainerBuilder(engine, image, ImageTools.Of(setup.Graph), setup.Paths, setup.Options.Limits, setup.Messages);
    }

    private ChosenBuilder ChooseOnWindows(BuildOptions options)
    {
        switch (options.Builder)
        {
            case "host":
                return ChosenBuilder.Msys2(FindShell() ?? throw new UsageException("--builder=host compiles in MSYS2 on Windows: " + NoShell));
            case "msys2":
                return ChosenBuilder.WindowsContainers(engines.Choose(options.Engine, "windows"));
            case "container":
                IContainerEngine linux = engines.Choose(options.Engine);
                throw new UsageException(
                    $"--builder=container shows a Linux container the paths of this host, and C:\\ is none there: run build.sh inside WSL, where {linux.Name} can be had too, "
                    + "or use --builder=msys2 with Windows containers");
            default:
                return ChooseFreelyOnWindows(options);
        }
    }

    private ChosenBuilder ChooseFreelyOnWindows(BuildOptions options)
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

    private ChosenBuilder ChooseFreely(BuildOptions options, IReadOnlyCollection<string> missing)
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
