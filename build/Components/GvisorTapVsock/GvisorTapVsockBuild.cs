using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Components;

/// <summary>How gvproxy and win-sshproxy are compiled.</summary>
internal static class GvisorTapVsockBuild
{
    /// <summary>Both programs, without console windows, as upstream's Makefile builds them: Podman starts them in the background.</summary>
    public static GoBuild For(ReleaseLine line) => new(
        line.Component("gvisor-tap-vsock"),
        "gvisor-tap-vsock",
        "The gvisor-tap-vsock authors",
        [
            new GoProgram("gvproxy", "./cmd/gvproxy", "Network of a virtual machine, in user space") { Windowless = true },
            new GoProgram("win-sshproxy", "./cmd/win-sshproxy", "Forwards a Windows named pipe to a socket over SSH") { Windowless = true },
        ]);
}
