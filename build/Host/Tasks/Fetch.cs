using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Fetches every source and remote patch of the line</summary>
[TaskName(nameof(Fetch))]
[TaskDescription("Fetches every source and remote patch of the line")]
[IsDependentOn(typeof(GoFetch))]
[IsDependentOn(typeof(PodmanFetch))]
[IsDependentOn(typeof(GvisorTapVsockFetch))]
[IsDependentOn(typeof(GocatModules))]
[IsDependentOn(typeof(QemuFetch))]
[IsDependentOn(typeof(SysrootFetch))]
[IsDependentOn(typeof(XzFetch))]
public sealed class Fetch : FrostingTask<BuildContext>;
