using System.Diagnostics;
using System.Globalization;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A Windows program as this machine's kernel sees it.</summary>
/// <param name="Id">The kernel's number of it, not Windows'.</param>
/// <param name="Program">Its file name.</param>
internal sealed record HostedProcess(int Id, string Program);

/// <summary>The programs of one Windows under Wine, found by the prefix in their environment.</summary>
internal static class MachineProcesses
{
    /// <summary>Those whose program has that name, such as <c>qemu-system-x86_64w.exe</c>.</summary>
    public static IReadOnlyList<HostedProcess> Find(string prefix, string program) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(folder => Read(folder, prefix)).OfType<HostedProcess>()
            .Where(process => string.Equals(process.Program, program, StringComparison.OrdinalIgnoreCase)),
    ];

    /// <summary>Ends it as Windows' task manager does: without a word to it.</summary>
    public static void Kill(HostedProcess process)
    {
        using var running = Process.GetProcessById(process.Id);
        running.Kill();
        running.WaitForExit();
    }

    private static HostedProcess? Read(string folder, string prefix)
    {
        try
        {
            return int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id)
                && File.ReadAllText(Path.Combine(folder, "environ")).Split('\0').Contains("WINEPREFIX=" + prefix)
                ? new HostedProcess(id, File.ReadAllText(Path.Combine(folder, "cmdline")).Split('\0')[0].Split('\\', '/')[^1])
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended, or is another user's
        }
    }
}
