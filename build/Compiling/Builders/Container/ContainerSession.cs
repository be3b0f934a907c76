using System.Globalization;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>Containers of this run: named and marked as ours, and gone when they, or this program, have ended.</summary>
/// <param name="engine">Runs them.</param>
public sealed class ContainerSession(IContainerEngine engine)
{
    /// <summary>What marks a container as one of this run, <c>NAME=VALUE</c>.</summary>
    public static string Label => $"{ContainerOwner.Label}={ContainerOwner.Current()}";

    /// <summary>A name that no other run gives.</summary>
    public static string NameOf(string what) =>
        string.Create(CultureInfo.InvariantCulture, $"qcw-{what}-{Environment.ProcessId}-{ContainerOwner.Current().Started}");

    /// <summary>
    /// Runs one. A container does not end with the program that shows its output: it is removed when this host is told to stop, or gives up
    /// waiting.
    /// </summary>
    /// <returns>What it printed to standard output.</returns>
    public string Run(ContainerRun run, Action<string> onLine)
    {
        using IDisposable stop = RunningProcesses.OnStop(() => engine.Remove(run.Name));
        try
        {
            return engine.Run(run, onLine);
        }
        catch (Exception e) when (e is BuildException or OperationCanceledException)
        {
            Stopping.CleanUp(() => engine.Remove(run.Name));
            throw;
        }
    }
}

/// <summary>Containers of runs that were killed: they compile on, and would write into the folders of the next run.</summary>
public static class Leftovers
{
    /// <summary>Those of a list that nobody waits for.</summary>
    /// <param name="containers">All of ours.</param>
    /// <param name="current">This run.</param>
    /// <param name="startOf">When the process of a number started, or null.</param>
    public static IEnumerable<ListedContainer> Among(
        IEnumerable<ListedContainer> containers,
        ContainerOwner current,
        Func<int, string?> startOf)
    {
        return containers.Where(container =>
            ContainerOwner.Parse(container.Owner) is { } owner && owner.Boot == current.Boot && owner.Namespace == current.Namespace
                ? startOf(owner.Process) != owner.Started
                // whether a run on another machine, or in another container, is alive cannot be seen from here: what runs is left alone
                : !container.Runs);
    }

    /// <summary>Removes them.</summary>
    public static void Remove(IContainerEngine engine, BuildLog log)
    {
        IReadOnlyList<ListedContainer> ours = engine.List(ContainerOwner.Label);
        foreach (ListedContainer container in Among(ours, ContainerOwner.Current(), ContainerOwner.StartOf).ToArray())
        {
            engine.Remove(container.Id);
            log.Info($"removed the container {container.Id[..12]}, left by a build that was killed");
        }
    }
}
