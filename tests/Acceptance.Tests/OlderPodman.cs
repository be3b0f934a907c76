using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests;

/// <summary>An older version of Podman's installer: the files of the release's own, and a page that the release has no more.</summary>
internal static class OlderPodman
{
    public const string Version = "4.4.4";
    public const string RetiredPage = "docs/podman-retired.html";

    /// <summary>Makes it from the release's MSI.</summary>
    /// <returns>The MSI's full path.</returns>
    public static string Make(string release, MsiEdition edition, string folder)
    {
        string extracted = Path.Combine(folder, "extracted");
        ProcessRunner.Run(new ProcessRequest("msiextract", "--directory", extracted, release));
        string root = Path.GetDirectoryName(Directory.GetFiles(extracted, "podman.exe", SearchOption.AllDirectories).Single())!;
        string stage = Path.Combine(folder, "older");
        Copy(root, "podman.exe", stage, "podman/bin/podman.exe");
        Copy(root, "gvproxy.exe", stage, "gvisor/bin/gvproxy.exe");
        Copy(root, "win-sshproxy.exe", stage, "gvisor/bin/win-sshproxy.exe");
        Copy(root, "licenses/podman/LICENSE", stage, "podman/licenses/podman/LICENSE");
        Copy(root, "licenses/gvisor-tap-vsock/LICENSE", stage, "gvisor/licenses/gvisor-tap-vsock/LICENSE");
        Copy(root, "docs/podman.html", stage, "docs/podman.html");
        File.WriteAllText(Path.Combine(stage, RetiredPage), "<html></html>\n");
        InstallerDescription description = PodmanMsiDescription.From(new PodmanInstallerInputs(
            Version, Path.Combine(stage, "podman"), Path.Combine(stage, "gvisor"), Path.Combine(stage, "docs"),
            Path.Combine(root, "shells"), edition, Architecture.X64, 1_600_000_000));
        string msi = Path.Combine(folder, "older.msi");
        new MsiInstaller(new WixlBuilder(), Path.Combine(folder, "tmp")).Write(description, msi, Path.Combine(folder, "older.log"));
        return msi;
    }

    private static void Copy(string root, string name, string stage, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(stage, target))!);
        File.Copy(Path.Combine(root, name), Path.Combine(stage, target));
    }
}
