using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches the modules that gocat's patched go.mod names: its source does not carry them.</summary>
[TaskName(nameof(GocatModules))]
[TaskDescription("Fetches gocat's Go modules, verified against its go.sum")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatPatch))]
[Needs("go")]
public sealed class GocatModules : ComponentTask
{
    public override void Run(BuildContext context)
    {
        context.Go.Modules.Fetch(context.Go.Toolchain, GocatBuild.For(context.Line));
    }
}
