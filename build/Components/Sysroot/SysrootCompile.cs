using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Compiles the libraries that QEMU needs, each with its own fingerprint.</summary>
[TaskName(nameof(SysrootCompile))]
[TaskDescription("Compiles the libraries that QEMU needs")]
[PartOf("qemu")]
[IsDependentOn(typeof(SysrootFetch))]
[IsDependentOn(typeof(ToolchainCompile))]
[Needs(
    "bash", "ccache", "make", "meson", "mingw-w64", "mingw-w64-binutils", "ninja",
    "perl", "pkg-config", "python3", InBuilder = true)]
public sealed class SysrootCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        foreach (Component library in context.Line.Libraries.Where(library => library.Name != "toolchain"))
        {
            SysrootLibrary.Compile(context, library);
        }
    }
}
