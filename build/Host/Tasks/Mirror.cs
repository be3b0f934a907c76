using Cake.Frosting;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Components;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Host;

/// <summary>Writes a mirror: what an archive or a closed network needs to build the line.</summary>
[TaskDescription("Writes the inputs of the line, or of one target (--for=TARGET), into the folder --mirror=DIR")]
[Requires(Requirement.MirrorToWrite)]
public sealed class Mirror : AsyncFrostingTask<HostContext>, INeedsTools
{
    // sources with Go modules are patched before their modules are known
    public IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph) =>
        [
            .. graph
                .Nodes.Where(node => node.IsIn(line) && node.Work is { Phase: Phase.Fetch or Phase.Modules })
                .SelectMany(node => node.ToolsFor(line, graph)),
            .. SourceTools(line),
            .. (line.Go?.Sdk?.All ?? []).SelectMany(Input.Of).SelectMany(input => input.Tools),
        ];

    public override Task RunAsync(HostContext context)
    {
        string folder = MirrorSource.FolderToWrite(context.Options.Mirror);
        MirrorSelection selection = context.Options.For is { } target
            ? SelectionOf(context.Line, target, context.Graph.Closure(target))
            : MirrorSelection.Everything(context.Line);
        // what an image was made from; where there is none, none was made here
        var msys2 = new Msys2Cache(context.Paths.Msys2Cache, context.Messages);
        if (msys2.Exists)
        {
            selection = selection with { Components = [.. selection.Components, Msys2Pins.Archive] };
        }

        return new MirrorWriter(context.Paths, context.Fetcher, context.Messages, folder) { Others = [.. msys2.MirrorFiles()] }
            .WriteAsync(context.Line, selection, component => ModuleFilesOf(context, component));
    }

    /// <summary>The inputs that a target needs.</summary>
    /// <param name="line">The line.</param>
    /// <param name="target">For messages.</param>
    /// <param name="tasks">The target and all it depends on.</param>
    /// <exception cref="UsageException">It needs none of this line.</exception>
    public static MirrorSelection SelectionOf(ReleaseLine line, string target, IReadOnlyList<TaskNode> tasks)
    {
        ComponentTask[] fetching =
            [.. tasks.Select(task => task.Work).OfType<ComponentTask>().Where(task => task.Phase == Phase.Fetch && task.AppliesTo(line))];
        Component[] fetched = [.. fetching.SelectMany(task => task.FetchedOf(line)).Distinct()];
        return fetched.Length > 0
            ? MirrorSelection.For(
                line, fetched, fetching.Any(task => task.Definition is { TakesFirmware: true }), fetching.Any(task => task.FetchesGo))
            : throw new UsageException(
                $"--for={target}: nothing is fetched for this target in the line {line.Name}, so there is nothing to put into a mirror");
    }

    /// <summary>
    /// Makes the source tree of a component, whose go.sum decides, fetches the modules, and lists the files of a proxy that has them.
    /// </summary>
    private static IReadOnlyList<MirrorFile> ModuleFilesOf(HostContext context, Component component)
    {
        if (ComponentCatalog.Find(component.Name) is not GoDefinition go)
        {
            throw new BuildException($"according to the line, {component.Name} needs Go modules, but it is not defined as a Go program");
        }

        Made tree = context.Apply(component);
        context.Go.Modules.Fetch(go.BuildOf(context.Line, tree.Path), tree);
        return
        [
            .. context.Go.Modules.ProxyFiles(go.BuildOf(context.Line, tree.Path), tree).Select(file => new MirrorFile(
                $"{MirrorLayout.GoModules}/{file.RelativePath}", component.Name, $"Go module proxy: {file.RelativePath}", file.File,
                Files.Sha256(file.File))),
        ];
    }

    private static IEnumerable<string> SourceTools(ReleaseLine line) =>
        line.Components.Any(component => component.NeedsModules) ? Sources.Trees.SourceTree.Tools : [];
}
