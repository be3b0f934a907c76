using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Prints the help.</summary>
[TaskName(nameof(Default))]
[TaskDescription("Prints the help: targets, options, examples")]
public sealed class Default : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        context.Messages.Info(HelpText.Write(context.Graph, new ReleaseLines(context.Paths)));
    }
}
