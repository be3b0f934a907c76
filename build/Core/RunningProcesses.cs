using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Qcw.Build.Core;

/// <summary>
/// The programs that run now. If the build is asked to stop (Ctrl+C, SIGTERM), they are killed: a compiler that survives would write into
/// the build folder of the next run.
/// </summary>
internal static class RunningProcesses
{
    private static readonly Lock Gate = new();
    private static readonly HashSet<Process> Running = [];
    private static readonly List<Action> Stops = [];
    private static bool ended;

    // since .NET 10 the runtime itself does nothing on these signals: AppDomain.ProcessExit is not raised
    private static readonly PosixSignalRegistration[] Signals =
    [
        .. ((PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP])
            .Select(signal => PosixSignalRegistration.Create(signal, _ => KillAll())),
    ];

    /// <summary>Adds a started program, until the result is disposed of.</summary>
    public static IDisposable Add(Process process)
    {
        GC.KeepAlive(Signals); // a field that nobody reads would never be set
        lock (Gate)
        {
            Running.Add(process);
            if (ended)
            {
                Kill(process); // another thread started it while the others were killed
            }
        }

        return new Entry(() => Running.Remove(process));
    }

    /// <summary>
    /// Registers an action for the stop, until the result is disposed of: for what does not end together with the program that started it
    /// (a container).
    /// </summary>
    public static IDisposable OnStop(Action action)
    {
        GC.KeepAlive(Signals);
        lock (Gate)
        {
            Stops.Add(action);
        }

        return new Entry(() => Stops.Remove(action));
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

    private static void KillAll()
    {
        lock (Gate)
        {
            foreach (Process process in Running)
            {
                Kill(process);
            }

            foreach (Action stop in Stops)
            {
                try
                {
                    stop();
                }
                catch (BuildException)
                {
                    // nobody is left to be told; the next run cleans up
                }
            }

            ended = true; // now: what stops a container is a program, too
        }
    }

    private sealed class Entry(Func<bool> remove) : IDisposable
    {
        // the gate also keeps the thread that waited for the program from ending the host before all its children are killed
        public void Dispose()
        {
            lock (Gate)
            {
                remove();
            }
        }
    }
}
