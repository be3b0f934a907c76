using Cake.Core.Diagnostics;
using Cake.Frosting;

namespace Qcw.Build.Tasks;

[TaskName(nameof(Default))]
[TaskDescription("Says that the host runs")]
public sealed class Default : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context) => context.Log.Information("The build host runs.");
}
