using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Host;

/// <summary>Which patches a task looks at, as the command line says it: checked before anything starts.</summary>
/// <param name="Components">Components and libraries of the line that have patches.</param>
/// <param name="Patch">The full name of the one patch; null: all.</param>
public sealed record PatchSelection(IReadOnlyList<Component> Components, string? Patch)
{
    /// <summary>Reads the options.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="line">The line.</param>
    /// <param name="onlyOne">True: the task works for one component, because what it writes is for one.</param>
    /// <exception cref="UsageException">There is no such component or patch, or it is not said which one is meant.</exception>
    public static PatchSelection Of(BuildOptions options, ReleaseLine line, bool onlyOne)
    {
        Component[] all = [.. line.Components.Concat(line.Libraries).Where(component => component.Patches.Count > 0)];
        if (options.Upstream is { } clone && (!Directory.Exists(clone) || UpstreamSource.RepositoryIn(clone) is null))
        {
            throw new UsageException($"--upstream={clone} is no git repository: expected the folder of a clone");
        }

        // the patches of libraries are Debian's, who keeps them; they are looked at when they are asked for
        Component[] chosen = options.For is { } name ? [Find(all, name, line)]
            : [.. all.Where(component => component.Patches.Any(patch => patch is not DebianPatches))];
        string names = string.Join(", ", all.Select(component => component.Name));
        if (chosen.Length == 0)
        {
            throw new UsageException($"no component of the line {line.Name} has patches of its own");
        }

        string? one = options.Against is not null ? "--against" : options.Upstream is not null ? "--upstream"
            : options.Patch is not null ? "--patch"
            : onlyOne ? "this target" : null;
        if (one is not null && chosen.Length > 1)
        {
            throw new UsageException(
                $"{one} is for one component, and the line {line.Name} has several with patches: add --for=NAME ({names})");
        }

        return new PatchSelection(chosen, options.Patch is { } patch ? NameOf(patch, chosen[0]) : null);
    }

    private static Component Find(Component[] all, string name, ReleaseLine line)
    {
        string names = string.Join(", ", all.Select(component => component.Name));
        string hint = Nearest.Match(name, all.Select(component => component.Name)) is { } nearest ? $"; did you mean {nearest}?" : ".";
        return all.FirstOrDefault(component => component.Name == name)
            ?? throw new UsageException(
                $"--for={name}: the line {line.Name} has no such component with patches{hint} It has patches for: {names}");
    }

    private static string NameOf(string given, Component component)
    {
        string[] names = [.. component.Patches.Where(patch => patch is not DebianPatches).Select(patch => patch.Name)];
        return names.FirstOrDefault(name => name == given || name.StartsWith(given + "-", StringComparison.Ordinal))
            ?? throw new UsageException($"--patch={given}: {component.Name} has no such patch; it has {string.Join(", ", names)}");
    }
}

/// <summary>What the tasks on patches share.</summary>
internal static class PatchSessions
{
    /// <summary>Fetches a component, makes its source tree, and puts its patches on a bench.</summary>
    /// <param name="context">The build.</param>
    /// <param name="component">The component.</param>
    /// <param name="bench">The bench's folder; null: one that the next run deletes.</param>
    public static async Task<PatchSession> OpenAsync(HostContext context, Component component, string? bench = null)
    {
        await context.Fetcher.FetchAsync([component]);
        Made tree = context.Apply(component);
        return new PatchSession(
            component, context.PatchesOf(component), tree.Path, bench ?? Path.Combine(context.Paths.Temporary, "patches", component.Name),
            context.Line.SourceDateEpoch);
    }

    /// <summary>Requires that nothing is where a task writes its folder: a person may have worked there.</summary>
    /// <exception cref="UsageException">There is.</exception>
    public static string RequireNew(string folder, string option) =>
        Path.Exists(folder)
            ? throw new UsageException(
                $"{folder} is there already, and nothing is written over it: delete it, or give another folder with {option}")
            : folder;
}
