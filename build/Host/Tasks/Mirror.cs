using Cake.Frosting;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Components;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Host;

/// <summary>Writes a mirror: what an archive or a closed network needs to build the line.</summary>
[TaskName(nameof(Mirror))]
[TaskDescription("Writes the inputs of the line, or of one target (--for=TARGET), into the folder --mirror=DIR")]
[Needs("apt-get", "apt-helper", "git", "go")]
public sealed class Mirror : AsyncFrostingTask<BuildContext>
{
    public override Task RunAsync(BuildContext context)
    {
        string folder = MirrorSource.FolderToWrite(context.Options.Mirror);
        MirrorSelection selection = context.Options.For is { } target
            ? MirrorSelection.For(context.Line, target, context.Graph.Closure(target))
            : MirrorSelection.Everything(context.Line);
        // what an image was made from; where there is none, none was made here
        var msys2 = new Msys2Cache(context.Paths.Msys2Cache, context.Messages);
        if (msys2.Exists)
        {
            selection = selection with { Components = [.. selection.Components, Msys2Pins.Archive] };
        }

        return new MirrorWriter(context.Paths, context.Fetcher, context.Messages, folder) { Others = [.. msys2.MirrorFiles()] }
            .WriteAsync(context.Line, selection, component => GoModuleFiles.Of(context, component));
    }
}
