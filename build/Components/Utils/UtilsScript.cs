using Cake.Frosting;
using Qcw.Build.Releasing;

namespace Qcw.Build.Components;

/// <summary>Puts qcw-utils.ps1 together and stamps it with the release's tag and the checksum of its XZ archive.</summary>
[TaskName(nameof(UtilsScript))]
[TaskDescription("Makes qcw-utils.ps1, which knows the checksums of this release")]
[PartOf("xz")]
[IsDependentOn(typeof(XzArchive))]
[Produces(UtilsScriptText.FileName)]
public sealed class UtilsScript : ComponentTask
{
    public override void Run(BuildContext context)
    {
        string xz = context.FileNameOf(nameof(XzArchive));
        string archive = Path.Combine(context.Paths.Release, xz);
        if (!File.Exists(archive))
        {
            throw new BuildException($"{xz} is not in {context.Paths.Release}, and {UtilsScriptText.FileName} has to know its checksum: run --target={nameof(XzArchive)} first");
        }

        string text = UtilsScriptText.Assemble(
            Path.Combine(context.Paths.Components, "Utils", "script"), new UtilsStamp(context.Options.Tag, xz, Files.Sha256(archive)));
        // the text is its own fingerprint: it is made in no time
        context.Packager.Make("utils", "script", UtilsScriptText.FileName, new Fingerprint().Add("text", text), new PackageFacts(), partial => File.WriteAllText(partial, text));
    }
}
