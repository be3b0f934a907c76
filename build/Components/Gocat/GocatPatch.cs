using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Makes gocat's source tree: the pristine import and one commit a patch.</summary>
[TaskName(nameof(GocatPatch))]
[TaskDescription("Checks out gocat's source and applies the dependency patch")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GocatFetch))]
[Needs("git")]
public sealed class GocatPatch : ComponentTask
{
    public override void Run(BuildContext context)
    {
        Component gocat = context.Line.Component("gocat");
        context.Sources.Apply(gocat, context.Fetcher.Locate(gocat), context.PatchFiles(gocat));
    }
}
