using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base of a task that works synchronously. Only members that a task overrides are registered with the engine.</summary>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>The work. A task that leaves it alone only groups its dependencies.</summary>
    public virtual void Run(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run((T)context);
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context) => true;
}
