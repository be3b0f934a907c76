using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Zips gvproxy.exe and win-sshproxy.exe with their licences.</summary>
[TaskName(nameof(GvisorTapVsockArchive))]
[TaskDescription("Makes the zip of gvproxy and win-sshproxy")]
[PartOf("gvisor-tap-vsock", Arm64 = true)]
[IsDependentOn(typeof(GvisorTapVsockCompile))]
[Produces("gvisor-tap-vsock", "gvisor-tap-vsock-{version}-windows-{arch}.zip")]
public sealed class GvisorTapVsockArchive : ComponentTask
{
    public override void Run(BuildContext context)
    {
        GoArchive.Make(context, nameof(GvisorTapVsockArchive), context.Line.Component("gvisor-tap-vsock"));
    }
}
