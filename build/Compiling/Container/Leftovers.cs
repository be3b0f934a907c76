using Qcw.Build.Output;

namespace Qcw.Build.Compiling.Container;

/// <summary>Containers of runs that were killed: they compile on, and would write into the folders of the next run.</summary>
public static class Leftovers
{
    /// <summary>Those of a list that nobody waits for.</summary>
    /// <param name="containers">All of ours.</param>
    /// <param name="current">This run.</param>
    /// <param name="startOf">When the process of a number started, or null.</param>
    public static IEnumerable<ListedContainer> Among(IEnumerable<ListedContainer> containers, ContainerOwner current, Func<int, string?> startOf)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(startOf);
        return containers.Where(container =>
            ContainerOwner.Parse(container.Owner) is { } owner && owner.Boot == current.Boot && owner.Namespace == current.Namespace
                ? startOf(owner.Process) != owner.Started
                // whether a run on another machine, or in another container, is alive cannot be seen from here: what runs is left alone
                : !container.Runs);
    }

    /// <summary>Removes them.</summary>
    public static void Remove(IContainerEngine engine, BuildLog log)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(log);
        IReadOnlyList<ListedContainer> ours = engine.List(ContainerOwner.Label);
        foreach (ListedContainer container in Among(ours, ContainerOwner.Current(), ContainerOwner.StartOf).ToArray())
        {
            engine.Remove(container.Id);
            log.Info($"removed the container {container.Id[..12]}, left by a build that was killed");
        }
    }
}
