using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Makes Podman's source tree: the pristine import and one commit a patch.</summary>
[TaskName(nameof(PodmanPatch))]
[TaskDescription("Checks out Podman's source and applies the line's patches")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(PodmanFetch))]
[Needs("git")]
public sealed class PodmanPatch : ComponentTask
{
    public override void Run(BuildContext context)
    {
        Component podman = context.Line.Component("podman");
        context.Sources.Apply(podman, context.Fetcher.Locate(podman), context.PatchFiles(podman));
    }
}
