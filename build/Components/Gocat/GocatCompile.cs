using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Gocat;

/// <summary>Compiles gocat.exe.</summary>
[TaskName(nameof(GocatCompile))]
[TaskDescription("Compiles gocat.exe for Windows")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatModules))]
[Needs("go")]
public sealed class GocatCompile : ComponentTask
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Go.Compiler.Compile(context.Go.Toolchain, GocatBuild.For(context.Line));
    }
}
