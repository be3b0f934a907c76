using Qcw.Build.Output;
using Qcw.Build.Tools;

namespace Qcw.Build.Compiling;

/// <summary>Chooses where recipes run: <c>--builder auto|msys2|container|host</c>.</summary>
public static class BuilderChoice
{
    /// <summary>The builder of that name.</summary>
    /// <exception cref="UsageException">It cannot run on this machine, or not yet.</exception>
    public static IBuilder Choose(string name, Paths paths, ToolFinder tools, BuildLog log)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(tools);
        ArgumentNullException.ThrowIfNull(log);
        if (name is not ("auto" or "host"))
        {
            throw new UsageException($"--builder={name} is not part of this version; expected auto or host");
        }

        if (!OperatingSystem.IsLinux())
        {
            throw new UsageException("compiling works on Linux only so far: the MSYS2 builder for Windows is not part of this version");
        }

        if (name == "auto")
        {
            log.Info("builder: host (auto: on Linux the host's cross toolchain is the only builder so far)");
        }

        return new HostBuilder(paths.Temporary, tools.Find(ToolCatalog.Find("ccache")).Path);
    }
}
