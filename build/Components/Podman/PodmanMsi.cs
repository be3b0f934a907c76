using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing;

namespace Qcw.Build.Components;

/// <summary>What is the same for both editions of Podman's installer.</summary>
internal static class PodmanMsi
{
    /// <summary>Makes the MSI that a task produces.</summary>
    public static void Make(BuildContext context, string task, MsiEdition edition)
    {
        Component podman = context.Line.Component("podman");
        string docs = PodmanDocumentation.StageOf(context.Paths, podman);
        string gvisor = context.Paths.Stage(context.Line.Component("gvisor-tap-vsock"));
        Fingerprint fingerprint = new Fingerprint()
            .Add("podman", Stamp.HashOf(context.Paths.Stage(podman), nameof(PodmanCompile)))
            .Add("gvisor-tap-vsock", Stamp.HashOf(gvisor, nameof(GvisorTapVsockCompile)))
            .Add("docs", Stamp.HashOf(docs, nameof(PodmanDocumentation)));
        InstallerDescription description = PodmanMsiDescription.From(new PodmanInstallerInputs(
            podman.Version, context.Paths.Stage(podman), gvisor, docs, Path.Combine(context.Paths.Components, "Podman", "shells"),
            edition, context.Paths.Architecture, context.Line.SourceDateEpoch));
        MsiInstaller installer = MsiInstaller.ForHost(context.Paths);
        installer.AddInputs(fingerprint, description);
        PackageFacts facts = new PackageFacts()
            .AddToolsOf(context.Paths.Stage(podman), nameof(PodmanCompile), "go")
            .AddToolsOf(docs, nameof(PodmanDocumentation), "pandoc", "python3")
            .AddTool("MSI builder", installer.Version);
        context.Packager.Make(
            podman.Name, edition == MsiEdition.PerUser ? "user msi" : "msi", context.FileNameOf(task), fingerprint, facts,
            msi => installer.Write(description, msi, context.Paths.Log("podman", edition == MsiEdition.PerUser ? "user-installer" : "installer")));
    }
}
