using System.Diagnostics;
using System.Globalization;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A Windows program as this machine's kernel sees it.</summary>
/// <param name="Id">The kernel's number of it, not Windows'.</param>
/// <param name="Program">Its file name without <c>.exe</c>: a command line need not have that.</param>
internal sealed record HostedProcess(int Id, string Program);

/// <summary>The programs of one Windows under Wine, found by the prefix in their environment.</summary>
internal static class MachineProcesses
{
    /// <summary>Those whose program has that name, such as <c>qemu-system-x86_64w</c>, and runs.</summary>
    /// <remarks>
    /// Under Wine a program that is ended while it starts another leaves a process that waits for it forever, with one thread, and never
    /// runs the other program. Windows has nothing of that kind. Programs in Go and QEMU have several threads.
    /// </remarks>
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
                && Directory.GetDirectories(Path.Combine(folder, "task")).Length > 1
                ? new HostedProcess(id, NameIn(File.ReadAllText(Path.Combine(folder, "cmdline"))))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended, or is another user's
        }
    }

    private static string NameIn(string commandLine)
    {
        string name = commandLine.Split('\0')[0].Split('\\', '/')[^1];
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}
