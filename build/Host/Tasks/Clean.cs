using Cake.Frosting;

namespace Qcw.Build.Host;

/// <summary>Deletes all output except the downloads.</summary>
[TaskDescription("Deletes everything under artifacts/ except the downloads")]
public sealed class Clean : FrostingTask<HostContext>
{
    private static readonly string[] Kept = ["README.md", "downloads", ".lock"];

    public override void Run(HostContext context)
    {
        string[] entries = Directory.GetFileSystemEntries(context.Paths.Artifacts);
        foreach (string entry in entries.Where(entry => !Kept.Contains(Path.GetFileName(entry))))
        {
            Files.Delete(entry);
            context.Messages.Info($"deleted {entry}");
        }
    }
}
