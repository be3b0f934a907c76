using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Makes QEMU's source tree: the pristine import and one commit a patch.</summary>
[TaskName(nameof(QemuPatch))]
[TaskDescription("Unpacks QEMU's source and applies the line's patches")]
[PartOf("qemu")]
[IsDependentOn(typeof(QemuFetch))]
[Needs("git")]
public sealed class QemuPatch : ComponentTask
{
    public override void Run(BuildContext context)
    {
        Component qemu = context.Line.Component("qemu");
        context.Sources.Apply(qemu, context.Fetcher.Locate(qemu), context.PatchFiles(qemu));
    }
}
