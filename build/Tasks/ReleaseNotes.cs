using Cake.Frosting;
using Cake.Git;
using Qcw.Build.Compiling;
using Qcw.Build.Compiling.Msys2;
using Qcw.Build.Model;
using Qcw.Build.Releasing;
using Qcw.Build.Steps;

namespace Qcw.Build.Tasks;

/// <summary>Writes RELEASE-NOTES.md for what is in the release folder.</summary>
[TaskName(nameof(ReleaseNotes))]
[TaskDescription("Writes RELEASE-NOTES.md for what is in artifacts/release")]
[IsDependentOn(typeof(Installers))]
[IsDependentOn(typeof(Archives))]
public sealed class ReleaseNotes : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        IReadOnlyList<Artifact> artifacts = context.Release.Present(context.ExpectedArtifacts);
        string? packages = Msys2PackagesOf(context, artifacts);
        context.Release.RemoveOthers([.. context.ExpectedArtifacts.Select(artifact => artifact.FileName), .. packages is null ? Array.Empty<string>() : [Msys2Packages.FileName]]);
        if (packages is not null)
        {
            Write(context, Msys2Packages.FileName, packages + "\n");
        }

        foreach (string missing in context.ExpectedArtifacts.Select(artifact => artifact.FileName).Except(artifacts.Select(artifact => Path.GetFileName(artifact.Path))))
        {
            context.Messages.Warn($"{missing} is not in {context.Paths.Release}: the release notes leave it out");
        }

        Write(context, ReleaseFolder.NotesName, Releasing.ReleaseNotes.Write(Facts(context, artifacts, packages)));
    }

    /// <summary>A text is its own fingerprint: it is made in no time.</summary>
    private static void Write(BuildContext context, string name, string text) => context.Steps.RunReplacing(
        new Step("release", "notes", Path.Combine(context.Paths.Release, name), new Fingerprint().Add("text", text)) { StampAt = context.Paths.Package(name) },
        partial => File.WriteAllText(partial, text));

    /// <summary>The packages of MSYS2 that what is shipped was compiled with, a line each; null where MSYS2 was not used.</summary>
    /// <exception cref="BuildException">Components were compiled with different ones.</exception>
    private static string? Msys2PackagesOf(BuildContext context, IReadOnlyList<Artifact> artifacts)
    {
        string[] lists = [.. artifacts.Select(artifact => artifact.Component).Distinct()
            .Select(component => Stamp.Read(context.Paths.Stage(component))?.Inputs.GetValueOrDefault(Compiler.PackagesInput)).OfType<string>().Distinct()];
        return lists.Length < 2
            ? lists.FirstOrDefault()
            : throw new BuildException("the components of this release were compiled with different packages of MSYS2: run --target=Release, without --exclusive, to compile them with the same");
    }

    private static ReleaseFacts Facts(BuildContext context, IReadOnlyList<Artifact> artifacts, string? packages)
    {
        bool checkout = Path.Exists(Path.Combine(context.Paths.Root, ".git"));
        bool qemu = artifacts.Any(artifact => artifact.Component.Name == "qemu");
        return new ReleaseFacts(
            context.Line,
            artifacts,
            [.. (qemu ? context.Fetcher.LocateFirmware(context.Line) : []).Select(package => (package.Package.Package, package.Version))],
            [.. Tools(context, [.. artifacts.Select(artifact => artifact.Component)]).Where(tool => tool.Version.Length > 0)],
            checkout ? context.GitLogTip(context.Paths.Root).Sha : null,
            checkout && context.GitHasUncommitedChanges(context.Paths.Root))
        {
            Libraries = qemu ? [.. context.LibrariesOf(context.Line.Component("qemu"))] : context.Line.Libraries,
            Msys2Packages = packages?.Split('\n') ?? [],
        };
    }

    private static IEnumerable<(string Name, string Version)> Tools(BuildContext context, IReadOnlyList<Component> components)
    {
        string[] names =
        [
            .. components.Any(component => component.Name is "qemu" or "xz") ? ["mingw-w64", "mingw-w64-binutils", "meson", "makensis"] : Array.Empty<string>(),
            .. components.Any(component => component.Name is "podman") ? ["pandoc", "wixl"] : Array.Empty<string>(),
        ];

        // which Go it was stands in what it has compiled: the host's own, or the line's SDK
        string? go = components.Select(component => Stamp.Read(context.Paths.Stage(component))?.Inputs.GetValueOrDefault("go")).FirstOrDefault(version => version is not null);
        return names.Select(tool => (tool, VersionOf(context, tool))).Append(("go", go ?? string.Empty));
    }

    /// <summary>What a tool said where it was used: recipes record it with what they made, and need not have run on this machine.</summary>
    private static string VersionOf(BuildContext context, string tool) =>
        context.Line.Components.Concat(context.Line.Libraries)
            .Select(component => Stamp.Read(context.Paths.Stage(component))?.Inputs.GetValueOrDefault("tool " + tool)).FirstOrDefault(version => version is not null)
        ?? context.HostTools.VersionOf(tool);
}
