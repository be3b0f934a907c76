using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>What package managers are told about QEMU.</summary>
public static class QemuPackage
{
    private static readonly bool[] Editions = [true, false]; // for all users, for one

    /// <summary>Describes the package.</summary>
    /// <param name="version">QEMU's version text.</param>
    /// <param name="setups">Its setup programs.</param>
    /// <param name="zips">The same as zips.</param>
    public static Package From(string version, IEnumerable<ReleasedFile> setups, IEnumerable<ReleasedFile> zips) => new(
        $"{Publisher.Name}.QEMU", QemuInstallerDescription.Name, version, InstallerFormat.Nsis,
        [
            // the same file for both: an option says for whom
            .. from setup in setups
            from forAllUsers in Editions
            select new PackageInstaller(
                setup, forAllUsers, QemuInstallerDescription.Id, QemuInstallerDescription.Name, Publisher.Name, version),
        ])
    {
        Licence = "GPL-2.0-only",
        LicenceUrl = new Uri("https://gitlab.com/qemu-project/qemu/-/blob/master/LICENSE"),
        Summary = "QEMU for Windows, built from source: x86_64 system emulator, disk image tools and firmware",
        Description =
            "QEMU emulates and virtualizes machines. This build by the project qcw is what its Podman makes virtual machines with. "
            + "It has the x86_64 system emulator, the tools for disk images, and firmware. It is not QEMU's official build. "
            + "The libraries and firmware inside are under licences of their own, which are installed with it.",
        Tags = ["emulator", "hypervisor", "podman", "qemu", "virtual-machine", "virtualization"],
        Guide = "docs/installers.md",
        InstallationNotes =
            $"QEMU is not on PATH unless asked for: winget install {Publisher.Name}.QEMU --custom /PATH=1. "
            + "The accelerator WHPX needs the Windows feature \"Windows Hypervisor Platform\".",
        Scoop = new ScoopApp(
            QemuInstallerDescription.Id, ["The accelerator WHPX needs the Windows feature \"Windows Hypervisor Platform\"."])
        {
            // no launchers: Podman looks for the emulator itself and keeps its process number
            PathFolders = ["."],
            Archives = [.. zips],
        },
    };
}
