using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Zips gocat.exe with its licences.</summary>
[TaskName(nameof(GocatArchive))]
[TaskDescription("Makes the zip of gocat")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatCompile))]
[Produces("gocat", "gocat-{version}-windows-{arch}.zip")]
public sealed class GocatArchive : ComponentTask
{
    public override void Run(BuildContext context)
    {
        GoArchive.Make(context, nameof(GocatArchive), context.Line.Component("gocat"));
    }
}
