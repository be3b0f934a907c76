using Cake.Frosting;
using Cake.Git;
using Qcw.Build.Components.Utils;
using Qcw.Build.Model;
using Qcw.Build.Releasing;
using Qcw.Build.Steps;

namespace Qcw.Build.Tasks;

/// <summary>Writes RELEASE-NOTES.md for what is in the release folder.</summary>
[TaskName(nameof(ReleaseNotes))]
[TaskDescription("Writes RELEASE-NOTES.md for what is in artifacts/release")]
[IsDependentOn(typeof(Installers))]
[IsDependentOn(typeof(Archives))]
[IsDependentOn(typeof(UtilsScript))]
public sealed class ReleaseNotes : FrostingTask<BuildContext>
{
    /// <inheritdoc/>
    public override void Run(BuildContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Release.RemoveOthers(context.ExpectedArtifacts.Select(artifact => artifact.FileName));
        IReadOnlyList<Artifact> artifacts = context.Release.Present(context.ExpectedArtifacts);
        foreach (string missing in context.ExpectedArtifacts.Select(artifact => artifact.FileName).Except(artifacts.Select(artifact => Path.GetFileName(artifact.Path))))
        {
            context.Messages.Warn($"{missing} is not in {context.Paths.Release}: the release notes leave it out");
        }

        string text = Releasing.ReleaseNotes.Write(Facts(context, artifacts));
        string target = Path.Combine(context.Paths.Release, ReleaseFolder.NotesName);
        // the text is its own fingerprint: it is made in no time
        context.Steps.RunReplacing(
            new Step("release", "notes", target, new Fingerprint().Add("text", text)) { StampAt = context.Paths.Package(ReleaseFolder.NotesName) },
            partial => File.WriteAllText(partial, text));
    }

    private static ReleaseFacts Facts(BuildContext context, IReadOnlyList<Artifact> artifacts)
    {
        bool checkout = Path.Exists(Path.Combine(context.Paths.Root, ".git"));
        bool qemu = artifacts.Any(artifact => artifact.Component?.Name == "qemu");
        return new ReleaseFacts(
            context.Line,
            artifacts,
            [.. (qemu ? context.Fetcher.LocateFirmware(context.Line) : []).Select(package => (package.Package.Package, package.Version))],
            [.. Tools(context, [.. artifacts.Select(artifact => artifact.Component).OfType<Component>()]).Where(tool => tool.Version.Length > 0)],
            checkout ? context.GitLogTip(context.Paths.Root).Sha : null,
            checkout && context.GitHasUncommitedChanges(context.Paths.Root))
        {
            Tag = context.Options.Tag,
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
