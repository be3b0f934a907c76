using Cake.Frosting;

namespace Qcw.Build.Host;

/// <summary>Everything; at the end it shows what there is.</summary>
[TaskDescription("Makes everything that is shipped, with checksums and release notes, in artifacts/release")]
[IsDependentOn(typeof(Checksums))]
public sealed class Release : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        context.Messages.Info($"The release of the line {context.Line.Name}, in {context.Paths.Release}:");
        foreach (FileInfo file in new DirectoryInfo(context.Paths.Release).GetFiles().OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            context.Messages.Info($"  {file.Length,12:N0}  {file.Name}");
        }
    }
}
