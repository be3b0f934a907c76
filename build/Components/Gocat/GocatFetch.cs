using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Fetches gocat and its remote patch.</summary>
[TaskName(nameof(GocatFetch))]
[TaskDescription("Fetches gocat's source and remote patch")]
[PartOf("gocat", Arm64 = true)]
[IsDependentOn(typeof(GoFetch))]
[Needs("git")]
public sealed class GocatFetch : AsyncComponentTask
{
    public override Task RunAsync(BuildContext context) => context.Fetcher.FetchAsync([context.Line.Component("gocat")]);
}
