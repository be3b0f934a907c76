using Cake.Frosting;
using Qcw.Build.Attesting;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Writes the checksums of the release folder.</summary>
[TaskDescription("Writes SHA256SUMS and SHA512SUMS of what is in artifacts/release, with --signatures=DIR of the signed files")]
[IsDependentOn(typeof(Provenance))]
public sealed class Checksums : FrostingTask<HostContext>
{
    public override void Run(HostContext context) => Write(context);

    /// <summary>Attaches the signatures that there are to be, and writes the checksums of what is in the folder then.</summary>
    /// <exception cref="BuildException">A file is missing, or a signature; no checksums are written.</exception>
    internal static void Write(HostContext context)
    {
        if (context.Options.Complete)
        {
            context.Release.RequireAll(
                context.ExpectedArtifacts.SelectMany(artifact => new[] { artifact.Name, Sbom.NameFor(artifact.Name) })
                    .Append(ReleaseFolder.NotesName).Append(ReleaseFolder.ReportName).Append(ReleaseProvenance.FileName),
                context.Line);
        }

        string unsigned = Path.Combine(context.Paths.Release, ReleaseChecksums.UnsignedName);
        if (context.Options.Signatures is { } signatures)
        {
            new SignableRelease(context, signatures).Sign();
        }
        else if (File.Exists(unsigned))
        {
            context.Messages.Warn($"this release was signed, and without --signatures=DIR it is not: {unsigned} is removed");
            File.Delete(unsigned);
        }

        int count = ReleaseChecksums.Write(context.Paths.Release);
        context.Messages.Step("release", "checksums", $"SHA256SUMS and SHA512SUMS of {count} files");
    }
}
