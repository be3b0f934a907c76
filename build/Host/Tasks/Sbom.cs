using Cake.Frosting;
using Qcw.Build.Attesting;
using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Writes the bill of materials of each file that is in the release folder, beside it.</summary>
[TaskDescription("Writes a bill of materials (CycloneDX) for each installer, archive and script in artifacts/release")]
[IsDependentOn(typeof(Installers)), IsDependentOn(typeof(Archives)), IsDependentOn(typeof(UtilsScript))]
public sealed class Sbom : FrostingTask<HostContext>
{
    /// <summary>The name of the bill of materials of a file.</summary>
    public static string NameFor(string file) => file + CycloneDxWriter.Ending;

    public override void Run(HostContext context)
    {
        var writer = new CycloneDxWriter(context.Line, AdvisoryFiles.Read(context.Paths));
        Artifact[] artifacts = [.. ReleaseFolder.Present(context.ExpectedArtifacts)];
        foreach (Artifact artifact in artifacts)
        {
            Inventory inventory = Inventory.Of(
                ArtifactRecord.Read(context.Paths.Facts(artifact.Name)), context.Line, context.Tag, Sysroot.OnlyBuild);
            Files.Write(Path.Combine(context.Paths.Release, NameFor(artifact.Name)), writer.Write(inventory));
        }

        context.Messages.Step("release", "sbom", $"bills of materials of {artifacts.Length} files");
    }
}
