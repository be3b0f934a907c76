using Cake.Frosting;
using Qcw.Build.Fetching;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;
using Qcw.Build.Releasing;

namespace Qcw.Build.Components;

/// <summary>Makes QEMU's setup program.</summary>
[TaskName(nameof(QemuInstaller))]
[TaskDescription("Makes the installer of QEMU")]
[PartOf("qemu")]
[IsDependentOn(typeof(QemuCompile))]
[Produces("qemu", "qemu-{version}-windows-{arch}-setup.exe")]
[Needs("dpkg-deb", "makensis")]
public sealed class QemuInstaller : ComponentTask
{
    public override void Run(BuildContext context)
    {
        Component qemu = context.Line.Component("qemu");
        Component[] libraries = [.. context.LibrariesOf(qemu)];
        string? firmware = QemuFirmware.Stage(context);
        Fingerprint fingerprint = context.Packager.Inputs(qemu, libraries)
            .Add("firmware", firmware is null ? "in QEMU's source" : Stamp.HashOf(firmware, nameof(QemuInstaller)));
        InstallerDescription description = QemuInstallerDescription.Create(new QemuInstallerInputs(
            qemu.Version, context.Paths.Stage(qemu), firmware, [.. libraries.Select(context.Paths.Stage)],
            context.Packager.WindowsDlls, context.Line.SourceDateEpoch));
        var nsis = new NsisInstaller(Path.Combine(context.Paths.Packaging, "Nsis"));
        nsis.AddInputs(fingerprint, description);
        PackageFacts facts = context.Packager.Facts(qemu, libraries).AddTool("makensis", NsisInstaller.Version());
        foreach (FetchedPackage package in firmware is null ? [] : context.Fetcher.LocateFirmware(context.Line))
        {
            facts.AddFirmware(package.Package.Package, package.Version);
        }

        context.Packager.Make(
            qemu.Name, "installer", context.FileNameOf(nameof(QemuInstaller)), fingerprint, facts,
            exe => nsis.Build(description, exe, context.Paths.Log("qemu", "installer")));
    }
}
