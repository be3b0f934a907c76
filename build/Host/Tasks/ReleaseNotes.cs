using Cake.Frosting;
using Qcw.Build.Attesting;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Packaging;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Writes RELEASE-NOTES.md for what is in the release folder.</summary>
[TaskDescription("Writes RELEASE-NOTES.md for what is in artifacts/release")]
[IsDependentOn(typeof(Sbom))]
public sealed class ReleaseNotes : FrostingTask<HostContext>
{
    public override void Run(HostContext context)
    {
        IReadOnlyList<Artifact> artifacts = ReleaseFolder.Present(context.ExpectedArtifacts);
        ArtifactRecord[] records = [.. artifacts.Select(artifact => ArtifactRecord.Read(context.Paths.Facts(artifact.Name)))];
        Core.Provenance by = Together(records);
        context.Release.RemoveOthers([
            .. context.ExpectedArtifacts.Select(artifact => artifact.Name),
            .. artifacts.Select(artifact => Sbom.NameFor(artifact.Name)),
            .. by.Msys2Packages.Count == 0 ? Array.Empty<string>() : [Msys2Packages.FileName],
        ]);
        if (by.Msys2Packages.Count > 0)
        {
            Write(context, Msys2Packages.FileName, string.Join('\n', by.Msys2Packages) + "\n");
        }

        foreach (Artifact missing in context.ExpectedArtifacts.Except(artifacts))
        {
            context.Messages.Warn($"{missing.Name} is not in {context.Paths.Release}: the release notes leave it out");
        }

        Write(context, ReleaseFolder.NotesName, ReleaseNotesText.Write(Facts(context, artifacts, records, by)));
    }

    /// <summary>A text is its own fingerprint: it is made in no time.</summary>
    private static void Write(HostContext context, string name, string text) =>
        context.Steps.RunReplacing(
            new Step("release", "notes", Path.Combine(context.Paths.Release, name), new Fingerprint().Add("text", text))
            {
                StampAt = context.Paths.ReleaseStamp(name),
            },
            partial => File.WriteAllText(partial, text));

    /// <summary>How all files were made.</summary>
    /// <exception cref="BuildException">Files were compiled with different packages of MSYS2.</exception>
    private static Core.Provenance Together(IReadOnlyCollection<ArtifactRecord> records)
    {
        IReadOnlyList<string>[] used = [.. records.Select(record => record.By.Msys2Packages).Where(packages => packages.Count > 0)];
        return used.All(packages => packages.SequenceEqual(used[0]))
            ? Core.Provenance.None.With(records.Select(record => record.By))
            : throw new BuildException(
                "the files of this release were compiled with different packages of MSYS2: "
                    + "make them again with the same ones (--target=Release, without --exclusive)");
    }

    private static ReleaseFacts Facts(
        HostContext context,
        IReadOnlyList<Artifact> artifacts,
        IReadOnlyCollection<ArtifactRecord> records,
        Core.Provenance by) =>
        new(
            context.Line,
            artifacts,
            Versions(records.Select(record => record.By.Firmware)),
            Versions(records.Select(record => record.By.Tools)),
            Workplace.CommitOf(context),
            Workplace.IsChanged(context))
        {
            Tag = context.Options.Tag,
            Libraries = [.. context.Line.Libraries.Where(library => by.Libraries.Contains(library.Name))],
            Sources = by.Sources,
            Patches = by.Patches,
            PatchFacts = [.. records.SelectMany(record => record.Details.Patches).DistinctBy(patch => (patch.Component, patch.Name))],
            Advisories = AdvisoryFiles.Read(context.Paths),
            Msys2Packages = by.Msys2Packages,
        };

    /// <summary>Sorted; what different machines had in different versions is listed once for each.</summary>
    private static (string Name, string Version)[] Versions(IEnumerable<IReadOnlyDictionary<string, string>> versions) =>
    [
        .. versions.SelectMany(one => one).Select(pair => (pair.Key, pair.Value)).Distinct()
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ThenBy(pair => pair.Value, StringComparer.Ordinal),
    ];
}
