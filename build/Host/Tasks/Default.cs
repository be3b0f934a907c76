using Cake.Frosting;

namespace Qcw.Build.Host;

/// <summary>Prints the help.</summary>
[TaskDescription("Prints the help: targets, options, examples")]
public sealed class Default : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        context.Messages.Info(HelpText.Write(context.Graph, new ReleaseLines(context.Paths)));
    }
}
