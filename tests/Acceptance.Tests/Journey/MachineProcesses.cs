using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A Windows program as this machine's kernel sees it.</summary>
internal sealed record HostedProcess(int Id, string CommandLine);

/// <summary>The programs of one Windows under Wine, found by the prefix in their environment.</summary>
internal static class MachineProcesses
{
    /// <summary>Those whose program has that name, such as <c>qemu-system-x86_64w.exe</c>.</summary>
    public static IReadOnlyList<HostedProcess> Find(string prefix, string program) =>
    [
        .. Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _))
            .Select(folder => Read(folder, prefix)).OfType<HostedProcess>()
            .Where(process => Regex.IsMatch(process.CommandLine.Split('\0')[0], $@"(^|[\\/]){Regex.Escape(program)}$", RegexOptions.IgnoreCase)),
    ];

    /// <summary>Ends it as Windows' task manager does: without a word to it.</summary>
    public static void Kill(HostedProcess process) => ProcessRunner.Run(new ProcessRequest("kill", "-9", process.Id.ToString(CultureInfo.InvariantCulture)));

    private static HostedProcess? Read(string folder, string prefix)
    {
        try
        {
            string environment = Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(folder, "environ")));
            return environment.Split('\0').Contains("WINEPREFIX=" + prefix)
                ? new HostedProcess(
                    int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture), File.ReadAllText(Path.Combine(folder, "cmdline")).TrimEnd('\0'))
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended, or is another user's
        }
    }
}
