using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>
/// Runs recipes in Linux containers (<c>--builder container</c>). Everything has the same path as on the host, so a recipe does not notice
/// the difference, and its output is identical bit for bit.
/// </summary>
/// <param name="engine">Runs the containers.</param>
/// <param name="image">The image with the compilers.</param>
/// <param name="tools">What the recipes need of it.</param>
/// <param name="paths">Where the repository is.</param>
/// <param name="limits">What a container may use.</param>
/// <param name="log">Says what happens.</param>
public sealed class ContainerBuilder(
    IContainerEngine engine, ContainerImage image, IReadOnlyCollection<Tool> tools, Paths paths, ContainerLimits limits, BuildLog log
) : IBuilder
{
    // the only place beside the mounts where anything can be written: a file system in memory
    private const string Scratch = "/tmp";

    private readonly ContainerSession session = new(engine);
    private readonly Lock gate = new();
    private string? name;
    private ToolPackages? packages;
    private IReadOnlyDictionary<string, FoundTool> found = new Dictionary<string, FoundTool>();

    public string Toolchain => "cross";

    public void Prepare()
    {
        if (name is not null)
        {
            return;
        }

        Leftovers.Remove(engine, log);
        string provided = image.Provide();
        string answer = session.Run(
            new ContainerRun(
                ContainerSession.NameOf("tools"),
                provided,
                ContainerSession.Label,
                ImageTools.Arguments(Path.Combine(paths.Image, ImageTools.Script), tools))
            {
                Mounts = [new Mount(paths.Image, Writable: false)],
                Limits = limits,
                Title = $"looking for the tools in {provided}",
            },
            log.Live);
        found = ImageTools.Read(answer, tools, provided);
        name = provided;
    }

    public string VersionOf(string tool)
    {
        Prepare();
        return found.TryGetValue(tool, out FoundTool? there)
            ? there.VersionText
            : throw new InvalidOperationException($"no task that compiles needs {tool}");
    }

    public Provenance ToolchainOf(IReadOnlyList<string> names)
    {
        Prepare();
        lock (gate)
        {
            packages ??= Packages();
        }

        return new Provenance { Packages = packages.Of([.. names.Select(name => found[name])]), BaseImages = [image.Base] };
    }

    private ToolPackages Packages() => new(
        Path.Combine(paths.ToolScripts, ToolPackages.Script),
        arguments => session.Run(
            new ContainerRun(ContainerSession.NameOf("packages"), name!, ContainerSession.Label, arguments)
            {
                Mounts = [new Mount(paths.ToolScripts, Writable: false)],
                Limits = limits,
                Title = $"looking for the packages of tools in {name}",
            },
            log.Live));

    public void Run(CompileRequest request, Action<string> onLine)
    {
        Prepare();
        string held = request.Build + ".lock";
        Directory.CreateDirectory(request.Build);
        Directory.CreateDirectory(request.Output);
        // the driver's lock is next to the build folder, where the container can write to this file only
        File.Open(held, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite).Dispose();
        // the licence: a recipe of code of our own installs it
        IEnumerable<string?> readOnly =
        [
            Path.GetDirectoryName(request.Driver),
            Path.GetDirectoryName(request.RecipeFile),
            paths.Licence,
            request.Source,
            .. request.Dependencies,
        ];
        session.Run(
            new ContainerRun(ContainerSession.NameOf(request.Name), name!, ContainerSession.Label, [request.Driver, request.RecipeFile])
            {
                Mounts =
                [
                    .. readOnly.OfType<string>().Distinct().Select(path => new Mount(path, Writable: false)),
                    .. ((string[])[request.Build, held, request.Output]).Select(path => new Mount(path, Writable: true)),
                ],
                Environment = RecipeEnvironment.Of(request, Toolchain, Scratch, ccache: null),
                WorkingDirectory = request.Build,
                Limits = limits,
                LogFile = request.LogFile,
                Title = $"the recipe {Path.GetFileName(request.RecipeFile)} in a container of {name}",
            },
            onLine);
    }
}
