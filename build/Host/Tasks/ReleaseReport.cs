using Cake.Frosting;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Draws RELEASE-REPORT.html: what is in the release, as a page. It has no clock in it, so it is the same everywhere.</summary>
[TaskDescription("Draws RELEASE-REPORT.html for what is in artifacts/release: sizes, changes since a release (--against), patches, trust")]
[IsDependentOn(typeof(ReleaseNotes))]
public sealed class ReleaseReport : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        string text = new Reports(context).OfRelease();
        string target = Path.Combine(context.Paths.Release, ReleaseFolder.ReportName);
        context.Steps.RunReplacing(
            new Step("release", "report", target, new Fingerprint().Add("text", text))
            {
                StampAt = context.Paths.ReleaseStamp(ReleaseFolder.ReportName),
            },
            partial => File.WriteAllText(partial, text));
    }
}
