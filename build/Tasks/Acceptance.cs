using Cake.Frosting;
using Qcw.Build.Graph;
using Qcw.Build.Testing;

namespace Qcw.Build.Tasks;

/// <summary>Installs and uses what Release made, as a person would, under Wine.</summary>
[TaskName(nameof(Acceptance))]
[TaskDescription("Installs, uses and uninstalls what Release made, under Wine (installs Wine where it is missing)")]
[Needs("wine64", InstallsThem = true)]
public sealed class Acceptance : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        foreach ((_, string fileName) in context.ExpectedArtifacts)
        {
            if (!File.Exists(Path.Combine(context.Paths.Release, fileName)))
            {
                throw new BuildException($"{fileName} is not in {context.Paths.Release}: run --target=Release --line={context.Line.Name} first");
            }
        }

        new TestRun(context.Paths, context.Messages).Run(["Acceptance.Tests"], context.Options.Filter);
    }
}
