using Cake.Frosting;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Components;

/// <summary>Makes Podman's installer for one user, who needs no administrator.</summary>
[TaskName(nameof(PodmanUserInstaller))]
[TaskDescription("Makes the installer of Podman, for one user")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(PodmanCompile))]
[IsDependentOn(typeof(PodmanDocumentation))]
[IsDependentOn(typeof(GvisorTapVsockCompile))]
[Needs("msibuild", "msiinfo", "wixl")]
[Produces("podman", "podman-{version}-windows-{arch}-user.msi")]
public sealed class PodmanUserInstaller : ComponentTask
{
    public override void Run(BuildContext context)
    {
        PodmanMsi.Make(context, nameof(PodmanUserInstaller), MsiEdition.PerUser);
    }
}
