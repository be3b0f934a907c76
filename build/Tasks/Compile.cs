using Cake.Frosting;
using Qcw.Build.Components.Gocat;
using Qcw.Build.Components.GvisorTapVsock;
using Qcw.Build.Components.Podman;
using Qcw.Build.Components.Qemu;
using Qcw.Build.Components.Xz;

namespace Qcw.Build.Tasks;

/// <summary>Compiles every component</summary>
[TaskName(nameof(Compile))]
[TaskDescription("Compiles every component")]
[IsDependentOn(typeof(PodmanCompile))]
[IsDependentOn(typeof(GvisorTapVsockCompile))]
[IsDependentOn(typeof(GocatCompile))]
[IsDependentOn(typeof(QemuCompile))]
[IsDependentOn(typeof(XzCompile))]
public sealed class Compile : FrostingTask<BuildContext>;
