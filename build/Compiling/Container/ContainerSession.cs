using System.Globalization;
using Qcw.Build.Processes;

namespace Qcw.Build.Compiling.Container;

/// <summary>Containers of this run: named and marked as ours, and gone when they, or this program, have ended.</summary>
/// <param name="engine">Runs them.</param>
public sealed class ContainerSession(IContainerEngine engine)
{
    /// <summary>What marks a container as one of this run, <c>NAME=VALUE</c>.</summary>
    public static string Label => $"{ContainerOwner.Label}={ContainerOwner.Current()}";

    /// <summary>A name that no other run gives.</summary>
    public static string NameOf(string what) => string.Create(CultureInfo.InvariantCulture, $"qcw-{what}-{Environment.ProcessId}-{ContainerOwner.Current().Started}");

    /// <summary>Runs one. A container does not end with the program that shows its output: it is removed when this host is told to stop, or gives up waiting.</summary>
    /// <returns>What it printed to standard output.</returns>
    public string Run(ContainerRun run, Action<string> onLine)
    {
        ArgumentNullException.ThrowIfNull(run);
        using IDisposable stop = RunningProcesses.OnStop(() => engine.Remove(run.Name));
        try
        {
            return engine.Run(run, onLine);
        }
        catch (BuildException)
        {
            engine.Remove(run.Name);
            throw;
        }
    }
}
