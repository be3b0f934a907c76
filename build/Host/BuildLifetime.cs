using Cake.Core;
using Cake.Frosting;

namespace Qcw.Build.Host;

/// <summary>What happens once around all tasks: two builds must not use the same output folder.</summary>
public sealed class BuildLifetime(Outcome outcome) : FrostingLifetime<HostContext>, IDisposable
{
    private FileLock? guard;

    public override void Setup(HostContext context, ISetupContext info)
    {
        if (context.Options.PlansOnly)
        {
            return;
        }

        Workplace.Require(context);
        guard = FileLock.TakeOrRefuse(
            Path.Combine(context.Paths.Artifacts, ".lock"),
            $"another build is using {context.Paths.Artifacts}: wait for it, or give this one --artifacts=DIR");
        context.Record?.Begin(RunRecord.Start(context, DateTimeOffset.UtcNow));
        if (context.Builder is not null)
        {
            // a missing base image is reported now, not after everything was fetched
            context.PrepareBuilder();
        }
    }

    public override void Teardown(HostContext context, ITeardownContext info)
    {
        outcome.Failure = info.ThrownException;
        if (!context.Options.PlansOnly && context.Record is { } record)
        {
            record.End(info.ThrownException?.Message);
            outcome.Summary = Reports.AfterBuild(context, record);
        }

        Dispose();
    }

    public void Dispose() => guard?.Dispose();
}

/// <summary>
/// Folds the log of GitHub Actions by task, and records when each task was at work, where one task comes after the other. Tasks that run
/// side by side mix their lines, and are recorded where they run.
/// </summary>
public sealed class TaskLogLifetime : FrostingTaskLifetime<HostContext>
{
    private OpenEvent? record;

    public override void Setup(HostContext context, ITaskSetupContext info)
    {
        if (!SideBySide.IsAskedFor(context.Options, context.Graph))
        {
            context.Messages.BeginGroup(info.Task.Name);
            record = RunRecord.Begin(context, info.Task.Name);
        }
    }

    public override void Teardown(HostContext context, ITaskTeardownContext info)
    {
        if (!SideBySide.IsAskedFor(context.Options, context.Graph))
        {
            record?.Dispose();
            context.Messages.EndGroup();
        }
    }
}
