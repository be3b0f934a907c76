using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Prepares every source tree that has patches</summary>
[TaskName(nameof(Patch))]
[TaskDescription("Prepares every source tree that has patches")]
[IsDependentOn(typeof(PodmanPatch))]
[IsDependentOn(typeof(GocatPatch))]
[IsDependentOn(typeof(QemuPatch))]
public sealed class Patch : FrostingTask<BuildContext>;
