using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches Podman and its remote patches.</summary>
[TaskName(nameof(PodmanFetch))]
[TaskDescription("Fetches Podman's source and remote patches")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(GoFetch))]
[Needs("git")]
public sealed class PodmanFetch : AsyncComponentTask
{
    public override Task RunAsync(BuildContext context) => context.Fetcher.FetchAsync([context.Line.Component("podman")]);
}
