using Cake.Frosting;
using Qcw.Build.Updating;

namespace Qcw.Build.Host;

/// <summary>Says which inputs of the line have newer versions. It changes nothing.</summary>
[TaskDescription("Says which inputs of the line have newer versions, and what the patches say about them; asks upstream and Debian")]
[Requires(Requirement.Inputs)]
public sealed class Outdated : AsyncFrostingTask<HostContext>, INeedsTools
{
    /// <summary>What <c>--fail-on</c> may be.</summary>
    public static readonly IReadOnlyList<string> Failures = ["security", "any"];

    public IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph) => InputSelection.ToolsFor(line);

    public override async Task RunAsync(HostContext context)
    {
        IReadOnlyList<Component> inputs = InputSelection.Of(context.Options, context.Line);
        OutdatedReport report = await InputSelection.CheckOf(context).RunAsync(context.Line, inputs);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        foreach (string line in report.Lines(now))
        {
            context.Messages.Info(line);
        }

        if (context.Options.Json)
        {
            context.Outcome.Answer = JsonText.Of(report.ToRecord());
        }

        if (report.FailureFor(context.Options.FailOn, now) is { } failure)
        {
            throw new BuildException(failure);
        }
    }
}

/// <summary>Which inputs Outdated and Update look at, as the command line says it: checked before anything starts.</summary>
internal static class InputSelection
{
    /// <summary>
    /// The components and libraries of the line that are fetched, and the Go SDK as one input; or the one that <c>--for</c> names.
    /// </summary>
    /// <exception cref="UsageException">There is no such one, or it has no source, or <c>--fail-on</c> is none of its values.</exception>
    public static IReadOnlyList<Component> Of(BuildOptions options, ReleaseLine line)
    {
        Component[] all = [.. AllOf(line)];
        Component[] fetched = [.. all.Where(component => component.Source is not (RecipeSource or LocalSource))];
        if (options.For is not { } name)
        {
            return fetched;
        }

        string names = string.Join(", ", fetched.Select(component => component.Name));
        if (fetched.FirstOrDefault(component => component.Name == name) is { } found)
        {
            return [found];
        }

        string hint = Nearest.Match(name, fetched.Select(component => component.Name)) is { } nearest ? $"; did you mean {nearest}?" : ".";
        throw new UsageException(
            all.Any(component => component.Name == name)
                ? $"--for={name}: nothing is fetched for it, so it has no version of upstream's. Others: {names}"
                : $"--for={name}: the line {line.Name} has no such component or library{hint} It has: {names}");
    }

    /// <summary>Looks at the values of the options.</summary>
    /// <exception cref="UsageException">One is wrong.</exception>
    public static void Require(TaskNode target, BuildOptions options, ReleaseLine line)
    {
        if (target.Task is Update && options.For is null)
        {
            throw new UsageException($"--target={target.Name} needs --for=NAME: the component or library to update");
        }

        if (Of(options, line) is [{ Name: GoSdk.ComponentName }] && target.Task is Update)
        {
            throw new UsageException(
                $"--for={GoSdk.ComponentName}: the SDK has a file for each host, and --target={target.Name} pins components and libraries; "
                    + "what to change by hand: docs/updating.md, \"The Go SDK\"");
        }

        if (target.Task is Outdated && options.FailOn is { } failOn && !Outdated.Failures.Contains(failOn))
        {
            throw new UsageException(
                $"--fail-on: found \"{failOn}\", and --target={target.Name} expects one of {string.Join(", ", Outdated.Failures)}");
        }

        if (target.Task is Update)
        {
            Update.RequireValues(options);
        }
    }

    /// <summary>The programs that somebody is asked with.</summary>
    public static IEnumerable<string> ToolsFor(ReleaseLine line)
    {
        Component[] all = [.. AllOf(line)];
        bool debian = all.Any(component => component.Watch is DebianWatch || DebianReference.Of(component) is not null);
        bool tags = all.Any(component => component.Watch is TagWatch);
        return [.. debian && !OperatingSystem.IsWindows() ? ["apt-get", "apt-helper"] : (string[])[], .. tags ? ["git"] : (string[])[]];
    }

    // the SDKs for all hosts have one version and one watch
    private static IEnumerable<Component> AllOf(ReleaseLine line) =>
        line.Components.Concat(line.Libraries).Concat(line.Go?.Sdk?.All.Take(1) ?? []);

    /// <summary>Asks with the build's own settings.</summary>
    public static OutdatedCheck CheckOf(HostContext context) => new(
        context.Fetcher.Indexes,
        new AnswerCache(Path.Combine(context.Paths.Downloads, "upstream"), context.Options.Offline, TimeProvider.System),
        Math.Max(1, context.Options.Downloads * 2));
}
