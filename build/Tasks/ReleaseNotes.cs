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
        PackageFacts[] facts = [.. artifacts.Select(artifact => PackageFacts.Read(context.Paths.Facts(Path.GetFileName(artifact.Path))))];
        return new ReleaseFacts(
            context.Line,
            artifacts,
            Together(facts.Select(one => one.Firmware)),
            Together(facts.Select(one => one.Tools)),
            checkout ? context.GitLogTip(context.Paths.Root).Sha : null,
            checkout && context.GitHasUncommitedChanges(context.Paths.Root))
        {
            Tag = context.Options.Tag,
        };
    }

    /// <summary>Sorted; what different machines had in different versions stands once for each.</summary>
    private static (string Name, string Version)[] Together(IEnumerable<IReadOnlyDictionary<string, string>> versions) =>
    [
        .. versions.SelectMany(one => one).Select(pair => (pair.Key, pair.Value)).Distinct()
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal),
    ];
}
