using System.Globalization;
using Qcw.Build.Attesting;
using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Releasing;
using Qcw.Build.Reporting;
using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Host;

/// <summary>Collects what reports are drawn from, and writes them.</summary>
/// <param name="context">The run.</param>
internal sealed class Reports(HostContext context)
{
    /// <summary>The file name of the report of the last build.</summary>
    public const string PageName = "index.html";

    private const string TraceName = "trace.json";

    private readonly Lazy<ArtifactRecord[]> records = new(() =>
        [.. ReleaseFolder.Present(context.ExpectedArtifacts).Select(artifact => ArtifactRecord.Read(context.Paths.Facts(artifact.Name)))]);

    /// <summary>Looks at <c>--against</c> where it names a release.</summary>
    /// <exception cref="UsageException">It is no folder of a release.</exception>
    public static void RequireValues(BuildOptions options, IReadOnlyCollection<TaskNode> targets)
    {
        if (options.Against is { } folder && !options.PlansOnly
            && !targets.Any(target => target.Requires is Requirement.Patches or Requirement.PatchesAgainst or Requirement.PatchesTo)
            && (!Directory.Exists(folder) || Directory.GetFiles(folder, "*" + CycloneDxWriter.Ending).Length == 0))
        {
            throw new UsageException(
                $"--against={folder}: found no release there, expected the folder of one with its bills of materials "
                    + $"(*{CycloneDxWriter.Ending}); unpack or download the release, and name that folder");
        }
    }

    /// <summary>Draws the report at the end of a build, and says what the build did.</summary>
    /// <returns>Lines for people; empty: nothing was built.</returns>
    public static IReadOnlyList<string> AfterBuild(HostContext context, StepLog record)
    {
        IReadOnlyList<StepEvent> events = record.Events;
        if (!events.Any(one => one.Event == "step"))
        {
            return [];
        }

        string? page = null;
        try
        {
            page = new Reports(context).WriteOfBuild();
        }
        catch (Exception e) when (e is BuildException or IOException or UnauthorizedAccessException)
        {
            // the build has done what it was to do, or has an error of its own to tell
            context.Messages.Warn($"the report could not be drawn: {e.Message}");
        }

        return RunRecord.Summary(RecordedRun.Of(events, context.Paths.StepLog), context.Paths, page);
    }

    /// <summary>Writes the report of the last build that was recorded, and its trace.</summary>
    /// <returns>Full path of the page.</returns>
    /// <exception cref="BuildException">No build was recorded, or a record is damaged.</exception>
    public string WriteOfBuild()
    {
        RecordedRun run = RecordedRun.ReadLast(context.Paths.StepLog) ?? throw new BuildException(
            $"{context.Paths.StepLog} has no record of a build: build something first, for example --target=Release");
        var timeline = Timeline.Of(run);
        ReportFacts facts = Facts(BuildTrust()) with { Timeline = timeline };
        string page = Path.Combine(context.Paths.Report, PageName);
        Files.Write(page, new ReportPage(facts).Draw());
        Files.Write(Path.Combine(context.Paths.Report, TraceName), Trace.Of(timeline));
        return page;
    }

    /// <summary>The text of the release's own report.</summary>
    public string OfRelease() => new ReportPage(Facts(ReleaseTrust())).Draw();

    private ReportFacts Facts(IReadOnlyList<TrustFact> trust)
    {
        ReleaseContents release = Contents();
        return new ReportFacts(context.Line.Name, release, [.. Patches()], trust)
        {
            Difference = context.Options.Against is { } folder ? ReleaseDifference.Of(ReleaseContents.Read(folder), release) : null,
        };
    }

    /// <summary>What is there of the release, as the bills of materials tell it that go into it.</summary>
    private ReleaseContents Contents()
    {
        var writer = new CycloneDxWriter(context.Line, AdvisoryFiles.Read(context.Paths));
        return new ReleaseContents(
            context.Line.Name,
            [
                .. records.Value.OrderBy(record => record.File, StringComparer.Ordinal).Select(record => ReleasedContents.Parse(
                    writer.Write(Inventory.Of(record, context.Line, context.Tag, Sysroot.OnlyBuild)), record.File) with
                {
                    Packed = record.Size,
                }),
            ]);
    }

    private IEnumerable<PatchState> Patches()
    {
        Dictionary<(string, string, string), PatchFacts> told = records.Value.SelectMany(record => record.Details.Patches)
            .GroupBy(patch => (patch.Component, patch.Name, patch.Sha256)).ToDictionary(same => same.Key, same => same.First());
        Dictionary<string, Component> known = context.Line.Components.Concat(context.Line.Libraries)
            .ToDictionary(component => component.Name, StringComparer.Ordinal);
        return records.Value.SelectMany(record => record.By.Patches).Distinct().OrderBy(patch => patch.Component, StringComparer.Ordinal)
            .Select(patch => StateOf(
                patch, told.GetValueOrDefault((patch.Component, patch.Name, patch.Sha256)),
                known.GetValueOrDefault(patch.Component)?.Patches.FirstOrDefault(one => one.Name == patch.Name)));
    }

    /// <summary>What became of a patch that is in a file of the release.</summary>
    internal static PatchState StateOf(PatchRecord patch, PatchFacts? told, SourcePatch? listed)
    {
        PatchUpstream? upstream = listed switch
        {
            RemotePatch remote => remote.Upstream,
            // somebody may be working on it: what the file says now need not be true of what was packed
            LocalPatch local when Files.Sha256(local.File) == patch.Sha256 =>
                Dep3.Read(new PatchFile(local.Name, local.File, patch.Sha256)),
            _ => null,
        };
        string from = patch.From is not null ? told?.Origin ?? "Debian" : listed is LocalPatch ? "qcw" : told?.Origin ?? "elsewhere";
        return new PatchState(
            patch.Component, patch.Name, told?.Title ?? string.Empty, from,
            upstream?.Word ?? (patch.From is not null ? "kept by Debian" : listed is LocalPatch ? "changed since" : "not recorded"))
        {
            Detail = upstream is { In: { } version } ? $"in {version}" : string.Empty,
            Address = upstream?.Url?.AbsoluteUri ?? told?.Address,
            Vulnerabilities = told?.Vulnerabilities ?? [],
        };
    }

    // nothing that is attached to a finished release is told here: the page is a part of what that is attached to
    private static List<TrustFact> ReleaseTrust() =>
    [
        new(
            "checksums", "in the release",
            "SHA256SUMS and SHA512SUMS list every file, this page too; sha256sum --check --strict SHA256SUMS compares them"),
        new("signature of SHA256SUMS", "may follow", "SHA256SUMS.minisig, .sig and .p256 beside it, of the project’s key"),
        new(
            "Authenticode signatures", "may follow",
            "where SHA256SUMS.unsigned is there, the programs carry one; the table below has their checksums without"),
        new("provenance", "in the release", "provenance.json names every input and tool with its hash, and is the same for every builder"),
        new("bills of materials", "in the release", "beside each file, .cdx.json (CycloneDX) lists all that is inside, down to files"),
        new("attestations", "may follow", "builders who made the same bytes sign the provenance; --target=Verify counts them"),
        new("rebuild", "anybody", "--target=Verify --require=rebuild makes the files again and compares them byte by byte"),
    ];

    private List<TrustFact> BuildTrust()
    {
        string folder = context.Paths.Release;
        bool Has(string name) => File.Exists(Path.Combine(folder, name));
        string[] signatures = [.. ReleaseSignatures.FileNames.Where(Has)];
        bool isSigned = Has(ReleaseChecksums.UnsignedName);
        string[] builders = [.. Builders().Distinct().Order(StringComparer.Ordinal)];
        int boms = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + CycloneDxWriter.Ending).Length : 0;
        return
        [
            Fact("checksums", Has(ChecksumFile.Sha256Name), "SHA256SUMS and SHA512SUMS", "--target=Checksums writes them"),
            Fact(
                "signature of SHA256SUMS", signatures.Length > 0,
                $"{string.Join(", ", signatures)}; whose key it is, --target=Verify tells",
                "--target=SignChecksums signs"),
            Fact(
                "Authenticode signatures", isSigned, "attached; SHA256SUMS.unsigned has the checksums without",
                "--signatures=DIR attaches those of a folder"),
            Fact(
                "provenance", Has(ReleaseProvenance.FileName), "provenance.json: every input and tool with its hash",
                "--target=Provenance writes it"),
            Fact(
                "bills of materials", boms > 0, string.Create(CultureInfo.InvariantCulture, $"of {boms} files, CycloneDX"),
                "--target=Sbom writes them"),
            Fact(
                "attestations", builders.Length > 0, $"by {string.Join(", ", builders)}; whether they hold, --target=Verify tells",
                "--target=Attest signs for one builder"),
        ];

        static TrustFact Fact(string what, bool isThere, string there, string absent) =>
            new(what, isThere ? "yes" : "no", isThere ? there : absent);
    }

    /// <summary>Who says to have made this release: here, and in the repository for its tag.</summary>
    private IEnumerable<string> Builders()
    {
        string[] folders =
        [
            context.Paths.Attestations,
            .. context.Tag.Length > 0 ? [Path.Combine(context.Paths.BuilderAttestations, context.Tag)] : (string[])[],
        ];
        return folders.Where(Directory.Exists).SelectMany(folder => Directory.GetFiles(folder, "*" + SigstoreBundle.Ending))
            .Select(file => Path.GetFileName(file)[..^SigstoreBundle.Ending.Length]);
    }
}
