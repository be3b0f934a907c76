using Cake.Frosting;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Zip;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>QEMU: the x86_64 system emulator and the tools for disk images.</summary>
public sealed class Qemu() : ComponentDefinition("qemu")
{
    internal static readonly Qemu Definition = new() { Purpose = "runs virtual machines", TakesFirmware = true };

    internal static readonly Product Setup = Product.Setup("qemu-{version}-windows-{arch}-setup.exe");

    internal static readonly Product Zip = Product.Zip("qemu-{version}-windows-{arch}.zip") with
    {
        HowTo = "the same without an installation, and without administrator rights: unpack {file} into a folder of your choice, and start "
            + "the programs there or put the folder on PATH.",
    };

    internal static readonly Product GuestAgent = Product.Zip("qemu-guest-agent-{version}-windows-{arch}.zip") with
    {
        Kind = "zip of the guest agent",
        HowTo = "for a Windows that runs in a virtual machine: "
            + "unpack {file} there, and run `bin\\qemu-ga.exe -s install` as administrator.",
    };

    // the recipe makes the manual, the guest agent and the emulator of ARM from this version on
    private const int FirstComplete = 10;

    /// <summary>True where the recipe makes all that a complete QEMU has: manual, guest agent, the emulator of ARM.</summary>
    internal static bool IsComplete(Component qemu) => UpstreamVersion.Parse(qemu.Version).FileVersion.Major >= FirstComplete;

    /// <summary>True where its configure makes an environment of its own for Python: from 8.1 on.</summary>
    internal static bool MakesVenv(Component qemu) =>
        UpstreamVersion.Parse(qemu.Version).FileVersion is { Major: > 8 } or { Major: 8, Minor: > 0 };

    public override IEnumerable<Part> Bundled(Component component, string source, Provenance by, IReadOnlyList<InstalledFile> files) =>
        QemuBundled.In(component, source, by, files);

    public override bool HasPackage => true;

    public override Package PackageOf(Component component, IReadOnlyList<(Product Product, ReleasedFile File)> files) =>
        QemuPackage.From(component.Version, FilesOf(files, Setup), FilesOf(files, Zip));

    private static IEnumerable<ReleasedFile> FilesOf(IEnumerable<(Product Product, ReleasedFile File)> files, Product product) =>
        files.Where(file => file.Product == product).Select(file => file.File);
}

[TaskDescription("Fetches QEMU's source, remote patches and firmware packages")]
public sealed class QemuFetch() : FetchTask(Qemu.Definition);

[TaskDescription("Unpacks QEMU's source and applies the patches"), IsDependentOn(typeof(QemuFetch))]
public sealed class QemuPatch() : PatchTask(Qemu.Definition);

[
    TaskDescription("Compiles QEMU for Windows: the x86_64 system emulator and the tools"),
    IsDependentOn(typeof(QemuPatch)),
    IsDependentOn(typeof(SysrootCompile))
]
public sealed class QemuCompile()
    : RecipeTask(
        Qemu.Definition,
        "Qemu",
        ("mingw-w64", true),
        ("mingw-w64-binutils", true),
        ("meson", true),
        ("pkg-config", true),
        ("python3", true),
        ("gcc", true),
        ("bzip2", false),
        ("git", false),
        ("ninja", false),
        ("perl", false))
{
    protected override IEnumerable<(string Name, bool Matters)> ToolsOf(Component? component) =>
    [
        .. base.ToolsOf(component),
        .. component is not null && Qemu.MakesVenv(component) ? [("python3-venv", false)] : Array.Empty<(string, bool)>(),
        .. component is not null && Qemu.IsComplete(component) ? [("sphinx", true)] : Array.Empty<(string, bool)>(),
    ];
}

/// <summary>Packs QEMU: the programs, every DLL that they need, firmware, and the licences of all of it.</summary>
/// <param name="product">What is made.</param>
/// <param name="kind">For people: <c>installer</c>, <c>archive</c>.</param>
public abstract class QemuPackageTask(Product product, string kind) : ComponentTask(Qemu.Definition, Phase.Package)
{
    public sealed override Product Product => product;

    public override IEnumerable<string> ToolsFor(ReleaseLine line) => line.Firmware.Count > 0 ? ["dpkg-deb"] : [];

    /// <summary>What the setup program has in it, also as a part of another one.</summary>
    /// <exception cref="NotMadeException">QEMU, a library or the firmware has not been compiled or fetched.</exception>
    internal static InstallerParts PartsOf(BuildContext context)
    {
        Component qemu = Qemu.Definition.In(context.Line);
        Made stage = context.StageOf(qemu);
        IReadOnlyList<Made> libraries = context.LibrariesOf(qemu, stage);
        Made? firmware = new QemuFirmware(
            context.Line, context.Paths, context.Fetcher, context.Steps, context.Messages).Stage(stage.Path);
        return new InstallerParts(
            QemuInstallerDescription.Create(new QemuInstallerInputs(
                qemu.Version, stage.Path, firmware?.Path, [.. libraries.Select(library => library.Path)],
                context.Packager.WindowsDlls, context.Line.SourceDateEpoch)),
            context.Packager.Inputs(stage, libraries).Add("firmware", firmware?.Hash ?? "in QEMU's source"),
            stage.By.With(firmware?.By ?? Provenance.None),
            [
                (stage.Path, qemu.Name),
                .. context.OwnersOf(qemu, libraries),
                .. firmware is null ? [] : ((string, string)[])[(firmware.Path, Insides.FirmwareOwner)],
            ]);
    }

    /// <summary>What the file is made of.</summary>
    private protected (PackageRequest Request, InstallerDescription Description) RequestOf(BuildContext context)
    {
        Component qemu = ComponentOf(context);
        (InstallerDescription description, Fingerprint fingerprint, Provenance by, IReadOnlyList<(string, string)> owners) =
            PartsOf(context);
        return (
            new PackageRequest(
                Product.NameFor(qemu, context.Paths.Architecture), kind, qemu, fingerprint, by, [.. description.Files], owners),
            description);
    }
}

/// <summary>Makes QEMU's setup program.</summary>
[TaskDescription("Makes the installer of QEMU"), IsDependentOn(typeof(QemuCompile)), IsDependeeOf(typeof(Installers))]
public sealed class QemuInstaller() : QemuPackageTask(Qemu.Setup, "installer"), IMakesSetup
{
    public override IEnumerable<string> ToolsFor(ReleaseLine line) =>
        [.. base.ToolsFor(line), "makensis", .. OperatingSystem.IsWindows() ? (string[])[] : ["7zz"]];

    public SetupPackage SetupOf(BuildContext context)
    {
        (PackageRequest request, InstallerDescription description) = RequestOf(context);
        return SetupPackage.Of(context, request, description);
    }

    protected override void Make(BuildContext context) => SetupOf(context).Make(context);
}

/// <summary>Zips the files that QEMU's setup program installs, all sections of it.</summary>
[TaskDescription("Makes the zip of QEMU, which needs no installation"), IsDependentOn(typeof(QemuCompile)), IsDependeeOf(typeof(Archives))]
public sealed class QemuArchive() : QemuPackageTask(Qemu.Zip, "archive")
{
    protected override void Make(BuildContext context)
    {
        (PackageRequest request, InstallerDescription description) = RequestOf(context);
        request.Fingerprint.Add("format", DeterministicZip.Format);
        context.Packager.Make(
            request, file => DeterministicZip.Write(file, [.. description.Files], description.SourceDateEpoch));
    }
}

/// <summary>Zips the guest agent. It is for a Windows in a virtual machine, not for the computer that QEMU runs on.</summary>
[TaskDescription("Makes the zip of QEMU's guest agent"), IsDependentOn(typeof(QemuCompile)), IsDependeeOf(typeof(Archives))]
public sealed class QemuGuestAgentArchive()
    : RecipeArchiveTask(Qemu.Definition, Qemu.GuestAgent, (QemuInstallerDescription.GuestAgent, "bin"), ("licenses", "licenses"))
{
    public override string Subject => "QEMU of version 10 or newer";

    public override bool AppliesTo(ReleaseLine line) => Definition!.Find(line) is { } qemu && Qemu.IsComplete(qemu);
}
