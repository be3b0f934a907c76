using Cake.Frosting;
using Qcw.Build.Catalog.Reading;
using Qcw.Build.Sources.Patches.Lifecycle;
using Qcw.Build.Updating;

namespace Qcw.Build.Host;

/// <summary>Pins another version of one component of the line.</summary>
[TaskDescription("Pins another version of --for=NAME (--to=VERSION): verifies it, changes the line's file, and tries the patches on it")]
[Requires(Requirement.Inputs)]
public sealed class Update : AsyncFrostingTask<HostContext>, INeedsTools
{
    public IEnumerable<string> ToolsFor(ReleaseLine line, TaskGraph graph) =>
        InputSelection.ToolsFor(line).Concat(["git", "git-merge-tree"]).Distinct();

    /// <summary>Looks at the values of its options.</summary>
    /// <exception cref="UsageException">One cannot be used.</exception>
    public static void RequireValues(BuildOptions options)
    {
        if (options.Offline)
        {
            throw new UsageException($"--offline forbids the network, and --target={nameof(Update)} downloads the new version");
        }

        if (options.ToText is { } version && !Rules.Version.Accepts(version))
        {
            throw new UsageException($"--to: found \"{version}\", and --target={nameof(Update)} expects {Rules.Version.Expected}");
        }
    }

    public override async Task RunAsync(HostContext context)
    {
        BuildOptions options = context.Options;
        Component component = InputSelection.Of(options, context.Line)[0];
        UpdatePlan plan;
        try
        {
            plan = await new Updater(context.Fetcher, InputSelection.CheckOf(context), context.Paths.Versions)
                .PlanAsync(context.Line, component, options.ToText, options.AcceptChanged);
        }
        catch (BuildException e) when (e is not UsageException)
        {
            throw new BuildException($"{component.Name} was not updated, and nothing was written: {e.Message}", e);
        }

        foreach (string proof in plan.Proofs)
        {
            context.Messages.Info($"  {proof}");
        }

        if (plan.Edits.Count == 0)
        {
            context.Messages.Info($"{component.Name} {component.Version} stays: {plan.File.Name} pins it as it is.");
            return;
        }

        PatchReview? review = await ReviewAsync(context, plan);
        byte[] changed = plan.Changed;
        if (!options.Preview)
        {
            plan.File.Write(changed);
        }

        context.Messages.Info($"{(options.Preview ? "would change" : "changed")} {plan.File.Name}:");
        foreach (string line in plan.File.Difference(changed).Concat(plan.Remarks.Select(remark => $"look at {remark}")))
        {
            context.Messages.Info(line);
        }

        Report(context, plan, review);
    }

    /// <summary>Our own patches on the new source; those of Debian's came with the revision that was pinned.</summary>
    private static async Task<PatchReview?> ReviewAsync(HostContext context, UpdatePlan plan)
    {
        if (plan.Version == plan.Component.Version || plan.Component.Patches.All(patch => patch is DebianPatches))
        {
            return null;
        }

        PatchSession session = await PatchSessions.OpenAsync(context, plan.Component);
        var review = PatchReview.Of(session, session.Source(plan.Source, null));
        Files.Delete(session.Bench.Root);
        return review with { Against = plan.Version, Verdicts = [.. review.Verdicts.Where(verdict => verdict.Patch.Upstream is not null)] };
    }

    private static void Report(HostContext context, UpdatePlan plan, PatchReview? review)
    {
        foreach (string line in review?.Lines() ?? [])
        {
            context.Messages.Info(line);
        }

        string[] stuck =
        [
            .. review?.Verdicts.Where(verdict =>
                    verdict.Differs is not null || verdict.Standing is not (Standing.Applies or Standing.AppliesWithOffset))
                .Select(verdict => verdict.Patch.Name) ?? [],
        ];
        if (stuck.Length > 0)
        {
            string what = context.Options.Preview ? "could be pinned, but" : "is pinned, and";
            throw new BuildException(
                $"{plan.Component.Name} {plan.Version} {what} these patches do not go on as they are: {string.Join(", ", stuck)}\n"
                    + "  what to do: docs/updating.md, \"Patches that do not fit\"");
        }
    }
}
