using Cake.Frosting;
using Qcw.Build.Packaging;

namespace Qcw.Build.Components;

/// <summary>Puts qcw-utils.ps1 together and stamps it with the release's tag and the checksum of its XZ archive.</summary>
[TaskDescription("Makes qcw-utils.ps1, which contains the checksums of this release"), IsDependentOn(typeof(XzArchive))]
public sealed class UtilsScript() : ComponentTask(null, Phase.Package)
{
    /// <summary>The environment variable that stands for <c>--verify-key</c>.</summary>
    public const string KeyVariable = "QCW_VERIFY_KEY";

    public override Product Product { get; } =
        new(
            UtilsScriptText.FileName, "script",
            "command prompts for Podman, and XZ Utils, in a folder of your choice: "
                + "`powershell -ExecutionPolicy Bypass -File {file} -Target FOLDER`; `-Help` shows more.");

    public override string Subject => XzTask.Subject;

    public override bool AppliesTo(ReleaseLine line) => XzTask.AppliesTo(line);

    private static XzArchive XzTask => new();

    protected override void Make(BuildContext context)
    {
        Component xz = XzDefinition.Instance.In(context.Line);
        string archive = XzDefinition.Zip.NameFor(xz, context.Paths.Architecture);
        string file = Path.Combine(context.Paths.Release, archive);
        if (!File.Exists(file))
        {
            throw new NotMadeException(
                xz.Name, Phase.Package,
                $"{archive} is not in {context.Paths.Release}, and {UtilsScriptText.FileName} needs its checksum");
        }

        string text = UtilsScriptText.Assemble(
            Path.Combine(context.Paths.Components, "Utils", "script"),
            new UtilsStamp(context.Tag, archive, Files.Sha256(file)) { VerifyKey = context.VerifyKey });
        // the text is its own fingerprint: it is made in no time
        context.Packager.Make(
            new PackageRequest(Product.FileName, "script", null, new Fingerprint().Add("text", text), Provenance.None, [], [])
            {
                Owner = "utils",
            },
            partial => File.WriteAllText(partial, text));
    }
}
