using Cake.Frosting;

namespace Qcw.Build.Tasks;

/// <summary>The asynchronous form of <see cref="ComponentTask"/>.</summary>
public abstract class AsyncComponentTask : AsyncFrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public sealed override bool ShouldRun(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.HasWorkFor(GetType().Name);
    }
}
