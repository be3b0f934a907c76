using System.Globalization;
using Cake.Docker;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>A container to run in the words of Cake.Docker: no network, no rights, nothing writable but what is mounted so.</summary>
internal static class RunSettings
{
    // the engines' own default; a quota is processor time in each period
    private const long CpuPeriod = 100_000;

    /// <summary>The settings of one run.</summary>
    /// <param name="run">The container.</param>
    /// <param name="podman">True for Podman.</param>
    /// <param name="rootless">True where the engine runs as the calling user.</param>
    public static DockerContainerRunSettings Of(ContainerRun run, bool podman, bool rootless)
    {
        var settings = new DockerContainerRunSettings
        {
            CapDrop = ["ALL"],
            CpuPeriod = run.Limits.Cpus is null ? null : CpuPeriod,
            CpuQuota = run.Limits.Cpus is { } cpus ? (long)(cpus * CpuPeriod) : null,
            Entrypoint = "/bin/bash",
            Env = [.. run.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
            Label = [run.Label],
            Name = run.Name,
            Network = "none",
            ReadOnly = true,
            Rm = true,
            // label=disable: where SELinux is on, mounted folders would have to be relabelled on the host
            SecurityOpt = ["no-new-privileges", "label=disable"],
            StopTimeout = 1,
            // programs that configure scripts compile are run there
            Tmpfs = ["/tmp:rw,exec,mode=1777"],
            // a rootless docker's root is the calling user; Podman can keep the user's own number
            User = rootless && !podman ? "0:0" : CallingUser.Current().ToString(),
            Volume = [.. run.Mounts.Select(VolumeOf)],
        };

        // Cake.Docker's texts and lists take no null: what is not wanted is left alone
        if (run.WorkingDirectory is { } folder)
        {
            settings.Workdir = folder;
        }

        if (run.Limits.Memory is { } memory)
        {
            settings.Memory = memory;
            settings.MemorySwap = memory;
        }

        if (podman)
        {
            // Podman's own limits are above what a user without privileges, or a small virtual machine, may set
            settings.Ulimit = ["nofile=4096:4096", "nproc=4096:4096"];
        }

        if (podman && rootless)
        {
            settings.Userns = "keep-id";
        }

        return settings;
    }

    private static string VolumeOf(Mount mount) => mount.Path.Contains(':', StringComparison.Ordinal)
        ? throw new BuildException(
            $"'{mount.Path}' contains a colon, which ends a path for container engines: build in a folder without one")
        : $"{mount.Path}:{mount.Path}{(mount.Writable ? string.Empty : ":ro")}";
}

/// <summary>Who runs this program, as the kernel counts users.</summary>
/// <param name="Uid">Effective user.</param>
/// <param name="Gid">Effective group.</param>
internal sealed record CallingUser(int Uid, int Gid)
{
    /// <summary>Read from proc(5): .NET has no call for it.</summary>
    public static CallingUser Current()
    {
        string[] status = File.ReadAllLines("/proc/self/status");
        return new CallingUser(Effective(status, "Uid:"), Effective(status, "Gid:"));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Uid}:{Gid}");

    // real, effective, saved, file system
    private static int Effective(string[] status, string field) =>
        int.Parse(status.First(line => line.StartsWith(field, StringComparison.Ordinal)).Split('\t')[2], CultureInfo.InvariantCulture);
}
