using Qcw.Build.Host;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>Which inputs of a line a mirror gets.</summary>
/// <param name="Components">What is fetched by itself: components, libraries, and Go's SDK once for each host.</param>
/// <param name="Firmware">True: the line's firmware packages too.</param>
public sealed record MirrorSelection(IReadOnlyList<Component> Components, bool Firmware)
{
    /// <summary>The task that fetches Go's SDK: it is among the tasks of everything that Go compiles.</summary>
    private const string SdkTask = "GoFetch";

    /// <summary>What names the tasks that fetch components: each fetches what it is a part of.</summary>
    private const string FetchPhase = "Fetch";

    /// <summary>All inputs of a line.</summary>
    public static MirrorSelection Everything(ReleaseLine line) => Select(line, line.Components, line.Libraries, withSdk: true);

    /// <summary>The inputs that a target needs.</summary>
    /// <param name="line">The line.</param>
    /// <param name="target">For messages.</param>
    /// <param name="tasks">The target and all it depends on.</param>
    /// <exception cref="UsageException">It needs none of this line.</exception>
    public static MirrorSelection For(ReleaseLine line, string target, IReadOnlyList<TaskNode> tasks)
    {
        HashSet<string> wanted =
        [
            .. tasks.Where(task => task.PartOf is not null && task.Name != SdkTask && task.Name.EndsWith(FetchPhase, StringComparison.Ordinal))
                .SelectMany(task => task.PartOf!.Components),
        ];
        Component[] components = [.. line.Components.Where(component => wanted.Contains(component.Name))];
        return components.Length > 0
            ? Select(line, components, line.Libraries.Where(components.SelectMany(line.DependenciesOf).Contains), tasks.Any(task => task.Name == SdkTask))
            : throw new UsageException($"--for={target}: nothing is fetched for this target in the line {line.Name}, so there is nothing to put into a mirror");
    }

    private static MirrorSelection Select(ReleaseLine line, IReadOnlyList<Component> components, IEnumerable<Component> libraries, bool withSdk)
    {
        GoSdk? sdk = withSdk ? line.Go?.Sdk : null;

        // for every host: the machine behind the closed door need not be like this one
        IEnumerable<Component> sdks = sdk is null ? [] : sdk.Archives.Keys.Order(StringComparer.Ordinal).Select(host => sdk.For(host)!);
        Component[] all = [.. components, .. libraries, .. sdks];
        return all.FirstOrDefault(component => component.IsOneOff) is { } oneOff
            ? throw new UsageException($"--{oneOff.Name}-source: a mirror has what the line {line.Name} pins, not a one-off; leave it out")
            : new MirrorSelection(all, line.Firmware.Count > 0 && components.Any(component => component.Name == FirmwarePackage.ComponentName));
    }
}
