using Cake.Frosting;
using Qcw.Build.Components.Qemu;
using Qcw.Build.Components.Xz;

namespace Qcw.Build.Tasks;

/// <summary>Compiles every component</summary>
[TaskName(nameof(Compile))]
[TaskDescription("Compiles every component")]
[IsDependentOn(typeof(QemuCompile))]
[IsDependentOn(typeof(XzCompile))]
public sealed class Compile : FrostingTask<BuildContext>;
