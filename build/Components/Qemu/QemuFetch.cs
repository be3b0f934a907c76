using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches QEMU, its remote patches and, where the line says so, its firmware packages.</summary>
[TaskName(nameof(QemuFetch))]
[TaskDescription("Fetches QEMU's source, remote patches and firmware packages")]
[PartOf("qemu")]
[Needs("apt-get", "apt-helper", "git")]
public sealed class QemuFetch : AsyncComponentTask
{
    public override async Task RunAsync(BuildContext context)
    {
        await context.Fetcher.FetchAsync([context.Line.Component("qemu")]);
        await context.Fetcher.FetchFirmwareAsync(context.Line);
    }
}
