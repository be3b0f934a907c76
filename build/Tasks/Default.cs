using Cake.Frosting;
using Qcw.Build.CommandLine;
using Qcw.Build.Lines;

namespace Qcw.Build.Tasks;

/// <summary>Prints the help.</summary>
[TaskName(nameof(Default))]
[TaskDescription("Prints the help: targets, options, examples")]
public sealed class Default : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Messages.Info(HelpText.Write(context.Graph, new LineLoader(context.Paths)));
    }
}
