using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Components;

/// <summary>The Go modules of a component, for a mirror.</summary>
internal static class GoModuleFiles
{
    /// <summary>Makes the component's source tree, whose go.sum decides, fetches the modules, and lists the files of a proxy that has them.</summary>
    public static IReadOnlyList<MirrorFile> Of(BuildContext context, Component component)
    {
        context.Sources.Apply(component, context.Fetcher.Locate(component), context.PatchFiles(component));
        GoBuild build = BuildOf(context.Line, component);
        context.Go.Modules.Fetch(context.Go.Toolchain, build);
        return
        [
            .. context.Go.Modules.ProxyFiles(context.Go.Toolchain, build).Select(file => new MirrorFile(
                $"{MirrorLayout.GoModules}/{file.RelativePath}", component.Name, $"Go module proxy: {file.RelativePath}", file.File, Files.Sha256(file.File))),
        ];
    }

    private static GoBuild BuildOf(ReleaseLine line, Component component) => component.Name switch
    {
        "podman" => PodmanBuild.ForWindows(line),
        "gvisor-tap-vsock" => GvisorTapVsockBuild.For(line),
        "gocat" => GocatBuild.For(line),
        _ => throw new BuildException($"{component.Name} needs Go modules, says the line, but is no Go program: say in {nameof(GoModuleFiles)} how it is built"),
    };
}
