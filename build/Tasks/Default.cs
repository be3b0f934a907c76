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
        var loader = new LineLoader(context.Paths);
        context.Messages.Info(HelpText.Write(context.Graph, loader.Names.Select(name => (name, loader.Load(name, []).Description))));
    }
}
