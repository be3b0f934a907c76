using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Components;

/// <summary>QEMU's installer: which file of the staged folders belongs to which section.</summary>
public static class QemuInstallerDescription
{
    /// <summary>
    /// Registry key and default folder. Not <c>QEMU</c>: that is the name the builds of others use, and both may be installed.
    /// </summary>
    public const string Id = "qcw-qemu";

    /// <summary>In Apps &amp; Features.</summary>
    public const string Name = "QEMU for Windows (qcw)";

    /// <summary>The folder of the stage with the guest agent, which is not for the host: it comes as a zip of its own.</summary>
    public const string GuestAgent = "guest-agent";

    private const string LicensePage = "licenses/qemu/COPYING";
    private const string Manual = "doc/index.html";
    private const string SpawnHelperPrefix = "gspawn-";

    private static readonly InstallerSection[] Sections =
    [
        new(
            "runtime",
            "Libraries and licences",
            "The libraries that the programs need, and the licences of everything that is installed.",
            SectionChoice.Required,
            []),
        new(
            "system",
            "System emulator",
            "Runs virtual machines: qemu-system-x86_64, with and without a console window, and its keyboard layouts.",
            SectionChoice.OnByDefault,
            []),
        new(
            "aarch64",
            "System emulator for ARM",
            "Runs virtual machines of 64-bit ARM, without acceleration: qemu-system-aarch64 and its UEFI.",
            SectionChoice.OffByDefault,
            []),
        new(
            "tools",
            "Tools",
            "Create, convert, check and export disk images: qemu-img, qemu-io, qemu-nbd and qemu-storage-daemon.",
            SectionChoice.OnByDefault,
            []),
        new(
            "firmware",
            "Firmware",
            "BIOS, UEFI and option ROMs. Virtual machines do not start without them.",
            SectionChoice.OnByDefault,
            []),
        new("doc", "Documentation", "What QEMU's authors have written for its users.", SectionChoice.OnByDefault, []),
        new(
            "startmenu",
            "Start menu",
            "A command prompt in the install folder, the documentation, and the uninstaller.",
            SectionChoice.OnByDefault,
            []),
    ];

    /// <summary>Describes the installer.</summary>
    /// <exception cref="BuildException">
    /// A file belongs to no section, a DLL is missing, two folders have different files of one name, or there is no program or no licence.
    /// </exception>
    public static InstallerDescription Create(QemuInstallerInputs inputs)
    {
        var files = new InstallerFiles();
        files.AddFolder(inputs.Stage, path => IsUnder(GuestAgent, path) ? null : path);
        if (inputs.Firmware is not null)
        {
            files.AddFolder(inputs.Firmware, path => IsUnder("licenses", path) || IsUnder("share", path) ? path : "share/" + path);
        }

        foreach (string library in inputs.Libraries)
        {
            files.AddFolder(Path.Combine(library, "licenses"), path => "licenses/" + path);
        }

        foreach (string helper in SpawnHelpers(inputs))
        {
            files.Add(helper, Path.GetFileName(helper));
        }

        foreach (string dll in Dlls(inputs, files))
        {
            files.Add(dll, Path.GetFileName(dll));
        }

        ILookup<string, InstalledFile> bySection = files.All.ToLookup(file =>
            SectionOf(file.Target)
            ?? throw new BuildException(
                $"{file.Source} would be installed as {file.Target}, but no section of QEMU's installer takes it: "
                    + $"say in {nameof(QemuInstallerDescription)} where it belongs"));
        return new InstallerDescription(
            Id,
            Name,
            UpstreamVersion.Parse(inputs.Version),
            Publisher.Name,
            Publisher.Homepage,
            [
                .. Sections
                    .Select(section => section with { Files = [.. bySection[section.Id]] })
                    .Where(section => section.Files.Count > 0 || section.Id == "startmenu"),
            ],
            inputs.SourceDateEpoch)
        {
            LicenceFile = files.SourceOf(LicensePage),
            Shortcuts = Shortcuts(files),
            Path = new(
                string.Empty,
                "Add to PATH",
                "Lets every command prompt find the programs by their names alone.",
                SectionChoice.OffByDefault),
            PartOf = QcwSetupDescription.Whole,
            DisplayIcon = files.All.Select(file => file.Target).FirstOrDefault(target => target is "qemu-system-x86_64.exe"),
        };
    }

    // QEMU's programs are at the top of the install folder and look for their data in share/ next to them
    private static string? SectionOf(string target) =>
        target switch
        {
            _ when IsUnder("licenses", target) => "runtime",
            _ when IsUnder("doc", target) => "doc",
            _ when IsUnder("share/keymaps", target) || IsUnder("share/icons", target) || IsUnder("share/locale", target) => "system",
            // what GTK loads
            _ when IsUnder("share/glib-2.0", target) || IsUnder("lib/gdk-pixbuf-2.0", target) => "system",
            "share/trace-events-all" => "system",
            _ when IsSystemEmulator(target) && target.Contains("aarch64", StringComparison.Ordinal) => "aarch64",
            _ when IsArmFirmware(target) => "aarch64",
            _ when IsUnder("share/firmware", target) || IsDirectlyIn("share", target) => "firmware",
            _ when target.Contains('/', StringComparison.Ordinal) => null,
            _ when IsSystemEmulator(target) => "system",
            "qemu-img.exe" or "qemu-io.exe" or "qemu-nbd.exe" or "qemu-edid.exe" or "qemu-storage-daemon.exe" => "tools",
            _ when target.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                    || target.StartsWith(SpawnHelperPrefix, StringComparison.Ordinal) => "runtime",
            _ => null,
        };

    /// <summary>
    /// glib starts other programs (a command behind slirp's guestfwd, say) through helpers that it looks for beside its DLL; no import
    /// names them.
    /// </summary>
    private static IEnumerable<string> SpawnHelpers(QemuInstallerInputs inputs) =>
        inputs.Libraries.Select(library => Path.Combine(library, "bin")).Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, SpawnHelperPrefix + "*.exe"));

    private static IReadOnlyList<string> Dlls(QemuInstallerInputs inputs, InstallerFiles files)
    {
        string[] images = [.. files.All.Select(file => file.Source).Where(PeImage.IsPe)];
        if (images.Length == 0)
        {
            throw new BuildException($"{inputs.Stage} contains no program");
        }

        string[] folders = [.. inputs.Libraries.Select(library => Path.Combine(library, "bin")).Where(Directory.Exists)];
        return new DllClosure(folders, inputs.WindowsDlls).Compute(images);
    }

    private static InstallerShortcut[] Shortcuts(InstallerFiles files) =>
        [
            new("QEMU command prompt", InstallerShortcut.CommandPrompt, string.Empty, "startmenu"),
            new("Uninstall QEMU", InstallerShortcut.Uninstaller, string.Empty, "startmenu"),
            .. files.All.Any(file => file.Target == Manual)
                ? [new InstallerShortcut("QEMU documentation", Manual, string.Empty, "startmenu")]
                : Array.Empty<InstallerShortcut>(),
        ];

    private static bool IsSystemEmulator(string target) =>
        target.StartsWith("qemu-system-", StringComparison.Ordinal)
        && target.EndsWith(".exe", StringComparison.Ordinal)
        && !target.Contains('/', StringComparison.Ordinal);

    private static bool IsArmFirmware(string target) =>
        target.StartsWith("share/edk2-aarch64-", StringComparison.Ordinal)
        || target.StartsWith("share/edk2-arm-", StringComparison.Ordinal);

    private static bool IsUnder(string folder, string path) => path.StartsWith(folder + '/', StringComparison.Ordinal);

    private static bool IsDirectlyIn(string folder, string path) => IsUnder(folder, path) && path.LastIndexOf('/') == folder.Length;
}

/// <summary>What earlier steps have made for QEMU's installer. All paths are full paths.</summary>
/// <param name="Version">QEMU's version text.</param>
/// <param name="Stage">What compiling QEMU installed: exes on top, <c>share/</c>, <c>doc/</c>, <c>licenses/qemu/</c>.</param>
/// <param name="Firmware">
/// Firmware files, which go to <c>share/</c>, and their <c>licenses/&lt;package&gt;/</c>; null where the stage has the firmware.
/// </param>
/// <param name="Libraries">
/// What compiling each library installed, static ones and the toolchain's included: <c>bin/</c> (where there are DLLs),
/// <c>licenses/&lt;library&gt;/</c>.
/// </param>
/// <param name="WindowsDlls">What may be left to Windows.</param>
/// <param name="SourceDateEpoch">Time of every installed file, seconds since 1970-01-01 UTC.</param>
public sealed record QemuInstallerInputs(
    string Version, string Stage, string? Firmware, IReadOnlyList<string> Libraries, WindowsDlls WindowsDlls, long SourceDateEpoch);
