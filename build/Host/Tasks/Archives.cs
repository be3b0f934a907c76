using Cake.Frosting;
using Qcw.Build.Components;

namespace Qcw.Build.Host;

/// <summary>Makes every archive</summary>
[TaskName(nameof(Archives))]
[TaskDescription("Makes every archive")]
[IsDependentOn(typeof(GvisorTapVsockArchive))]
[IsDependentOn(typeof(GocatArchive))]
[IsDependentOn(typeof(XzArchive))]
public sealed class Archives : FrostingTask<BuildContext>;
