using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Podman;

/// <summary>Compiles podman.exe, the remote client.</summary>
[TaskName(nameof(PodmanCompile))]
[TaskDescription("Compiles podman.exe for Windows")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(PodmanPatch))]
[Needs("go")]
public sealed class PodmanCompile : ComponentTask
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Go.Compiler.Compile(context.Go.Toolchain, PodmanBuild.ForWindows(context.Line));
    }
}
