using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Tasks;

namespace Qcw.Build.Components.Sysroot;

/// <summary>Fetches the libraries that QEMU needs.</summary>
[TaskName(nameof(SysrootFetch))]
[TaskDescription("Fetches the sources of the libraries that QEMU needs")]
[PartOf("qemu")]
[Needs("apt-get", "apt-helper", "git")]
public sealed class SysrootFetch : AsyncComponentTask
{
    /// <inheritdoc/>
    public override Task RunAsync(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Fetcher.FetchAsync(context.Line.Libraries);
    }
}
