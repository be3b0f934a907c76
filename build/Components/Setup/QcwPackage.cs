using Qcw.Build.Packaging;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Components;

/// <summary>What package managers are told about the one setup program.</summary>
public static class QcwPackage
{
    private static readonly bool[] ForOneAndForAll = [false, true];

    /// <summary>Describes the package.</summary>
    /// <param name="qemu">QEMU's version text.</param>
    /// <param name="podman">Podman's version text.</param>
    /// <param name="setups">The setup programs.</param>
    public static Package From(string qemu, string podman, IEnumerable<ReleasedFile> setups)
    {
        string version = QcwSetupDescription.VersionOf(qemu, podman);
        return new Package(
            $"{Publisher.Name}.Containers", QcwSetupDescription.Name, version, InstallerFormat.Nsis,
            [
                // the same file for both: an option says for whom
                .. setups.SelectMany(_ => ForOneAndForAll, (setup, forAllUsers) => new PackageInstaller(
                    setup, forAllUsers, QcwSetupDescription.Id, QcwSetupDescription.Name, Publisher.Name, version)),
            ])
        {
            Licence = "Apache-2.0 AND GPL-2.0-only",
            LicenceUrl = new Uri($"{Publisher.Repository}/blob/main/docs/one-setup.md#licences"),
            Summary = "Podman with QEMU for Windows in one setup program, built from source",
            Description =
                "Podman runs Linux containers; on Windows it does so in a virtual machine, which this build by the project qcw makes with "
                + "QEMU, so that neither WSL nor Hyper-V is needed, nor an administrator. Both are in one setup program, with a script "
                + "that makes the first machine and finds what is wrong. They are not the official builds.",
            Tags = ["containers", "docker", "oci", "podman", "qemu", "virtual-machine"],
            Guide = "docs/one-setup.md",
            InstallationNotes =
                "\"Set up containers\" in the Start menu makes the first virtual machine and runs a container in it. "
                + "Fast machines need the Windows feature \"Windows Hypervisor Platform\", which an administrator turns on.",
            Commands = ["podman"],
            OldestWindows = PodmanMsiDescription.OldestWindowsFor(podman),
            Scoop = new ScoopApp(
                "qcw-containers",
                [
                    "Say that machines are to be made with QEMU: 'set CONTAINERS_MACHINE_PROVIDER=qemu', or provider in containers.conf.",
                    "The accelerator WHPX needs the Windows feature \"Windows Hypervisor Platform\".",
                ])
            {
                // no launchers for QEMU: Podman looks for the emulator itself and keeps its process number
                PathFolders = [QcwSetupDescription.PodmanFolder, QcwSetupDescription.QemuFolder],
                Leftovers = ["$PLUGINSDIR", InstallerDescription.UninstallerName],
            },
        };
    }
}
