using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Compiles gocat.exe.</summary>
[TaskName(nameof(GocatCompile))]
[TaskDescription("Compiles gocat.exe for Windows")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatModules))]
[Needs("go")]
public sealed class GocatCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        context.Go.Compiler.Compile(context.Go.Toolchain, GocatBuild.For(context.Line));
    }
}
