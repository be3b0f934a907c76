using Qcw.Build.Compiling.Container;
using Qcw.Build.Output;
using Qcw.Build.Tools;

namespace Qcw.Build.Compiling;

/// <summary>Chooses where recipes run: <c>--builder auto|msys2|container|host</c>.</summary>
/// <param name="engines">Chooses what runs containers.</param>
/// <param name="log">Says what was chosen, and why.</param>
public sealed class BuilderChoice(EngineChoice engines, BuildLog log)
{
    /// <summary>Chooses, before anything else is done.</summary>
    /// <param name="options">What the command line said.</param>
    /// <param name="missing">Names of the recipes' tools that this machine lacks.</param>
    /// <returns>The engine to run recipes with; null: they run on this machine.</returns>
    /// <exception cref="UsageException">What was asked for does not work here.</exception>
    public IContainerEngine? Choose(BuildOptions options, IReadOnlyCollection<string> missing)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(missing);
        if (options.Builder == "msys2" && OperatingSystem.IsLinux())
        {
            throw new UsageException(
                "--builder=msys2 compiles in a Windows container, and container engines on Linux run Linux containers only: use --builder=container or --builder=host here");
        }

        if (!OperatingSystem.IsLinux() || options.Builder == "msys2")
        {
            throw new UsageException("compiling works on Linux only so far: the MSYS2 builder for Windows is not part of this version");
        }

        return options.Builder switch
        {
            "host" => null,
            "container" => engines.Choose(options.Engine),
            _ => ChooseFreely(options, missing),
        };
    }

    /// <summary>The builder itself.</summary>
    public static IBuilder Create(BuildSetup setup, Steps.StepRunner steps)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (setup.Engine is not { } engine)
        {
            return new HostBuilder(setup.Paths.Temporary, setup.Tools);
        }

        var debian = new DebianBase(setup.Paths, setup.Tools.Find(ToolCatalog.Find("debootstrap")).Path, setup.Line.SourceDateEpoch, steps, setup.Messages);
        var baseImage = new BaseImage(engine, setup.Options.ContainerBase, debian, setup.Options.Offline, setup.Messages);
        var image = new ContainerImage(setup.Paths, engine, baseImage, setup.Options.Offline, setup.Messages);
        return new ContainerBuilder(engine, image, ImageTools.Of(setup.Graph), setup.Paths, setup.Options.Limits, setup.Messages);
    }

    private IContainerEngine? ChooseFreely(BuildOptions options, IReadOnlyCollection<string> missing)
    {
        if (missing.Count == 0)
        {
            log.Info("builder: host (auto: the compilers are on this machine)");
            return null;
        }

        string lacks = $"this machine lacks {string.Join(", ", missing)}";
        if (options.InstallTools)
        {
            log.Info($"builder: host (auto: {lacks}, which --install-tools installs)");
            return null;
        }

        try
        {
            IContainerEngine engine = engines.Choose(options.Engine);
            log.Info($"builder: container (auto: {lacks}, and {engine.Name} answers)");
            return engine;
        }
        catch (UsageException e)
        {
            log.Info($"builder: host (auto: {e.Message})");
            return null;
        }
    }
}
