using Cake.Frosting;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Makes a base image from Debian's packages.</summary>
[TaskDescription("Makes the base image of --builder=container from Debian's packages, for where no registry can be reached (as root)")]
[Needs("apt-get", "debootstrap")]
public sealed class ContainerBase : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        if (context.Options.Offline)
        {
            throw new UsageException("ContainerBase fetches Debian's packages: it does not work with --offline");
        }

        IContainerEngine engine = InstalledEngines.Of(context.HostTools).Choose(context.Options.Engine);
        string? program = context.HostTools.Find(ToolCatalog.Find("debootstrap")).Path;
        new DebianBase(context.Paths, program, context.Line.SourceDateEpoch, context.Steps, context.Messages).Provide(engine);
    }
}
