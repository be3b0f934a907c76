using Cake.Frosting;
using Qcw.Build.Components;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Brings the README up to date with the lines.</summary>
[TaskName(nameof(Readme))]
[TaskDescription("Writes the table of components and versions into README.md")]
public sealed class Readme : FrostingTask<BuildContext>
{
    public override void Run(BuildContext context)
    {
        string file = Path.Combine(context.Paths.Root, "README.md");
        var loader = new ReleaseLines(context.Paths);
        ReleaseLine[] lines = [.. loader.Names.Select(name => loader.Load(name))];
        string before = File.ReadAllText(file);
        string after = ComponentTable.Replace(before, lines, context.Graph.Nodes);
        if (after == before)
        {
            context.Messages.Info("README.md has the table of today");
            return;
        }

        Files.Write(file, after);
        context.Messages.Info("README.md: the table of components is new; look at it with git diff");
    }
}
