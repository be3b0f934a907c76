using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Gocat;

/// <summary>Fetches the modules that gocat's patched go.mod names: its source does not carry them.</summary>
[TaskName(nameof(GocatModules))]
[TaskDescription("Fetches gocat's Go modules, verified against its go.sum")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatPatch))]
[Needs("go")]
public sealed class GocatModules : ComponentTask
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Go.Modules.Fetch(context.Go.Toolchain, GocatBuild.For(context.Line));
    }
}
