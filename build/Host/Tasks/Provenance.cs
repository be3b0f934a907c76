using Cake.Frosting;
using Qcw.Build.Attesting;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Packaging;
using Qcw.Build.Releasing;

namespace Qcw.Build.Host;

/// <summary>Writes how the files in the release folder were made.</summary>
[TaskDescription("Writes provenance.json for what is in artifacts/release: every input and tool, with hashes")]
[IsDependentOn(typeof(ReleaseReport))]
public sealed class Provenance : FrostingTask<HostContext>
{
    // what pins the host that builds; the compiled host itself is no input of the files
    private static readonly string[] HostFiles = ["build/packages.source.lock.json", "Directory.Packages.props", "global.json"];

    // the release notes say which mirror or server had a file, so they are not the same everywhere
    private static readonly string[] Byproducts = [".cdx.json", Msys2Packages.FileName, ReleaseFolder.ReportName];

    public override void Run(HostContext context)
    {
        ArtifactRecord[] records =
        [
            .. ReleaseFolder.Present(context.ExpectedArtifacts).Select(artifact => ArtifactRecord.Read(context.Paths.Facts(artifact.Name))),
        ];
        ReleaseProvenance provenance = ProvenanceWriter.Of(
            new ProvenanceFacts(
                context.Line, context.Paths.Architecture, context.Options.Tag, Workplace.CommitOf(context), Workplace.IsChanged(context),
                records, HostFiles.ToDictionary(name => name, name => Path.Combine(context.Paths.Root, name)))
            {
                Byproducts =
                [
                    .. Directory.GetFiles(context.Paths.Release)
                        .Where(file => Byproducts.Any(ending => file.EndsWith(ending, StringComparison.Ordinal))),
                ],
            },
            context.Paths.Release);
        string target = Path.Combine(context.Paths.Release, ReleaseProvenance.FileName);
        Files.Write(target, provenance.Text());
        ProvenanceReader.Read(target);
        BuilderRecord builder = provenance.Predicate.RunDetails.Builder;
        Resource[] unknown =
        [
            .. provenance.Predicate.BuildDefinition.ResolvedDependencies.Concat(builder.BuilderDependencies ?? [])
                .Where(one => one.Digest is null),
        ];
        context.Messages.Step(
            "release", "provenance",
            $"{provenance.Subject.Count} files, {provenance.Predicate.BuildDefinition.ResolvedDependencies.Count} inputs, "
                + $"{builder.BuilderDependencies?.Count} of the toolchain"
                + (unknown.Length == 0 ? string.Empty : $"; without a hash: {string.Join(", ", unknown.Select(one => one.Name))}"));
    }
}
