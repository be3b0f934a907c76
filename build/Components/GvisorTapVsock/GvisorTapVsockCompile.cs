using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Compiles gvproxy.exe and win-sshproxy.exe.</summary>
[TaskName(nameof(GvisorTapVsockCompile))]
[TaskDescription("Compiles gvproxy.exe and win-sshproxy.exe for Windows")]
[PartOf("gvisor-tap-vsock", Arm64 = true)]
[IsDependentOn(typeof(GvisorTapVsockFetch))]
[Needs("git", "go")]
public sealed class GvisorTapVsockCompile : ComponentTask
{
    public override void Run(BuildContext context)
    {
        Component gvisor = context.Line.Component("gvisor-tap-vsock");
        context.Sources.Apply(gvisor, context.Fetcher.Locate(gvisor), context.PatchFiles(gvisor));
        context.Go.Compiler.Compile(context.Go.Toolchain, GvisorTapVsockBuild.For(context.Line));
    }
}
