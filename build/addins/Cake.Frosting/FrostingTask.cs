using Cake.Core;

namespace Cake.Frosting;

/// <summary>Base of a task that works synchronously. Only members a task overrides are registered with the engine.</summary>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>The work. A task that leaves it alone only groups its dependencies.</summary>
    public virtual void Run(T context)
    {
    }

    /// <summary>Whether to run at all; false on the target itself fails the build.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Called instead of failing: overriding it swallows the exception unless it throws one.</summary>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Called after the work, whether it succeeded or not.</summary>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run((T)context);
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
