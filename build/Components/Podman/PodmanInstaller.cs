using Cake.Frosting;
using Qcw.Build.Components.GvisorTapVsock;
using Qcw.Build.Graph;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Podman;

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
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        PodmanMsi.Make(context, nameof(PodmanInstaller), MsiEdition.PerMachine);
    }
}
