using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>
/// Runs recipes in Windows containers with MSYS2 (<c>--builder msys2</c>). Folders have the same paths as on the host.
/// </summary>
/// <param name="engine">Runs the containers.</param>
/// <param name="image">Makes sure of the image.</param>
/// <param name="limits">What a container may use.</param>
/// <param name="log">Says what happens.</param>
public sealed class Msys2ContainerBuilder(IContainerEngine engine, Func<string> image, ContainerLimits limits, BuildLog log) : IBuilder
{
    private const string Root = Msys2Shell.DefaultRoot;

    // gone with the container
    private const string Scratch = Root + @"\tmp";

    private readonly ContainerSession session = new(engine);
    private string? name;
    private IReadOnlyList<string> packages = [];

    public string Toolchain => Msys2Environment.Toolchain;

    public bool HasLibraries => true;

    public IReadOnlyList<string> Packages
    {
        get
        {
            Prepare();
            return packages;
        }
    }

    public void Prepare()
    {
        if (name is not null)
        {
            return;
        }

        Leftovers.Remove(engine, log);
        string provided = image();
        packages = Msys2Packages.Read(session.Run(
            new ContainerRun(ContainerSession.NameOf("packages"), provided, ContainerSession.Label, ["-c", "pacman -Q"])
            {
                Environment = Msys2Environment.OfTools(Root),
                Limits = limits,
                IsWindows = true,
                Title = $"looking for the packages in {provided}",
            },
            log.Live));
        name = provided;
    }

    public string VersionOf(string tool) => Msys2Packages.Of(tool, Packages);

    public void Run(CompileRequest request, Action<string> onLine)
    {
        Prepare();
        Directory.CreateDirectory(request.Build);
        Directory.CreateDirectory(request.Output);
        session.Run(RunOf(request), onLine);
    }

    /// <summary>The container of one recipe.</summary>
    internal ContainerRun RunOf(CompileRequest request)
    {
        // folders only: Windows' engine mounts no single file. The driver's lock stays in the container, which Leftovers removes. The
        // driver's parent has the toolchain of MSYS2 as well.
        IEnumerable<string?> readOnly =
        [
            FolderOf(FolderOf(request.Driver)),
            FolderOf(request.RecipeFile),
            request.Source,
            .. request.Dependencies,
        ];
        return new ContainerRun(
            ContainerSession.NameOf(request.Name),
            name!,
            ContainerSession.Label,
            [MsysPath.Of(request.Driver), MsysPath.Of(request.RecipeFile)])
        {
            Mounts =
            [
                .. readOnly.OfType<string>().Distinct().Select(path => new Mount(path, Writable: false)),
                .. ((string[])[request.Build, request.Output]).Select(path => new Mount(path, Writable: true)),
            ],
            Environment = Msys2Environment.Of(request, Root, Scratch),
            WorkingDirectory = request.Build,
            Limits = limits,
            IsWindows = true,
            LogFile = request.LogFile,
            Title = $"the recipe {MsysPath.Of(request.RecipeFile).Split('/')[^1]} in a container of {name}",
        };
    }

    // not Path's: that knows the paths of the system that it runs on, which is Linux in tests
    private static string FolderOf(string file) => file[..file.LastIndexOf('\\')];
}
