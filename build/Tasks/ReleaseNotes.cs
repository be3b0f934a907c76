using Cake.Frosting;
using Cake.Git;
using Qcw.Build.Compiling.Msys2;
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
        IReadOnlyList<Artifact> artifacts = context.Release.Present(context.ExpectedArtifacts);
        PackageFacts[] facts = [.. artifacts.Select(artifact => PackageFacts.Read(context.Paths.Facts(Path.GetFileName(artifact.Path))))];
        string[] packages = Msys2PackagesOf(facts);
        context.Release.RemoveOthers([.. context.ExpectedArtifacts.Select(artifact => artifact.FileName), .. packages.Length == 0 ? Array.Empty<string>() : [Msys2Packages.FileName]]);
        if (packages.Length > 0)
        {
            Write(context, Msys2Packages.FileName, string.Join('\n', packages) + "\n");
        }

        foreach (string missing in context.ExpectedArtifacts.Select(artifact => artifact.FileName).Except(artifacts.Select(artifact => Path.GetFileName(artifact.Path))))
        {
            context.Messages.Warn($"{missing} is not in {context.Paths.Release}: the release notes leave it out");
        }

        Write(context, ReleaseFolder.NotesName, Releasing.ReleaseNotes.Write(Together(context, artifacts, facts, packages)));
    }

    /// <summary>A text is its own fingerprint: it is made in no time.</summary>
    private static void Write(BuildContext context, string name, string text) => context.Steps.RunReplacing(
        new Step("release", "notes", Path.Combine(context.Paths.Release, name), new Fingerprint().Add("text", text)) { StampAt = context.Paths.Package(name) },
        partial => File.WriteAllText(partial, text));

    /// <summary>The packages of MSYS2 that what is shipped was compiled with, sorted; none where MSYS2 was not used.</summary>
    /// <exception cref="BuildException">Files were made with different ones.</exception>
    private static string[] Msys2PackagesOf(IEnumerable<PackageFacts> facts)
    {
        PackageFacts[] used = [.. facts.Where(one => one.Msys2Packages.Count > 0)];
        return used.All(one => one.Msys2Packages.SetEquals(used[0].Msys2Packages))
            ? [.. used.SelectMany(one => one.Msys2Packages).Distinct()]
            : throw new BuildException("the files of this release were compiled with different packages of MSYS2: make them again with the same (--target=Release, without --exclusive)");
    }

    private static ReleaseFacts Together(BuildContext context, IReadOnlyList<Artifact> artifacts, PackageFacts[] facts, string[] packages)
    {
        bool checkout = Path.Exists(Path.Combine(context.Paths.Root, ".git"));
        return new ReleaseFacts(
            context.Line,
            artifacts,
            Together(facts.Select(one => one.Firmware)),
            Together(facts.Select(one => one.Tools)),
            checkout ? context.GitLog(context.Paths.Root, 1).FirstOrDefault()?.Sha : null,
            checkout && context.GitHasUncommitedChanges(context.Paths.Root))
        {
            Tag = context.Options.Tag,
            Libraries = [.. context.Line.Libraries.Where(library => facts.Any(one => one.Libraries.Contains(library.Name)))],
            Msys2Packages = packages,
        };
    }

    /// <summary>Sorted; what different machines had in different versions stands once for each.</summary>
    private static (string Name, string Version)[] Together(IEnumerable<IReadOnlyDictionary<string, string>> versions) =>
    [
        .. versions.SelectMany(one => one).Select(pair => (pair.Key, pair.Value)).Distinct()
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal),
    ];
}
