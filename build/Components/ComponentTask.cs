using Cake.Frosting;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>A task that works for a component. What it needs and makes follows from its mechanism: the class it is derived from.</summary>
/// <param name="definition">The component; null: it works for what several components share.</param>
/// <param name="phase">What it does.</param>
public abstract class ComponentTask(ComponentDefinition? definition, Phase phase) : AsyncFrostingTask<BuildContext>
{
    /// <summary>The component, or null.</summary>
    public ComponentDefinition? Definition { get; } = definition;

    /// <summary>What it does.</summary>
    public Phase Phase { get; } = phase;

    /// <summary>The file that it adds to the release, or null.</summary>
    public virtual Product? Product => null;

    /// <summary>The component that recipes are run for, whose libraries and compiler's cache are worth keeping; null: none.</summary>
    public virtual ComponentDefinition? Compiled => Definition;

    /// <summary>True where its file has a component inside that has files of its own too.</summary>
    public virtual bool Contains(ComponentDefinition definition) => false;

    /// <summary>What winget and Scoop are told about its file where that belongs to no component; null: nothing.</summary>
    /// <param name="line">The versions.</param>
    /// <param name="files">The file, for each architecture that is in the release.</param>
    public virtual Package? PackageOf(ReleaseLine line, IReadOnlyList<ReleasedFile> files) => null;

    /// <summary>True where <see cref="PackageOf"/> gives a package; only then does its file have to be in the release.</summary>
    public virtual bool HasPackage => false;

    /// <summary>False: it waits for the network, or for pieces of work that it starts, and others may work meanwhile.</summary>
    public virtual bool TakesPlace => Phase != Phase.Fetch;

    /// <summary>True: it runs recipes, so its tools have to be where recipes run, which need not be this machine.</summary>
    public virtual bool UsesBuilder => false;

    /// <summary>True: it makes sure that there is a Go.</summary>
    public virtual bool FetchesGo => false;

    /// <summary>What it works for, as the error says it where a line has none.</summary>
    public virtual string Subject => $"component {Definition?.Name}";

    /// <summary>True where it can build for 64-bit ARM.</summary>
    public virtual bool Arm64 => Definition?.Arm64 ?? false;

    /// <summary>Names in the tool catalog of the programs that it starts for a line.</summary>
    public virtual IEnumerable<string> ToolsFor(ReleaseLine line) => [];

    /// <summary>The components and libraries that it fetches.</summary>
    public virtual IEnumerable<Component> FetchedOf(ReleaseLine line) => [];

    /// <summary>True where it makes what this phase makes of this component or library.</summary>
    public virtual bool Makes(string owner, Phase phase) => phase == Phase && owner == Definition?.Name;

    /// <summary>True where a line has something for it to do.</summary>
    public virtual bool AppliesTo(ReleaseLine line) => line.Components.Any(component => component.Name == Definition?.Name);

    /// <summary>True where a line and an architecture leave something to do for it.</summary>
    public bool HasWork(ReleaseLine line, Architecture architecture) => AppliesTo(line) && (Arm64 || architecture == Architecture.X64);

    public sealed override bool ShouldRun(BuildContext context) => HasWork(context.Line, context.Paths.Architecture);

    public sealed override async Task RunAsync(BuildContext context)
    {
        try
        {
            await MakeAsync(context);
        }
        catch (NotMadeException e)
        {
            string advice = context.Targets.MakerOf(e.Owner, e.Phase) is { } target
                ? $": run --target={target} first (or leave out --exclusive)"
                : string.Empty;
            throw new BuildException(e.Message + advice, e);
        }
    }

    /// <summary>The work; by default that of <see cref="Make"/>.</summary>
    protected virtual Task MakeAsync(BuildContext context)
    {
        Make(context);
        return Task.CompletedTask;
    }

    /// <summary>The work of a task that waits for nothing.</summary>
    protected virtual void Make(BuildContext context)
    {
    }

    /// <summary>The component of the line that is built.</summary>
    protected Component ComponentOf(BuildContext context) => Definition!.In(context.Line);
}

/// <summary>What a task needs to know of the graph that it is a part of.</summary>
public interface ITargets
{
    /// <summary>The target that makes what a phase makes of a component or library; null: there is none.</summary>
    /// <param name="owner">The component or library.</param>
    /// <param name="phase">The phase.</param>
    /// <param name="line">Only targets that have something to do for this line; null: all.</param>
    string? MakerOf(string owner, Phase phase, ReleaseLine? line = null);
}

/// <summary>
/// The tools that a task starts that works for no component, by their names in <see cref="ToolCatalog"/>: checked before anything runs.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsAttribute(params string[] tools) : Attribute
{
    /// <summary>Names from the catalog.</summary>
    public IReadOnlyList<string> Tools { get; } = tools;

    /// <summary>True: what is missing is installed without being asked for, because running the task is asking.</summary>
    public bool InstallsThem { get; set; }
}
