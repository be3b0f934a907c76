using Cake.Frosting;
using Qcw.Build.Compiling;

namespace Qcw.Build.Components;

/// <summary>Makes Podman's HTML pages with its own scripts, which ask a podman for its commands: one is compiled for this machine.</summary>
[TaskName(nameof(PodmanDocumentation))]
[TaskDescription("Makes Podman's HTML documentation from its source, without the network")]
[PartOf("podman", Arm64 = true)]
[IsDependentOn(typeof(PodmanPatch))]
[Needs("bash", "go", "pandoc", "python3")]
public sealed class PodmanDocumentation : ComponentTask
{
    /// <summary>The folder with the pages.</summary>
    public static string StageOf(Paths paths, Component podman) => paths.Stage($"{podman.Id}-docs");

    public override void Run(BuildContext context)
    {
        Component podman = context.Line.Component("podman");
        string native = context.Go.Compiler.CompileNative(context.Go.Toolchain, PodmanBuild.ForDocumentation(context.Line), "native");
        string source = context.Paths.Source(podman);
        Fingerprint fingerprint = new Fingerprint()
            .Add("format", PodmanDocs.FormatVersion)
            .Add("source", Stamp.HashOf(source, nameof(PodmanPatch)))
            .Add("podman-remote", Stamp.HashOf(native, nameof(PodmanDocumentation)))
            .Add("pandoc", context.HostTools.VersionOf("pandoc"))
            .Add("python3", context.HostTools.VersionOf("python3"));
        context.Steps.RunReplacing(new Step(podman.Name, "docs", StageOf(context.Paths, podman), fingerprint), output =>
        {
            using var progress = new CompileProgress(context.Messages, podman.Name, "docs");
            PodmanDocs.Make(
                new PodmanDocsRequest(
                    source, Path.Combine(native, OperatingSystem.IsWindows() ? "podman-remote.exe" : "podman-remote"),
                    Path.Combine(context.Paths.Temporary, "podman-docs"), output, context.Line.SourceDateEpoch, context.Paths.Log(podman.Name, "docs")),
                progress.Line);
        });
    }
}
