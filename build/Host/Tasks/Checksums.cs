using Cake.Frosting;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Writes the checksums of the release folder.</summary>
[TaskDescription("Writes SHA256SUMS and SHA512SUMS of what is in artifacts/release")]
[IsDependentOn(typeof(ReleaseNotes))]
public sealed class Checksums : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        if (context.Options.Complete)
        {
            context.Release.RequireAll(
                context.ExpectedArtifacts.SelectMany(artifact => new[] { artifact.Name, Sbom.NameFor(artifact.Name) })
                    .Append(ReleaseFolder.NotesName),
                context.Line);
        }

        int count = ReleaseChecksums.Write(context.Paths.Release);
        context.Messages.Step("release", "checksums", $"SHA256SUMS and SHA512SUMS of {count} files");
    }
}
