using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>What package managers are told about Podman.</summary>
public static class PodmanPackage
{
    private const string Program = "podman.exe";

    /// <summary>Describes the package.</summary>
    /// <param name="version">Podman's version text.</param>
    /// <param name="installers">Its MSIs: for whom, which file, and what that says of itself.</param>
    /// <exception cref="BuildException">An MSI is not what its name says.</exception>
    public static Package From(string version, IReadOnlyList<(MsiEdition Edition, ReleasedFile File, MsiPackage Msi)> installers)
    {
        foreach ((MsiEdition edition, ReleasedFile file, MsiPackage msi) in installers)
        {
            Check(version, edition, file, msi);
        }

        return new Package(
            $"{Publisher.Name}.Podman",
            PodmanMsiDescription.Name,
            version,
            InstallerFormat.Msi,
            [.. installers.Select(item => Installer(item.Edition, item.File, item.Msi))])
        {
            Licence = "Apache-2.0",
            LicenceUrl = new Uri("https://github.com/containers/podman/blob/main/LICENSE"),
            Summary = "Podman for Windows with patches for virtual machines of QEMU, built from source",
            Description =
                "Podman runs Linux containers; on Windows it does so in a virtual machine. This build by the project qcw can make "
                + "that machine with QEMU, so that neither WSL nor Hyper-V is needed. gvproxy, win-sshproxy and the manual are part of it. "
                + "It is not the official build, and may be installed beside that one.",
            Tags = ["containers", "docker", "oci", "podman", "qemu"],
            Guide = "docs/podman-installer.md",
            InstallationNotes =
                $"Virtual machines are made with QEMU, which is a package of its own: winget install {Publisher.Name}.QEMU. "
                + "The command prompts of \"Podman (qcw)\" in the Start menu find it.",
            Commands = ["podman"],
            OldestWindows = PodmanMsiDescription.OldestWindowsFor(version),
            Scoop = new ScoopApp(
                PodmanMsiDescription.Id,
                [
                    "Nothing is configured: say which virtual machines are to be made, "
                        + "with 'set CONTAINERS_MACHINE_PROVIDER=qemu' (or wsl, hyperv) or in containers.conf.",
                ])
            {
                Programs = [Program],
                Shortcuts = [.. Manual(installers[0].Msi).Select(page => (page, "Podman documentation (qcw)"))],
                Suggestions = [("QEMU", QemuInstallerDescription.Id)],
            },
        };
    }

    private static void Check(string version, MsiEdition edition, ReleasedFile file, MsiPackage msi)
    {
        string expectedVersion = UpstreamVersion.Parse(version).MsiVersion ?? version;
        (string What, string Found, string Expected)[] facts =
        [
            ("ProductName", msi.ProductName, PodmanMsiDescription.Name),
            ("ProductVersion", msi.ProductVersion, expectedVersion),
            ("UpgradeCode", msi.UpgradeCode, PodmanMsiDescription.UpgradeCodeOf(edition).Text()),
            ("program", msi.Files.FirstOrDefault(name => name == Program) ?? "none", Program),
        ];
        foreach ((string what, string found, string expected) in facts.Where(fact => fact.Found != fact.Expected))
        {
            string task = edition == MsiEdition.PerMachine ? nameof(PodmanInstaller) : nameof(PodmanUserInstaller);
            throw new BuildException(
                $"{file.Path} is not what its name says: its {what} is {found}, expected {expected}; make it again with --target={task}");
        }
    }

    // at most one: it is made from the same folder for all installers
    private static IEnumerable<string> Manual(MsiPackage msi) =>
        msi.Files.Where(file => file.EndsWith('/' + PodmanMsiDescription.DocsIndex, StringComparison.Ordinal)).Take(1);

    private static PackageInstaller Installer(MsiEdition edition, ReleasedFile file, MsiPackage msi) =>
        new(file, edition == MsiEdition.PerMachine, msi.ProductCode, msi.ProductName, msi.Manufacturer, msi.ProductVersion)
        {
            UpgradeCode = msi.UpgradeCode,
            ExtractedFolder = msi.ExtractedFolder,
        };
}
