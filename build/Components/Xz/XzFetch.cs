using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Xz;

/// <summary>Fetches XZ Utils.</summary>
[TaskName(nameof(XzFetch))]
[TaskDescription("Fetches the source of XZ Utils")]
[PartOf("xz")]
[Needs("apt-get", "apt-helper")]
public sealed class XzFetch : AsyncComponentTask
{
    /// <inheritdoc/>
    public override Task RunAsync(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Fetcher.FetchAsync([context.Line.Component("xz")]);
    }
}
