using Cake.Frosting;
using Qcw.Build.Releasing.Jobs;

namespace Qcw.Build.Tasks;

/// <summary>Prints the jobs of the release workflow. <see cref="Startup"/> does the same without Cake's report, so that nothing else is printed.</summary>
[TaskName(nameof(Matrix))]
[TaskDescription("Prints the jobs that make a release of the line on several machines, as JSON and nothing else")]
public sealed class Matrix : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Messages.Info(new JobMatrix(context.Paths, context.Line, context.Graph) { Recipes = BuildMachine.ForRecipes(context.Options.Builder) }.Json());
    }
}
