using Cake.Docker;
using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Compiling.Builders.Msys2;

/// <summary>
/// A Windows container in the words of Cake.Docker: no network, nothing of the host writable but what is mounted so. What Linux has beyond
/// that (a read-only image, capabilities, memory file systems, swap) Windows' engine refuses: the image's own files can be written to, and
/// what is written there is gone with the container.
/// </summary>
internal static class WindowsRunSettings
{
    // a container with a kernel of its own, the default on Windows 10 and 11, would get 1 GB, and linking QEMU needs more
    private const string Memory = "4g";

    /// <summary>The settings of one run.</summary>
    /// <exception cref="UsageException">A part of a processor is asked for.</exception>
    public static DockerContainerRunSettings Of(ContainerRun run)
    {
        var settings = new DockerContainerRunSettings
        {
            CpuCount = run.Limits.Cpus is { } cpus ? Whole(cpus) : Environment.ProcessorCount,
            Entrypoint = new Msys2Shell(Msys2Shell.DefaultRoot).Bash,
            Env = [.. run.Environment.Select(pair => $"{pair.Key}={pair.Value}")],
            Label = [run.Label],
            Memory = run.Limits.Memory ?? Memory,
            Mount = [.. run.Mounts.Select(MountOf)],
            Name = run.Name,
            Network = "none",
            Rm = true,
            StopTimeout = 1,
        };

        // Cake.Docker's texts and lists take no null: what is not wanted is left alone
        if (run.WorkingDirectory is { } folder)
        {
            settings.Workdir = folder;
        }

        return settings;
    }

    private static long Whole(double cpus) => cpus >= 1 && double.IsInteger(cpus)
        ? (long)cpus
        : throw new UsageException("--cpus: a Windows container gets whole processors only: give 1, 2, ...");

    private static string MountOf(Mount mount) => mount.Path.Contains(',', StringComparison.Ordinal)
        ? throw new BuildException(
            $"'{mount.Path}' contains a comma, which ends a path for container engines: build in a folder without one")
        // without this the engine would only say that the container exited unexpectedly
        : !mount.Path.StartsWith(@"C:\", StringComparison.OrdinalIgnoreCase)
            ? throw new BuildException(
                $"'{mount.Path}' is not on C:, the only drive of a Windows container: build in a folder on C:, as in C:\\q")
        : $"type=bind,source={mount.Path},target={mount.Path}{(mount.Writable ? string.Empty : ",readonly")}";
}
