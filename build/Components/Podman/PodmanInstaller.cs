using Cake.Frosting;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Components;

/// <summary>Makes Podman's installer for all users of a machine.</summary>
[TaskName(nameof(PodmanInstaller))]
[TaskDescription("Makes the installer of Podman, for all users")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(PodmanCompile))]
[IsDependentOn(typeof(PodmanDocumentation))]
[IsDependentOn(typeof(GvisorTapVsockCompile))]
[Needs("msibuild", "msiinfo", "wixl")]
[Produces("podman", "podman-{version}-windows-{arch}.msi")]
public sealed class PodmanInstaller : ComponentTask
{
    public override void Run(BuildContext context)
    {
        PodmanMsi.Make(context, nameof(PodmanInstaller), MsiEdition.PerMachine);
    }
}
