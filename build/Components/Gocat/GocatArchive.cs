using Cake.Frosting;
using Qcw.Build.Components.Go;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Gocat;

/// <summary>Zips gocat.exe with its licences.</summary>
[TaskName(nameof(GocatArchive))]
[TaskDescription("Makes the zip of gocat")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatCompile))]
[Produces("gocat", "gocat-{version}-windows-{arch}.zip")]
public sealed class GocatArchive : ComponentTask
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        GoArchive.Make(context, nameof(GocatArchive), context.Line.Component("gocat"));
    }
}
