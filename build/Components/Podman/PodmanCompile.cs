using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Compiles podman.exe, the remote client.</summary>
[TaskName(nameof(PodmanCompile))]
[TaskDescription("Compiles podman.exe for Windows")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(PodmanPatch))]
[Needs("go")]
public sealed class PodmanCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        context.Go.Compiler.Compile(context.Go.Toolchain, PodmanBuild.ForWindows(context.Line));
    }
}
