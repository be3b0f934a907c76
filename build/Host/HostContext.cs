using Cake.Core;
using Qcw.Build.Compiling.Builders;
using Qcw.Build.Components;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>What is known before Cake starts, checked: handed to the context through Cake's container.</summary>
/// <param name="Options">What the command line said.</param>
/// <param name="Services">What the tasks of components are given.</param>
/// <param name="Graph">The graph of tasks.</param>
/// <param name="Release">The folder that is given to people.</param>
/// <param name="Builder">Where recipes run; null: no task of this run runs one.</param>
public sealed record BuildSetup(
    BuildOptions Options,
    BuildServices Services,
    TaskGraph Graph,
    ReleaseFolder Release,
    ChosenBuilder? Builder)
{
    /// <summary>What this run makes again; null: it makes what the command line says.</summary>
    public Rebuild? Rebuild { get; init; }
}

/// <summary>Carries the exception that ended the run from Cake's teardown to the exit code; Cake itself only knows 1.</summary>
public sealed class Outcome
{
    /// <summary>Null where nothing failed.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Lines for people at the end of a build: what was made, how long it took; empty: nothing was built.</summary>
    public IReadOnlyList<string> Summary { get; set; } = [];

    /// <summary>What is printed to standard output at the end, for machines; null: nothing.</summary>
    public string? Answer { get; set; }
}

/// <summary>What a task is given that works for no component: options and the graph, too.</summary>
public sealed class HostContext(ICakeContext cake, BuildSetup setup, Outcome outcome) : BuildContext(cake, setup.Services)
{
    /// <summary>What the process ends with.</summary>
    public Outcome Outcome { get; } = outcome;

    /// <summary>What the command line said.</summary>
    public BuildOptions Options { get; } = setup.Options;

    /// <summary>The graph of tasks.</summary>
    public TaskGraph Graph { get; } = setup.Graph;

    /// <summary>The folder that is given to people.</summary>
    public ReleaseFolder Release { get; } = setup.Release;

    /// <summary>Where recipes run; null: no task of this run runs one.</summary>
    public ChosenBuilder? Builder { get; } = setup.Builder;

    /// <summary>What this run makes again; null: it makes what the command line says.</summary>
    public Rebuild? Rebuild { get; } = setup.Rebuild;

    /// <summary>Every file that some task makes of this line.</summary>
    public IEnumerable<Artifact> ExpectedArtifacts => ArtifactsOf(Graph.Nodes);

    /// <summary>The files that some tasks make of this line.</summary>
    public IEnumerable<Artifact> ArtifactsOf(IEnumerable<TaskNode> tasks) =>
        from node in tasks
        where node.Product is not null && node.HasWorkFor(Line, Paths.Architecture)
        let name = node.FileNameFor(Line, Paths.Architecture)
        select new Artifact(
            Path.Combine(Paths.Release, name), node.Work!.Definition?.In(Line),
            node.Product!.HowTo.Replace("{file}", name, StringComparison.Ordinal))
        {
            Category = node.Product!.Category,
        };
}
