using Cake.Frosting;

namespace Qcw.Build.Tasks;

/// <summary>Writes the checksums of the release folder.</summary>
[TaskName(nameof(Checksums))]
[TaskDescription("Writes SHA256SUMS and SHA512SUMS of what is in artifacts/release")]
[IsDependentOn(typeof(ReleaseNotes))]
public sealed class Checksums : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        int count = Releasing.Checksums.Write(context.Paths.Release);
        context.Messages.Step("release", "checksums", $"SHA256SUMS and SHA512SUMS of {count} files");
    }
}
