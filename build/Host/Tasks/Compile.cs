using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Compiles every component</summary>
[TaskName(nameof(Compile))]
[TaskDescription("Compiles every component")]
[IsDependentOn(typeof(PodmanCompile))]
[IsDependentOn(typeof(GvisorTapVsockCompile))]
[IsDependentOn(typeof(GocatCompile))]
[IsDependentOn(typeof(QemuCompile))]
[IsDependentOn(typeof(XzCompile))]
public sealed class Compile : FrostingTask<BuildContext>;
