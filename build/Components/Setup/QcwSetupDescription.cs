using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Components;

/// <summary>
/// The one setup program: the files of QEMU's and Podman's own installers, each product in a folder of its own, and the script that sets
/// them up.
/// </summary>
public static class QcwSetupDescription
{
    /// <summary>Registry key and default folder.</summary>
    public const string Id = "qcw";

    /// <summary>In Apps &amp; Features.</summary>
    public const string Name = "QEMU and Podman for Windows (qcw)";

    /// <summary>The folder of QEMU, below the install folder. The command prompts and the diagnosis look there.</summary>
    public const string QemuFolder = "qemu";

    /// <summary>The folder of Podman.</summary>
    public const string PodmanFolder = "podman";

    /// <summary>The folder of the script.</summary>
    public const string UtilsFolder = "utils";

    /// <summary>The folder of the guide: the pages of qcw's web site.</summary>
    public const string GuideFolder = "guide";

    private const string PodmanLicence = "licenses/podman/LICENSE";

    /// <summary>How installers whose product this one has inside name it.</summary>
    public static IncludingProduct Whole { get; } = new(Id, Name);

    /// <summary>The version: Podman's, and behind it QEMU's.</summary>
    public static string VersionOf(string qemu, string podman) => $"{podman}+qemu.{qemu}";

    /// <summary>What the licence page shows: the licences of both products.</summary>
    /// <exception cref="BuildException">Podman's licence is missing.</exception>
    public static string LicenceText(InstallerDescription qemu, InstallerDescription podman)
    {
        string file = podman.Files.FirstOrDefault(file => file.Target == PodmanLicence)?.Source
            ?? throw new BuildException($"Podman's installer has no {PodmanLicence}, which the setup program shows");
        return $"This installs {podman.Name} {podman.Version} and {qemu.Name} {qemu.Version}, which have licences of their own. "
            + "Those of the libraries inside are installed with them.\n\n"
            + $"Podman\n======\n\n{File.ReadAllText(file).ReplaceLineEndings("\n")}\n\n"
            + $"QEMU\n====\n\n{File.ReadAllText(qemu.LicenceFile!).ReplaceLineEndings("\n")}";
    }

    /// <summary>Describes the setup program.</summary>
    /// <param name="qemu">QEMU's own setup program.</param>
    /// <param name="podman">Podman's own installer, either edition.</param>
    /// <param name="script">qcw-utils.ps1; a full path.</param>
    /// <param name="licence">The text of the licence page; a full path.</param>
    /// <param name="site">The folder of qcw's web site; a full path.</param>
    /// <exception cref="BuildException">
    /// QEMU's installer has a section that is not known here, or its version cannot be ordered.
    /// </exception>
    public static InstallerDescription From(
        InstallerDescription qemu, InstallerDescription podman, string script, string licence, string site)
    {
        InstalledFile[] guide = [.. SitePages.HelpFiles(site, GuideFolder)];
        var version = UpstreamVersion.Parse(VersionOf(qemu.Version.Text, podman.Version.Text));
        InstallerSection[] sections =
        [
            new("podman", "Podman", "Podman, what it starts to reach its virtual machines, and the licences.", SectionChoice.Required,
                Below(PodmanFolder, podman, "main")),
            new("qemu", "QEMU", "What runs the virtual machines: the system emulator, its firmware and its libraries.",
                SectionChoice.Required, Below(QemuFolder, qemu, "runtime", "system", "firmware")),
            .. qemu.Sections.Where(section => section.Id is "tools" or "aarch64")
                .Select(section => section with { Files = Below(QemuFolder, qemu, section.Id) }),
            new("utils", "Set-up and diagnosis",
                "Makes the first virtual machine, and says what is wrong with Podman, QEMU or Windows: qcw-utils.ps1.",
                SectionChoice.OnByDefault, [new InstalledFile(script, $"{UtilsFolder}/{UtilsScriptText.FileName}")]),
            podman.Sections.Single(section => section.Id == "shells") with { Files = Below(PodmanFolder, podman, "shells") },
            new("doc", "Documentation", "The guide of qcw, and the manuals of Podman and QEMU.", SectionChoice.OnByDefault,
                [.. guide, .. Below(PodmanFolder, podman, "docs"), .. Below(QemuFolder, qemu, "doc")]),
            new("startmenu", "Start menu", "A command prompt in QEMU's folder, and the uninstaller.", SectionChoice.OnByDefault, []),
        ];
        int taken = sections.Sum(section => section.Files.Count);
        return taken == qemu.Files.Count() + podman.Files.Count() + guide.Length + 1
            ? new InstallerDescription(
                Id, Name, version, Publisher.Name, Publisher.Homepage, sections, long.Max(qemu.SourceDateEpoch, podman.SourceDateEpoch))
            {
                LicenceFile = licence,
                Shortcuts = [.. Shortcuts(qemu, podman)],
                Path = new(
                    PodmanFolder, "Podman on PATH",
                    "Makes podman a command of every command prompt, unless another one comes before it on PATH.",
                    SectionChoice.OnByDefault),
                MorePaths = [QemuOnPath(podman.Msi!.Configuration!)],
                DisplayIcon = qemu.DisplayIcon is { } icon ? $"{QemuFolder}/{icon}" : null,
                Nsis = new NsisPart
                {
                    OldestWindows = podman.Msi.OldestWindows,
                    Order = OrderOf(qemu.Version, podman.Version),
                    Choice = podman.Msi.Choices.Single(),
                    Configuration = Configuration(podman.Msi.Configuration!),
                    Replaces = [Qemu, Podman],
                    Machines = Machines,
                },
            }
            : throw new BuildException(
                $"QEMU's or Podman's installer has a section that is not in the one setup program: say in {nameof(QcwSetupDescription)} "
                    + "where its files go (sections: "
                    + string.Join(", ", qemu.Sections.Concat(podman.Sections).Select(section => section.Id)) + ")");
    }

    private static ReplacedProduct Qemu { get; } = new(
        QemuInstallerDescription.Name, InstallerDescription.UninstallKeyOf(QemuInstallerDescription.Id), "InstallLocation",
        ["qemu-system-x86_64.exe", "qemu-system-x86_64w.exe", "qemu-system-aarch64.exe", "qemu-img.exe", "qemu-nbd.exe"]);

    private static ReplacedProduct Podman { get; } = new(
        PodmanMsiDescription.Name, PodmanMsiDescription.RegistryKey, "InstallDir", PodmanMsiDescription.Programs)
    {
        UpgradeCodes = new[] { MsiEdition.PerMachine, MsiEdition.PerUser }
            .ToDictionary(edition => edition, PodmanMsiDescription.UpgradeCodeOf),
        ChoiceValue = PodmanMsiDescription.ChoiceValue,
    };

    // where Podman keeps its machines of QEMU, each with a file NAME.json
    private static InstallerMachines Machines { get; } = new(
        ".config/containers/podman/machine/qemu/*.json", $"{PodmanFolder}/podman.exe", "machine rm -f", "CONTAINERS_MACHINE_PROVIDER",
        "qemu", [".config/containers", ".local/share/containers"]);

    // Windows Installer compares three numbers of Podman's version, and that has to do for those that no order is known of (4.5.0-dev)
    private static string OrderOf(UpstreamVersion qemu, UpstreamVersion podman) => qemu.Order is { } order
        ? $"{podman.FileVersion.Major}.{podman.FileVersion.Minor}.{podman.FileVersion.Build}.{order}"
        : throw new BuildException($"QEMU's version '{qemu}' cannot be ordered, and the setup program does not replace a newer one");

    // QEMU is beside Podman whatever the install folder is. $BINDIR is Podman's word for its own folder
    private static MsiConfigurationEntry Configuration(MsiConfigurationEntry own) => own with
    {
        Folders = [.. own.Folders.Select(folders => folders with { Paths = [$@"$BINDIR\..\{QemuFolder}"] })],
    };

    // Podman before 5 finds it by PATH only
    private static InstallerPath QemuOnPath(MsiConfigurationEntry own) => new(
        QemuFolder, "QEMU on PATH", "Lets every command prompt find QEMU's programs by their names alone.",
        own.Folders.Count > 0 ? SectionChoice.OffByDefault : SectionChoice.OnByDefault)
    {
        SectionId = "qemu_path",
    };

    private static InstalledFile[] Below(string folder, InstallerDescription product, params string[] sections) =>
    [
        .. product.Sections.Where(section => sections.Contains(section.Id)).SelectMany(section => section.Files)
            .Select(file => file with { Target = $"{folder}/{file.Target}" }),
    ];

    // /s takes away exactly the outer quotes
    private static IEnumerable<InstallerShortcut> Shortcuts(InstallerDescription qemu, InstallerDescription podman) =>
    [
        Script("Set up containers", " -SetUp -Pause", "Makes the first virtual machine and runs a container in it; can be run again"),
        Script("What is wrong with Podman", " -Doctor -Pause", "Looks at Windows, QEMU, Podman, its settings and machines"),
        new("Guide", $"{GuideFolder}/{SitePages.HelpIndex}", string.Empty, "doc")
        {
            Description = "How to use QEMU and Podman, and what to do if something fails",
        },
        .. podman.Shortcuts.Select(shortcut => Moved(PodmanFolder, shortcut)),
        .. qemu.Shortcuts.Where(shortcut => shortcut.Target[0] != ':').Select(shortcut => Moved(QemuFolder, shortcut)),
        new(
            "QEMU command prompt", InstallerShortcut.CommandPrompt,
            $"/v:off /s /k \"cd /d \"{InstallerShortcut.InstallFolder}{QemuFolder}\"\"", "startmenu"),
        new("Uninstall QEMU and Podman", InstallerShortcut.Uninstaller, string.Empty, "startmenu"),
    ];

    private static InstallerShortcut Moved(string folder, InstallerShortcut shortcut) => shortcut with
    {
        Target = shortcut.Target[0] == ':' ? shortcut.Target : $"{folder}/{shortcut.Target}",
        Arguments = shortcut.Arguments.Replace(
            InstallerShortcut.InstallFolder, $@"{InstallerShortcut.InstallFolder}{folder}\", StringComparison.Ordinal),
        Section = shortcut.Section is "docs" ? "doc" : shortcut.Section,
    };

    private static InstallerShortcut Script(string name, string arguments, string description) => new(
        name, InstallerShortcut.CommandPrompt,
        "/v:off /s /c \"powershell.exe -NoProfile -ExecutionPolicy Bypass -File "
            + $"\"{InstallerShortcut.InstallFolder}{UtilsFolder}\\{UtilsScriptText.FileName}\"{arguments}\"", "utils")
    {
        Description = description,
    };
}
