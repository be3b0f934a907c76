using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Tells the engine of the build's tasks and its lifetime.</summary>
internal sealed class TaskRegistration(
    ICakeEngine engine, IFrostingContext context, ICakeLog log, IEnumerable<IFrostingTask> tasks, IServiceProvider services)
{
    /// <exception cref="CakeException">Two tasks have the same name.</exception>
    public void Register()
    {
        foreach (var task in tasks)
        {
            Register(task, new TaskShape(task.GetType()));
        }

        if (services.GetService<IFrostingLifetime>() is { } lifetime)
        {
            engine.RegisterSetupAction(info => lifetime.Setup(context, info));
            engine.RegisterTeardownAction(info => lifetime.Teardown(context, info));
        }

        if (services.GetService<IFrostingTaskLifetime>() is { } taskLifetime)
        {
            engine.RegisterTaskSetupAction(info => taskLifetime.Setup(context, info));
            engine.RegisterTaskTeardownAction(info => taskLifetime.Teardown(context, info));
        }
    }

    private void Register(IFrostingTask task, TaskShape shape)
    {
        if (!shape.ContextType.IsInstanceOfType(context))
        {
            log.Warning(
                "Task '{0}' is left out: it wants a {1} and the context is a {2}.", shape.Name, shape.ContextType, context.GetType());
            return;
        }

        var builder = engine.RegisterTask(shape.Name).Description(shape.Description);
        foreach (var predecessor in shape.Predecessors)
        {
            builder.IsDependentOn(predecessor);
        }

        foreach (var successor in shape.Successors)
        {
            builder.IsDependeeOf(successor);
        }

        if (shape.Overrides("Run") || shape.Overrides("RunAsync"))
        {
            // The method group would hand over the engine's plain context; tasks want the build's own.
            builder.Does(_ => task.RunAsync(context));
        }

        if (shape.Overrides("ShouldRun"))
        {
            builder.WithCriteria(_ => task.ShouldRun(context));
        }
    }
}
