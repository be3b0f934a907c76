using Cake.Frosting;
using Qcw.Build.Components.Go;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Podman;

/// <summary>Fetches Podman and its remote patches.</summary>
[TaskName(nameof(PodmanFetch))]
[TaskDescription("Fetches Podman's source and remote patches")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(GoFetch))]
[Needs("git")]
public sealed class PodmanFetch : AsyncComponentTask
{
    /// <inheritdoc/>
    public override Task RunAsync(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Fetcher.FetchAsync([context.Line.Component("podman")]);
    }
}
