using Cake.Frosting;
using Qcw.Build.Components.Gocat;
using Qcw.Build.Components.GvisorTapVsock;
using Qcw.Build.Components.Xz;

namespace Qcw.Build.Tasks;

/// <summary>Makes every archive</summary>
[TaskName(nameof(Archives))]
[TaskDescription("Makes every archive")]
[IsDependentOn(typeof(GvisorTapVsockArchive))]
[IsDependentOn(typeof(GocatArchive))]
[IsDependentOn(typeof(XzArchive))]
public sealed class Archives : FrostingTask<BuildContext>;
