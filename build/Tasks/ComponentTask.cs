using Cake.Frosting;
using Qcw.Build.Graph;

namespace Qcw.Build.Tasks;

/// <summary>Base of the tasks of components: left out where the line has none of those that <see cref="PartOfAttribute"/> names.</summary>
public abstract class ComponentTask : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public sealed override bool ShouldRun(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.HasWorkFor(GetType().Name);
    }
}
