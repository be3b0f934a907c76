using Cake.Frosting;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>Makes the one setup program: QEMU, Podman, and the script that sets them up (ADR 15).</summary>
[TaskDescription("Makes the one setup program: QEMU, Podman and qcw-utils.ps1")]
[IsDependentOn(typeof(QemuCompile)), IsDependentOn(typeof(PodmanCompile)), IsDependentOn(typeof(PodmanDocumentation))]
[IsDependentOn(typeof(GvisorTapVsockCompile)), IsDependentOn(typeof(Site)), IsDependeeOf(typeof(Installers))]
public sealed class QcwSetup() : ComponentTask(null, Phase.Package), IMakesSetup
{
    private const string Owner = "qcw-setup";

    private static readonly ComponentDefinition[] Parts = [Qemu.Definition, Podman.Definition, GvisorTapVsock.Definition];

    public override Product Product { get; } =
        Product.Setup("qcw-{line}-windows-{arch}-setup.exe") with
        {
            Kind = "in the one setup program",
            HowTo = "QEMU, Podman and what sets them up, in one go: start it and follow it. Without questions, for one user: "
                + "`{file} /S /CurrentUser`; for all users, as administrator: `{file} /S /AllUsers`. "
                + "It takes the place of QEMU's and Podman's own installers.",
            Category = Owner,
        };

    public override string Subject => "QEMU and Podman, both of which the one setup program installs";

    public override ComponentDefinition? Compiled => Qemu.Definition;

    public override bool AppliesTo(ReleaseLine line) => Parts.All(part => part.Find(line) is not null);

    public override bool Contains(ComponentDefinition definition) => Parts.Contains(definition);

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => new QemuInstaller().ToolsFor(line);

    public override bool HasPackage => true;

    public override Package PackageOf(ReleaseLine line, IReadOnlyList<ReleasedFile> files) => QcwPackage.From(
        Qemu.Definition.In(line).Version, Podman.Definition.In(line).Version, files);

    public SetupPackage SetupOf(BuildContext context)
    {
        InstallerParts qemu = QemuPackageTask.PartsOf(context);
        InstallerParts podman = PodmanMsiTask.PartsOf(context, MsiEdition.PerUser);
        string work = Path.Combine(context.Paths.Temporary, Owner);
        string script = Path.Combine(work, UtilsScriptText.FileName);
        string licence = Path.Combine(work, "licence.txt");
        Files.Write(script, UtilsScriptText.Assemble(
            Path.Combine(context.Paths.Components, "Utils", "script"),
            UtilsStamp.None with { Tag = context.Tag, VerifyKey = context.VerifyKey }));
        Files.Write(licence, QcwSetupDescription.LicenceText(qemu.Description, podman.Description));
        Made site = Made.Read(context.Paths.Site, "site", Phase.Documentation);
        InstallerDescription description =
            QcwSetupDescription.From(qemu.Description, podman.Description, script, licence, site.Path);
        Fingerprint fingerprint = new Fingerprint()
            .Add("qemu", qemu.Inputs.Hash).Add("podman", podman.Inputs.Hash).Add("guide", site.Hash).AddFile("script", script);
        return SetupPackage.Of(
            context,
            new PackageRequest(
                Product.NameFor(context.Line, null, context.Paths.Architecture), "installer", null, fingerprint,
                qemu.By.With(podman.By, site.By), [.. description.Files], [.. qemu.Owners, .. podman.Owners])
            {
                Owner = Owner,
                Toolchain = () => context.ToolchainOf("makensis"),
            },
            description);
    }

    protected override void Make(BuildContext context) => SetupOf(context).Make(context);
}
