using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches gvisor-tap-vsock, at the version that Podman's own source names.</summary>
[TaskName(nameof(GvisorTapVsockFetch))]
[TaskDescription("Fetches the gvisor-tap-vsock that Podman's source names")]
[PartOf("gvisor-tap-vsock", Arm64 = true)]
[IsDependentOn(typeof(PodmanPatch))]
[Needs("git")]
public sealed class GvisorTapVsockFetch : AsyncComponentTask
{
    public override Task RunAsync(BuildContext context)
    {
        Component gvisor = context.Line.Component("gvisor-tap-vsock");
        BundledGvisor.Check(context.Paths.Source(context.Line.Component("podman")), gvisor, context.Messages);
        return context.Fetcher.FetchAsync([gvisor]);
    }
}
