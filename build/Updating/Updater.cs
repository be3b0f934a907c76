using Qcw.Build.Fetching;

namespace Qcw.Build.Updating;

/// <summary>
/// Plans the update of one component: everything that pins it is downloaded and verified in the wanted version. Nothing is written.
/// </summary>
internal sealed class Updater
{
    private readonly DebianPinner debian;
    private readonly ArchivePinner archives;
    private readonly GitPinner repositories;
    private readonly OutdatedCheck check;
    private readonly string versions;

    /// <summary>Does nothing yet.</summary>
    /// <param name="fetcher">Downloads and verifies.</param>
    /// <param name="check">Finds the newest version where none is asked for.</param>
    /// <param name="versions">Full path of the folder with the lines.</param>
    public Updater(Fetcher fetcher, OutdatedCheck check, string versions)
    {
        (this.check, this.versions) = (check, versions);
        var tags = new TagPinner(fetcher.Indexes);
        debian = new DebianPinner(fetcher);
        archives = new ArchivePinner(fetcher, debian, tags);
        repositories = new GitPinner(fetcher, tags);
    }

    /// <summary>Finds out what an update changes.</summary>
    /// <param name="line">The line.</param>
    /// <param name="component">A component or library of it that is fetched.</param>
    /// <param name="to">Upstream's version text; null: the newest of the branch, or of the suite for what is Debian's.</param>
    /// <param name="acceptChanged">True: other bytes under the name of the pinned version are taken.</param>
    /// <returns>Edits without any: it is as pinned.</returns>
    /// <exception cref="BuildException">Something cannot be had, is not proved, or cannot follow; the message names it.</exception>
    public async Task<UpdatePlan> PlanAsync(ReleaseLine line, Component component, string? to, bool acceptChanged)
    {
        var request = new UpdateRequest(component, to ?? await NewestAsync(component), acceptChanged);
        var file = PinFile.Of(versions, line.Name, component.Name);
        var findings = new Findings();
        findings.Set($"{file.Entry}.version", component.Version, request.Version);
        string source = await PinAsync(request, component.Source, $"{file.Entry}.source", findings, whole: true);
        foreach ((int index, Source alternative) in component.Alternatives.Index())
        {
            await PinAsync(request, alternative, $"{file.Entry}.alternatives[{index}]", findings, whole: false);
        }

        foreach ((int index, SourcePatch patch) in component.Patches.Index())
        {
            if (patch is DebianPatches patches)
            {
                await debian.PinAsync(request, patches, $"{file.Entry}.patches[{index}]", findings);
            }
        }

        if (findings.Edits.Count > 0 && component.Notes.Count > 0)
        {
            findings.Remark($"{file.Entry}.notes were written for what was pinned before: {string.Join(" ", component.Notes)}");
        }

        return new UpdatePlan(file, component, request.Version, findings.Edits)
        {
            Source = source,
            Proofs = findings.Proofs,
            Remarks = findings.Remarks,
        };
    }

    private async Task<string> NewestAsync(Component component)
    {
        if (component.Source is DebianSource source)
        {
            return await debian.NewestAsync(component, source) ?? component.Version;
        }

        if (component.Watch is null)
        {
            throw new UsageException($"the line does not say where versions of {component.Name} are (upstream): give --to=VERSION");
        }

        IReadOnlyList<FoundVersion> found = await check.VersionsAsync(component);
        return OutdatedCheck.NewerThan(component.Version, component.Watch.Scheme, found).OfBranch?.Version ?? component.Version;
    }

    private Task<string> PinAsync(UpdateRequest request, Source source, string path, Findings findings, bool whole) => source switch
    {
        ArchiveSource archive => archives.PinAsync(request, archive, path, findings),
        DebianSource file => debian.PinAsync(request, file, path, findings),
        GitSource git => repositories.PinAsync(request, git, path, findings, whole),
        _ => throw new BuildException($"{path}: a {source.GetType().Name} has no pin that could be updated"),
    };
}
