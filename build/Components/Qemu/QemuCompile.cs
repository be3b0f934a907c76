using Cake.Frosting;
using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Components;

/// <summary>Compiles QEMU against the sysroot.</summary>
[TaskName(nameof(QemuCompile))]
[TaskDescription("Compiles QEMU for Windows: the x86_64 system emulator and the tools")]
[PartOf("qemu")]
[IsDependentOn(typeof(QemuPatch))]
[IsDependentOn(typeof(SysrootCompile))]
[Needs(
    "bash", "bzip2", "ccache", "gcc", "git", "make", "meson", "mingw-w64", "mingw-w64-binutils", "ninja",
    "perl", "pkg-config", "python3", InBuilder = true)]
public sealed class QemuCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        context.Compiler.Compile(
            context.Line.Component("qemu"),
            Recipe.Find(context.Paths, "Qemu", "qemu", "mingw-w64", "mingw-w64-binutils", "meson", "pkg-config", "python3", "gcc"));
    }
}
