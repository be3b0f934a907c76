using Cake.Frosting;

namespace Qcw.Build.Components;

/// <summary>Base of the tasks of components: left out where the line has none of those that <see cref="PartOfAttribute"/> names.</summary>
public abstract class ComponentTask : FrostingTask<BuildContext>
{
    public sealed override bool ShouldRun(BuildContext context) => context.HasWorkFor(GetType().Name);
}

/// <summary>The asynchronous form of <see cref="ComponentTask"/>.</summary>
public abstract class AsyncComponentTask : AsyncFrostingTask<BuildContext>
{
    public sealed override bool ShouldRun(BuildContext context) => context.HasWorkFor(GetType().Name);
}
