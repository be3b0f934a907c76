using Qcw.Build.Components;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Components.Podman;

/// <summary>What Podman's installer is made of, with texts in place of programs.</summary>
internal static class PodmanStage
{
    /// <summary>Writes the files.</summary>
    public static PodmanInstallerInputs Make(TemporaryFolder folder)
    {
        foreach (string file in new[]
        {
            "podman/bin/podman.exe", "podman/licenses/podman/LICENSE", "gvisor/bin/gvproxy.exe", "gvisor/bin/win-sshproxy.exe",
            "gvisor/licenses/gvisor-tap-vsock/LICENSE",
            "docs/commands/podman.html", "docs/tutorials/a.html",
        })
        {
            folder.Write(file, file);
        }

        return new PodmanInstallerInputs(
            "4.5.0-dev", folder["podman"], folder["gvisor"], folder["docs"],
            Path.Combine(Repository.Paths.Components, "Podman", "shells"), MsiEdition.PerMachine, Architecture.X64, 0);
    }
}
