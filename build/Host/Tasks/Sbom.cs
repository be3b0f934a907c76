using System.Security.Cryptography;
using System.Text;
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
        var writer = new CycloneDxWriter(context.Line, Advisories.Read(context.Paths));
        foreach (Artifact artifact in ReleaseFolder.Present(context.ExpectedArtifacts))
        {
            Inventory inventory = Inventory.Of(
                ArtifactRecord.Read(context.Paths.Facts(artifact.Name)), context.Line, context.Tag, Sysroot.OnlyBuild);
            // a text is its own fingerprint: it is made in no time
            string text = writer.Write(inventory);
            string name = NameFor(artifact.Name);
            var fingerprint = new Fingerprint().Add("sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
            context.Steps.RunReplacing(
                new Step("release", "sbom", Path.Combine(context.Paths.Release, name), fingerprint)
                {
                    StampAt = context.Paths.Package(name),
                },
                partial => File.WriteAllText(partial, text));
        }
    }
}
