using Cake.Frosting;
using Qcw.Build.Compiling.Recipes;

namespace Qcw.Build.Components;

/// <summary>Compiles XZ Utils; it has no patches, so its source tree is only unpacked.</summary>
[TaskName(nameof(XzCompile))]
[TaskDescription("Compiles XZ Utils for Windows, with its DLL")]
[PartOf("xz")]
[IsDependentOn(typeof(XzFetch))]
[IsDependentOn(typeof(ToolchainCompile))]
[Needs("bash", "ccache", "make", "mingw-w64", "mingw-w64-binutils", InBuilder = true)]
public sealed class XzCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        Component xz = context.Line.Component("xz");
        context.Sources.Unpack(xz, context.Fetcher.Locate(xz));
        context.Compiler.Compile(xz, Recipe.Find(context.Paths, "Xz", "xz", "mingw-w64", "mingw-w64-binutils"));
    }
}
