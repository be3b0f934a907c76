using System.ComponentModel;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>
/// The run of the host program that a container belongs to. A number alone would not do: numbers of processes are used again, after a
/// restart of the machine all of them, and in a container they are others.
/// </summary>
/// <param name="Boot">The kernel's id of this start of the machine.</param>
/// <param name="Namespace">The namespace that the number is of.</param>
/// <param name="Process">The host program's number.</param>
/// <param name="Started">When it started, in the kernel's ticks since the start of the machine.</param>
public sealed partial record ContainerOwner(string Boot, string Namespace, int Process, string Started)
{
    /// <summary>The label that all our containers have.</summary>
    public const string Label = "qcw.run";

    /// <summary>This run.</summary>
    public static ContainerOwner Current() =>
        OperatingSystem.IsWindows()
            // the time of a process's start is none of its machine's earlier ones, so a restart needs no name of its own
            ? new(Environment.MachineName, "windows", Environment.ProcessId, StartOf(Environment.ProcessId)!)
            : new(
                File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim(),
                Digits().Match(new FileInfo("/proc/self/ns/pid").LinkTarget ?? string.Empty).Value,
                Environment.ProcessId,
                StartOf(Environment.ProcessId)
                    ?? throw new BuildException(
                        "/proc has no entry for this process: a build could not tell its containers from others"));

    /// <summary>Reads the label's value; null where it is none of ours.</summary>
    public static ContainerOwner? Parse(string text)
    {
        return text.Split('/') is [var boot, var space, var process, var started]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? new ContainerOwner(boot, space, number, started)
                : null;
    }

    /// <summary>When a process started; null where there is none of that number.</summary>
    public static string? StartOf(int process) => OperatingSystem.IsWindows() ? StartByTime(process) : StartInProc(process);

    /// <summary>The same as a time, on any system.</summary>
    internal static string? StartByTime(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return found.StartTime.ToFileTimeUtc().ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // there is none, it has ended meanwhile, or it belongs to the system: none of ours in each case
            return null;
        }
    }

    private static string? StartInProc(int process)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/stat"));
            // field 22 of proc(5), counted behind the name, which may hold anything
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            // a zombie does nothing any more
            return fields[0] == "Z" ? null : fields[22 - 3];
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The label's value.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Boot}/{Namespace}/{Process}/{Started}");

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
