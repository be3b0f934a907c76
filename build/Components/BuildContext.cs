using Cake.Core;
using Cake.Frosting;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Go;
using Qcw.Build.Compiling.Recipes;
using Qcw.Build.Fetching;
using Qcw.Build.Host;
using Qcw.Build.Packaging;
using Qcw.Build.Releasing;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Trees;

namespace Qcw.Build.Components;

/// <summary>What every task is given: options, paths, the line, and the phases. It never changes after construction.</summary>
public sealed class BuildContext : FrostingContext
{
    private readonly Lazy<Compiler> compiler;
    private readonly Lazy<GoPhase> go;

    /// <summary>Called by Cake's container.</summary>
    public BuildContext(ICakeContext cake, BuildSetup setup)
        : base(cake)
    {
        Options = setup.Options;
        Paths = setup.Paths;
        Line = setup.Line;
        Graph = setup.Graph;
        HostTools = setup.Tools;
        Messages = setup.Messages;
        Steps = new StepRunner(Messages);
        Fetcher = new Fetcher(Paths, Options.Fetching, Messages);
        Sources = new SourceTree(Paths, Steps, Messages, Line.SourceDateEpoch);
        Release = new ReleaseFolder(Paths.Release, Messages);
        Packager = new Packager(Paths, Steps, Release);
        // chosen when something is compiled: other targets work where no builder does
        compiler = new Lazy<Compiler>(() => new Compiler(
            Paths, Line, Options.Jobs, BuilderChoice.Create(setup, Steps, Fetcher), Steps, Messages));
        Builder = setup.Builder;
        go = new Lazy<GoPhase>(() => new GoPhase(
            Paths, Line, Options.Jobs, Options.Offline, Fetcher, Steps, Messages, GoFinder.ForHost()));
    }

    /// <summary>What the command line said.</summary>
    public BuildOptions Options { get; }

    /// <summary>Where everything stands.</summary>
    public Paths Paths { get; }

    /// <summary>The versions.</summary>
    public ReleaseLine Line { get; }

    /// <summary>The graph of tasks.</summary>
    public TaskGraph Graph { get; }

    /// <summary>The tools of this machine.</summary>
    public ToolFinder HostTools { get; }

    /// <summary>Where recipes run; null: no task of this run runs one.</summary>
    public ChosenBuilder? Builder { get; }

    /// <summary>What a person sees of the build.</summary>
    public BuildLog Messages { get; }

    /// <summary>Runs what is not up to date.</summary>
    public StepRunner Steps { get; }

    /// <summary>The phase that uses the network.</summary>
    public Fetcher Fetcher { get; }

    /// <summary>The phase that unpacks and patches.</summary>
    public SourceTree Sources { get; }

    /// <summary>The folder that is given to people.</summary>
    public ReleaseFolder Release { get; }

    /// <summary>The phase that makes installers and archives.</summary>
    public Packager Packager { get; }

    /// <summary>The release file that a task of this line makes.</summary>
    public string FileNameOf(string task)
    {
        ProducesAttribute produces = Graph.Find(task).Produces ?? throw new InvalidOperationException($"{task} produces nothing");
        return produces.FileNameFor(Line, Paths.Architecture);
    }

    /// <summary>The component (null: it is made from none) and file name of every artifact of this line that some task makes.</summary>
    public IEnumerable<(Component? Component, string FileName)> ExpectedArtifacts => ArtifactsOf(Graph.Nodes);

    /// <summary>The component and file name of every artifact that some tasks make of this line.</summary>
    public IEnumerable<(Component? Component, string FileName)> ArtifactsOf(IEnumerable<TaskNode> tasks) =>
        from node in tasks
        where HasWorkFor(node.Name) && node.Produces is not null
        select (node.Produces!.ComponentOf(Line), node.Produces!.FileNameFor(Line, Paths.Architecture));

    /// <summary>True where the line and the architecture leave something to do for a task.</summary>
    public bool HasWorkFor(string task) => Graph.Find(task).HasWorkFor(Line, Paths.Architecture);

    /// <summary>The libraries that what is staged of a component was compiled against, in build order.</summary>
    public IEnumerable<Component> LibrariesOf(Component component) => Compiler.LibrariesOf(component, Paths, Line);

    /// <summary>The patches of a component as files on disk, in order.</summary>
    /// <exception cref="BuildException">A remote one has not been fetched.</exception>
    public IReadOnlyList<PatchFile> PatchFiles(Component component)
    {
        return [.. component.Patches.Select(patch => patch is RemotePatch remote
            ? new PatchFile(patch.Name, Fetcher.LocatePatch(component, remote), remote.Sha256) { Home = Path.ChangeExtension(remote.File, ".patch") }
            : new PatchFile(patch.Name, patch.File, Files.Sha256(patch.File)))];
    }

    /// <summary>The phase that compiles Go programs.</summary>
    public GoPhase Go => go.Value;

    /// <summary>The phase that compiles.</summary>
    public Compiler Compiler => compiler.Value;
}
