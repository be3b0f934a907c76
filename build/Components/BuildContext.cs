using Cake.Core;
using Cake.Frosting;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Compiling.Recipes;
using Qcw.Build.Fetching;
using Qcw.Build.Packaging;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>What is known before the first task runs.</summary>
/// <param name="Paths">The folders of the build.</param>
/// <param name="Line">The versions, with the command line's one-offs.</param>
/// <param name="Targets">The graph of tasks.</param>
/// <param name="Tools">The tools of this machine.</param>
/// <param name="Messages">What a person sees of the build.</param>
/// <param name="Fetching">What the command line says about fetching.</param>
/// <param name="Jobs">Compiler processes at a time.</param>
/// <param name="Tag">The tag that the release is published under; empty: it is not published.</param>
/// <param name="Builder">Makes the place where recipes run; called when the first one is compiled.</param>
public sealed record BuildServices(
    Paths Paths, ReleaseLine Line, ITargets Targets, ToolFinder Tools, BuildLog Messages, FetchOptions Fetching, int Jobs, string Tag,
    Func<StepRunner, Fetcher, IBuilder> Builder)
{
    /// <summary>Finds the packages that the tools of this machine are from.</summary>
    public required ToolPackages Packages { get; init; }

    /// <summary>What is done at a time.</summary>
    public required Workers Workers { get; init; }

    /// <summary>Outputs of steps that were made elsewhere; null: none are looked for.</summary>
    public IStepCache? Cache { get; init; }

    /// <summary>True where the libraries of components come with the toolchain.</summary>
    public bool HasLibraries { get; init; }

    /// <summary>True: setup programs are made to be tried, not for the release.</summary>
    public bool MakesDrafts { get; init; }

    /// <summary>True: libraries may come from the cache, so that their source trees are made when they do not.</summary>
    public bool DefersTrees { get; init; }

    /// <summary>The public key that releases are verified with, x and y in 128 hex digits; empty: none.</summary>
    public string VerifyKey { get; init; } = string.Empty;

    /// <summary>Gets what is done, and why; null: nobody asks.</summary>
    public StepLog? Record { get; init; }

    /// <summary>Puts a finished file into the release folder.</summary>
    public required Action<string> Publish { get; init; }
}

/// <summary>What the task of a component is given: paths, the line, and the phases. It never changes after construction.</summary>
public class BuildContext : FrostingContext
{
    private readonly BuildServices services;
    private readonly Lazy<Compiler> compiler;
    private readonly Lazy<GoPhase> go;

    /// <summary>Makes the phases; none of them does anything yet.</summary>
    public BuildContext(ICakeContext cake, BuildServices services)
        : base(cake)
    {
        this.services = services;
        Steps = new StepRunner(Messages, services.Record) { Cache = services.Cache };
        Fetcher = new Fetcher(Paths, services.Fetching, Messages, record: services.Record);
        Sources = new SourceTree(Paths, Steps, Messages, Line.SourceDateEpoch);
        Packager = new Packager(Paths, Steps, services.Publish, new Insides(this).Of);
        // chosen when something is compiled: other targets work where no builder does
        compiler = new Lazy<Compiler>(() => new Compiler(Paths, Line, services.Jobs, services.Builder(Steps, Fetcher), Steps, Messages));
        go = new Lazy<GoPhase>(() =>
            new GoPhase(
                Paths, Line, services.Jobs, services.Fetching.Offline, Fetcher, Steps, Messages, GoFinder.ForHost(), services.Packages));
    }

    /// <summary>The folders of the build.</summary>
    public Paths Paths => services.Paths;

    /// <summary>The versions.</summary>
    public ReleaseLine Line => services.Line;

    /// <summary>The graph of tasks.</summary>
    public ITargets Targets => services.Targets;

    /// <summary>The tools of this machine.</summary>
    public ToolFinder HostTools => services.Tools;

    /// <summary>What a person sees of the build.</summary>
    public BuildLog Messages => services.Messages;

    /// <summary>The tag that the release is published under; empty: it is not published.</summary>
    public string Tag => services.Tag;

    /// <summary>The public key that releases are verified with, x and y in 128 hex digits; empty: none.</summary>
    public string VerifyKey => services.VerifyKey;

    /// <summary>True where the libraries of components come with the toolchain.</summary>
    public bool HasLibraries => services.HasLibraries;

    /// <summary>True: setup programs are made to be tried, not for the release.</summary>
    public bool MakesDrafts => services.MakesDrafts;

    /// <summary>True: libraries may come from the cache, so that their source trees are made when they do not.</summary>
    public bool DefersTrees => services.DefersTrees;

    /// <summary>Gets what is done, and why; null: nobody asks.</summary>
    public StepLog? Record => services.Record;

    /// <summary>What is done at a time.</summary>
    public Workers Workers => services.Workers;

    /// <summary>Runs what is not up to date.</summary>
    public StepRunner Steps { get; }

    /// <summary>The phase that uses the network.</summary>
    public Fetcher Fetcher { get; }

    /// <summary>The phase that unpacks and patches.</summary>
    public SourceTree Sources { get; }

    /// <summary>The phase that makes installers and archives.</summary>
    public Packager Packager { get; }

    /// <summary>The phase that compiles Go programs.</summary>
    public GoPhase Go => go.Value;

    /// <summary>Where tools of this machine come from.</summary>
    /// <param name="tools">Their names in <see cref="ToolCatalog"/>.</param>
    public Provenance ToolchainOf(params IEnumerable<string> tools) =>
        new() { Packages = services.Packages.Of([.. tools.Select(tool => HostTools.Find(ToolCatalog.Find(tool)))]) };

    /// <summary>Makes the place where recipes run ready, so that what is missing there is reported before anything is fetched.</summary>
    public void PrepareBuilder() => compiler.Value.Prepare();

    /// <summary>Makes the source tree of a component, with its patches as commits.</summary>
    /// <exception cref="NotMadeException">Its source or a remote patch has not been fetched.</exception>
    /// <exception cref="BuildException">
    /// Debian's archive lacks a patch that the line names, or a patch is refused or does not apply.
    /// </exception>
    public Made Apply(Component component) =>
        Sources.Apply(component, Fetcher.Locate(component), [.. PatchesOf(component).Select(patch => patch.File)]);

    /// <summary>The patches of a component, in order: what the line lists, and the files that are applied.</summary>
    /// <exception cref="NotMadeException">A remote patch has not been fetched.</exception>
    /// <exception cref="BuildException">Debian's archive lacks a patch that the line names.</exception>
    public IReadOnlyList<(SourcePatch Listed, PatchFile File)> PatchesOf(Component component) =>
    [
        .. Fetcher.LocatePatches(component).SelectMany(located =>
            PatchFiles(component, located).Select(file => (located.Patch, file))),
    ];

    /// <summary>The source tree of a component: what its patch task made, or one made now where it has no such task.</summary>
    /// <exception cref="NotMadeException">The patch task has not run, or nothing has been fetched.</exception>
    public Made TreeOf(Component component) => PlanOf(component).Make();

    /// <summary>The source tree of a component: what its patch task made, or what is to be made where it has no such task.</summary>
    /// <exception cref="NotMadeException">The patch task has not run, or nothing has been fetched.</exception>
    public Planned PlanOf(Component component) => Targets.MakerOf(component.Name, Phase.Patch, Line) is not null
        ? Planned.Of(Made.Read(Paths.Source(component), component.Name, Phase.Patch))
        : Sources.Plan(component, Fetcher.Locate(component), [.. PatchesOf(component).Select(patch => patch.File)]);

    private IEnumerable<PatchFile> PatchFiles(Component component, (SourcePatch Patch, string File, string Sha256) located) =>
        located.Patch switch
        {
            DebianPatches debian => TakenPatches.Of(Paths, component, debian, located.File),
            RemotePatch remote =>
            [
                new PatchFile(remote.Name, located.File, located.Sha256) { Home = Path.ChangeExtension(remote.File, ".patch") },
            ],
            _ => [new PatchFile(located.Patch.Name, located.File, located.Sha256)],
        };

    /// <summary>What compiling a component or library has left.</summary>
    /// <exception cref="NotMadeException">It has not been compiled.</exception>
    public Made StageOf(Component component) => Made.Read(Paths.Stage(component), component.Name, Phase.Compile);

    /// <summary>What compiling the libraries has left that a component was compiled against, in build order.</summary>
    /// <exception cref="NotMadeException">One has not been compiled.</exception>
    public IReadOnlyList<Made> LibrariesOf(Component component, Made stage) =>
        [.. Line.DependenciesOf(component).Where(library => stage.By.Libraries.Contains(library.Name)).Select(StageOf)];

    /// <summary>The folders of libraries, each with the library's name.</summary>
    public IEnumerable<(string Folder, string Owner)> OwnersOf(Component component, IReadOnlyList<Made> libraries) =>
        Line.DependenciesOf(component)
            .Select(library => (Paths.Stage(library), library.Name))
            .Where(owner => libraries.Any(library => library.Path == owner.Item1));

    /// <summary>Compiles a component or library with its recipe.</summary>
    /// <param name="component">The component.</param>
    /// <param name="folder">The folder below <c>build/Components</c> that has the recipe.</param>
    /// <param name="tools">Names of the tools whose version changes the output.</param>
    /// <param name="tree">Its source tree, which is made if it is compiled; null where it has none.</param>
    /// <exception cref="NotMadeException">A library that it needs has not been compiled.</exception>
    public Made Compile(Component component, string folder, IReadOnlyList<string> tools, Planned? tree) => compiler.Value.Compile(
        component, Recipe.Find(Paths, folder, component.Name, tools), tree,
        [.. HasLibraries ? [] : Line.DependenciesOf(component).Select(StageOf)]);
}
