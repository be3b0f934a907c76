using Qcw.Build.Components;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Tests.Releasing.Manifests;

/// <summary>What is shipped, with installers that need not be there.</summary>
internal static class SamplePackages
{
    public const string Hash = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static ManifestAddresses Addresses { get; } = ManifestAddresses.Of("2023.04.1");

    public static Package Qemu(string version = "8.0.0-rc2") =>
        QemuPackage.From(
            version,
            [File("qemu-{version}-windows-x86_64-setup.exe", version, Architecture.X64)],
            [File("qemu-{version}-windows-x86_64.zip", version, Architecture.X64)]);

    public static Package Both() =>
        QcwPackage.From("8.0.0-rc2", "4.5.0-dev", [File("qcw-{line}-windows-x86_64-setup.exe", string.Empty, Architecture.X64)]);

    public static Package Podman(params IEnumerable<string> files) =>
        PodmanPackage.From(
            "4.5.0-dev",
            [
                (
                    MsiEdition.PerMachine,
                    File("podman-{version}-windows-x86_64.msi", "4.5.0-dev", Architecture.X64),
                    Msi(MsiEdition.PerMachine, "{0A}", files)),
                (
                    MsiEdition.PerMachine,
                    File("podman-{version}-windows-arm64.msi", "4.5.0-dev", Architecture.Arm64),
                    Msi(MsiEdition.PerMachine, "{0B}", files)),
                (
                    MsiEdition.PerUser,
                    File("podman-{version}-windows-x86_64-user.msi", "4.5.0-dev", Architecture.X64),
                    Msi(MsiEdition.PerUser, "{0C}", files)),
            ]);

    public static MsiPackage Msi(MsiEdition edition, string productCode, IEnumerable<string> files) =>
        new(
            productCode,
            PodmanMsiDescription.UpgradeCodeOf(edition).Text(),
            "Podman for Windows (qcw)",
            "qcw",
            "4.5.0",
            "Programs/qcw-podman",
            ["podman.exe", .. files]);

    private static ReleasedFile File(string pattern, string version, Architecture architecture) =>
        new("/release/" + pattern.Replace("{version}", version, StringComparison.Ordinal), pattern, architecture, Hash);
}
