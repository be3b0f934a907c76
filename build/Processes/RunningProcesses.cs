using System.Collections.Concurrent;
using System.Diagnostics;

namespace Qcw.Build.Processes;

/// <summary>
/// The programs that run now. A host that is asked to stop (Ctrl+C, SIGTERM) takes them along: a compiler that lives on would
/// write into the build folder of the next run.
/// </summary>
internal static class RunningProcesses
{
    private static readonly ConcurrentDictionary<Process, bool> Running = new();

    static RunningProcesses() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (Process process in Running.Keys)
        {
            Kill(process);
        }
    };

    /// <summary>Counts a started program among them, until the result is disposed of.</summary>
    public static IDisposable Add(Process process)
    {
        Running.TryAdd(process, true);
        return new Entry(process);
    }

    /// <summary>Kills a program and all that it started.</summary>
    public static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // it has just ended by itself
        }
    }

    private sealed class Entry(Process process) : IDisposable
    {
        public void Dispose() => Running.TryRemove(process, out _);
    }
}
