using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Stages what every compilation needs: the compiler's own DLLs, shim headers, the pkg-config wrapper.</summary>
[TaskName(nameof(ToolchainCompile))]
[TaskDescription("Stages the part of the sysroot that comes with the compiler")]
[PartOf("qemu", "xz")]
[Needs("bash", "meson", "mingw-w64", "mingw-w64-binutils", "pkg-config", InBuilder = true)]
public sealed class ToolchainCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        SysrootLibrary.Compile(context, context.Line.Library("toolchain"));
    }
}
