using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Makes every installer</summary>
[TaskName(nameof(Installers))]
[TaskDescription("Makes every installer")]
[IsDependentOn(typeof(PodmanInstaller))]
[IsDependentOn(typeof(PodmanUserInstaller))]
[IsDependentOn(typeof(QemuInstaller))]
public sealed class Installers : FrostingTask<BuildContext>;
