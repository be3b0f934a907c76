using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Model;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Sysroot;

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
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach (Component library in context.Line.Libraries.Where(library => library.Name != "toolchain"))
        {
            SysrootLibrary.Compile(context, library);
        }
    }
}
