using Cake.Frosting;
using Qcw.Build.Components.Go;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Gocat;

/// <summary>Fetches gocat and its remote patch.</summary>
[TaskName(nameof(GocatFetch))]
[TaskDescription("Fetches gocat's source and remote patch")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GoFetch))]
[Needs("git")]
public sealed class GocatFetch : AsyncComponentTask
{
    /// <inheritdoc/>
    public override Task RunAsync(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Fetcher.FetchAsync([context.Line.Component("gocat")]);
    }
}
