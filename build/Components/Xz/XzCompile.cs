using Cake.Frosting;
using Qcw.Build.Compiling;
using Qcw.Build.Components.Sysroot;
using Qcw.Build.Graph;
using Qcw.Build.Model;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Xz;

/// <summary>Compiles XZ Utils; it has no patches, so its source tree is only unpacked.</summary>
[TaskName(nameof(XzCompile))]
[TaskDescription("Compiles XZ Utils for Windows, with its DLL")]
[PartOf("xz")]
[IsDependentOn(typeof(XzFetch))]
[IsDependentOn(typeof(ToolchainCompile))]
[Needs("bash", "ccache", "make", "mingw-w64", "mingw-w64-binutils", InBuilder = true)]
public sealed class XzCompile : ComponentTask
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Component xz = context.Line.Component("xz");
        context.Sources.Unpack(xz, context.Fetcher.Locate(xz));
        context.Compiler.Compile(xz, Recipe.Find(context.Paths, "Xz", "xz", "mingw-w64", "mingw-w64-binutils"));
    }
}
