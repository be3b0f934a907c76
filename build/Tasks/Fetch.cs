using Cake.Frosting;
using Qcw.Build.Components.Go;
using Qcw.Build.Components.Gocat;
using Qcw.Build.Components.GvisorTapVsock;
using Qcw.Build.Components.Podman;
using Qcw.Build.Components.Qemu;
using Qcw.Build.Components.Sysroot;
using Qcw.Build.Components.Xz;

namespace Qcw.Build.Tasks;

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
