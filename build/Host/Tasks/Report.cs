using Cake.Frosting;

namespace Qcw.Build.Host;

/// <summary>
/// Draws the report of the last build from what was recorded, as the build itself did at its end. It makes nothing else, so an old record
/// can be put in place and drawn again.
/// </summary>
[TaskDescription("Draws artifacts/report/index.html: what the last build did and why, sizes, changes since a release (--against), trust")]
public sealed class Report : FrostingTask<HostContext>
{
    public override void Run(HostContext context) =>
        context.Messages.Info($"Report:  {new Reports(context).WriteOfBuild()}");
}
