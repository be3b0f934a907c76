using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Makes sure that there is a Go which builds the line; the first thing that is done for a Go program.</summary>
[TaskName(nameof(GoFetch))]
[TaskDescription("Checks the host's Go, and fetches the SDK that the line pins where it does not fit")]
[PartOf("podman", "gvisor-tap-vsock", "gocat", Arm64 = true)]
[Needs("go")]
public sealed class GoFetch : AsyncComponentTask
{
    public override Task RunAsync(BuildContext context) => context.Go.FetchAsync();
}
