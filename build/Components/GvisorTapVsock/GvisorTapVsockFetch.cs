using Cake.Frosting;
using Qcw.Build.Components.Podman;
using Qcw.Build.Graph;
using Qcw.Build.Model;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.GvisorTapVsock;

/// <summary>Fetches gvisor-tap-vsock, at the version that Podman's own source names.</summary>
[TaskName(nameof(GvisorTapVsockFetch))]
[TaskDescription("Fetches the gvisor-tap-vsock that Podman's source names")]
[PartOf("gvisor-tap-vsock", Arm64 = true)]
[IsDependentOn(typeof(PodmanPatch))]
[Needs("git")]
public sealed class GvisorTapVsockFetch : AsyncComponentTask
{
    /// <inheritdoc/>
    public override Task RunAsync(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Component gvisor = context.Line.Component("gvisor-tap-vsock");
        BundledGvisor.Check(context.Paths.Source(context.Line.Component("podman")), gvisor, context.Messages);
        return context.Fetcher.FetchAsync([gvisor]);
    }
}
