using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Components;

/// <summary>Podman's installer: which file of the staged folders belongs to which feature.</summary>
public static class PodmanMsiDescription
{
    /// <summary>The default folder. Not <c>Podman</c>: the official installer uses that, and both may be installed.</summary>
    public const string Id = "qcw-podman";

    /// <summary>In Apps &amp; Features.</summary>
    public const string Name = "Podman for Windows (qcw)";

    /// <summary>The property that says which virtual machines Podman makes.</summary>
    public const string MachineProvider = "MACHINE_PROVIDER";

    /// <summary>The page of the manual that the Start menu links to.</summary>
    public const string DocsIndex = "podman.html";

    /// <summary>Below HKLM or HKCU: what an installation remembers.</summary>
    public const string RegistryKey = @"Software\qcw\Podman";

    /// <summary>The value of that key which remembers <see cref="MachineProvider"/>.</summary>
    public const string ChoiceValue = "MachineProvider";

    private const string ShellScript = "shells/podman-shell.cmd";

    // how Windows finds what is to be upgraded: they stay for ever
    private static readonly Guid PerMachineUpgradeCode = new("50287b26-9b83-42c5-9b79-9fb958e339b5");
    private static readonly Guid PerUserUpgradeCode = new("d761815c-dbab-4701-8400-4e385d3f894b");

    /// <summary>The programs, on top of the install folder. Podman looks for the other two beside itself.</summary>
    public static readonly IReadOnlyList<string> Programs = ["podman.exe", "gvproxy.exe", "win-sshproxy.exe"];

    private static readonly string[] Components = ["podman", "gvisor-tap-vsock"];

    // the two keys are those of contrib/win-installer in containers/podman: the present one, and that of older releases. An official Podman
    // reads the line that we write, and fails on a provider that it does not offer
    private static MsiNeighbour OfficialPodman { get; } = new([@"Software\Podman", @"Software\Red Hat\Podman"], "InstallDir", "none");

    // Podman's own folder stays the first one. $BINDIR is Podman's word for it, so that QEMU is found beside Podman in any folder; then
    // where our setup program and the official ones put QEMU by default
    private static MsiConfigurationFolders QemuFolders { get; } = new(
        "engine", "helper_binaries_dir",
        [
            $@"$BINDIR\..\{QemuInstallerDescription.Id}",
            MsiConfigurationFolders.ProgramFiles + QemuInstallerDescription.Id,
            MsiConfigurationFolders.ProgramFiles + "qemu",
        ]);

    /// <summary>How Windows finds what an edition upgrades.</summary>
    public static Guid UpgradeCodeOf(MsiEdition edition) => edition == MsiEdition.PerMachine ? PerMachineUpgradeCode : PerUserUpgradeCode;

    /// <summary>Describes the installer.</summary>
    /// <exception cref="BuildException">
    /// A program, a licence, a batch file or the manual's index is missing, or there is a file that no feature takes.
    /// </exception>
    public static InstallerDescription From(PodmanInstallerInputs inputs)
    {
        var main = new InstallerFiles();
        main.AddFolder(inputs.Podman, path => TargetOf(inputs.Podman, path));
        main.AddFolder(inputs.GvisorTapVsock, path => TargetOf(inputs.GvisorTapVsock, path));
        foreach (string needed in Programs)
        {
            main.SourceOf(needed);
        }

        foreach (string component in Components
            .Where(name => !main.All.Any(file => file.Target.StartsWith($"licenses/{name}/", StringComparison.Ordinal))))
        {
            throw new BuildException(
                $"none of the input folders contains licenses/{component}/, but everything that is installed needs its licence");
        }

        var shells = new InstallerFiles();
        shells.AddFolder(inputs.Shells, path => "shells/" + path);
        shells.SourceOf(ShellScript);
        var docs = new InstallerFiles();
        docs.AddFolder(inputs.Docs, path => "docs/" + path);
        InstalledFile index = docs.All.FirstOrDefault(file => file.TargetName == DocsIndex)
            ?? throw new BuildException($"{inputs.Docs} has no {DocsIndex}, which the Start menu links to");
        return new InstallerDescription(
            Id, Name, UpstreamVersion.Parse(inputs.Version), Publisher.Name, Publisher.Homepage,
            [
                new(
                    "main",
                    "Podman",
                    "Podman, what it starts to reach its virtual machines, and the licences.",
                    SectionChoice.Required,
                    [.. main.All]),
                new(
                    "shells",
                    "Command prompts",
                    "Entries in the Start menu that open a command prompt for Podman with a choice of virtual machines.",
                    SectionChoice.OnByDefault,
                    [.. shells.All]),
                new(
                    "docs",
                    "Documentation",
                    "The manual pages as HTML, with an entry in the Start menu.",
                    SectionChoice.OnByDefault,
                    [.. docs.All]),
            ],
            inputs.SourceDateEpoch)
        {
            Path = new(
                string.Empty, "PATH entry", "Makes podman a command of every command prompt, unless another one comes before it on PATH.",
                SectionChoice.OnByDefault),
            MenuFolder = "Podman (qcw)",
            PartOf = QcwSetupDescription.Whole,
            Shortcuts =
            [
                .. Shells(),
                new("Podman documentation", index.Target, string.Empty, "docs") { Description = "Podman's manual pages" },
            ],
            Msi = new(inputs.Edition, inputs.Architecture, UpgradeCodeOf(inputs.Edition), RegistryKey)
            {
                Choices =
                [
                    new(MachineProvider, ["qemu", "wsl", "hyperv", "none"], "qemu", ChoiceValue) { Neighbour = OfficialPodman },
                ],
                Configuration = ConfigurationFor(UpstreamVersion.Parse(inputs.Version)),
                Closing = "Stop its machines (podman machine stop) and end what else uses it",
                Comments = "Podman with patches for QEMU on Windows, built from source by qcw; not the official build.",
                Help = new Uri("https://github.com/arixmkii/qcw/blob/main/docs/podman-installer.md"),
                OldestWindows = OldestWindowsFor(inputs.Version),
            },
        };
    }

    /// <summary>The oldest Windows for a version of Podman: from 6 on its authors support Windows 11 only.</summary>
    /// <param name="version">Podman's version text.</param>
    public static OldestWindows OldestWindowsFor(string version) =>
        UpstreamVersion.Parse(version).FileVersion.Major < 6 ? OldestWindows.Ten : OldestWindows.Eleven;

    // Podman before 5 reads nothing of the machine's, and says nothing about where it looks for QEMU but PATH
    private static MsiConfigurationEntry ConfigurationFor(UpstreamVersion version)
    {
        var line = new MsiConfigurationEntry(
            "containers/containers.conf.d", "99-qcw-machine-provider.conf", "machine", "provider", MachineProvider, "none");
        return version.FileVersion.Major < 5 ? line : line with { MachineWide = true, Folders = [QemuFolders] };
    }

    private static string TargetOf(string stage, string path)
    {
        string name = path[(path.LastIndexOf('/') + 1)..];
        return path switch
        {
            _ when path == "bin/" + name && Programs.Contains(name) => name,
            _ when path.StartsWith("licenses/", StringComparison.Ordinal) => path,
            _ => throw new BuildException(
                $"{Path.Combine(stage, path)} belongs to no feature of Podman's installer: say in {nameof(PodmanMsiDescription)} where"),
        };
    }

    private static IEnumerable<InstallerShortcut> Shells() =>
    [
        Shell("Podman shell", string.Empty, "A command prompt for Podman as it is configured"),
        Shell("Podman shell (QEMU)", " qemu", "A command prompt for Podman with virtual machines of QEMU"),
        Shell("Podman shell (WSL)", " wsl", "A command prompt for Podman with the Windows Subsystem for Linux"),
        Shell("Podman shell (Hyper-V)", " hyperv", "A command prompt for Podman with virtual machines of Hyper-V"),
    ];

    // /s takes away exactly the outer quotes, so that brackets and blanks in the folder's name do no harm; with /v:off, which somebody's
    // registry may have turned on, neither does an exclamation mark
    private static InstallerShortcut Shell(string name, string provider, string description) => new(
        name, InstallerShortcut.CommandPrompt,
        "/v:off /s /k "
            + $"\"cd /d \"%USERPROFILE%\" & \"{InstallerShortcut.InstallFolder}{ShellScript.Replace('/', '\\')}\"{provider}\"", "shells")
    {
        Description = description,
    };
}

/// <summary>What earlier steps have made for Podman's installer. All paths are full paths.</summary>
/// <param name="Version">Podman's version text: <c>4.5.0-dev</c>.</param>
/// <param name="Podman">What compiling Podman installed: <c>bin/podman.exe</c>, <c>licenses/podman/</c>.</param>
/// <param name="GvisorTapVsock">
/// What compiling gvisor-tap-vsock installed: <c>bin/gvproxy.exe</c>, <c>bin/win-sshproxy.exe</c>, <c>licenses/gvisor-tap-vsock/</c>.
/// </param>
/// <param name="Docs">Podman's manual as HTML files, <c>podman.html</c> among them, in subfolders or not.</param>
/// <param name="Shells">The folder of the batch files: <c>shells</c> beside this class.</param>
/// <param name="Edition">For whom it installs.</param>
/// <param name="Architecture">What its programs run on.</param>
/// <param name="SourceDateEpoch">Time of every installed file, seconds since 1970-01-01 UTC.</param>
public sealed record PodmanInstallerInputs(
    string Version,
    string Podman,
    string GvisorTapVsock,
    string Docs,
    string Shells,
    MsiEdition Edition,
    Architecture Architecture,
    long SourceDateEpoch);
