using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches XZ Utils.</summary>
[TaskName(nameof(XzFetch))]
[TaskDescription("Fetches the source of XZ Utils")]
[PartOf("xz")]
[Needs("apt-get", "apt-helper")]
public sealed class XzFetch : AsyncComponentTask
{
    public override Task RunAsync(BuildContext context) => context.Fetcher.FetchAsync([context.Line.Component("xz")]);
}
