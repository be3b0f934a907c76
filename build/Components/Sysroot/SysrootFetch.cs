using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches the libraries that QEMU needs.</summary>
[TaskName(nameof(SysrootFetch))]
[TaskDescription("Fetches the sources of the libraries that QEMU needs")]
[PartOf("qemu")]
[Needs("apt-get", "apt-helper", "git")]
public sealed class SysrootFetch : AsyncComponentTask
{
    public override Task RunAsync(BuildContext context)
    {
        if (context.Builder is { IsMsys2: true })
        {
            context.Messages.Step("libraries", "fetch", "come with MSYS2");
            return Task.CompletedTask;
        }

        return context.Fetcher.FetchAsync(context.Line.Libraries);
    }
}
