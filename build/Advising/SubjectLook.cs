using System.Globalization;
using Qcw.Build.Attesting;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Advising;

/// <summary>Looks at one component or library.</summary>
/// <param name="subject">The component or library.</param>
/// <param name="architecture">Go's name of the processor that is built for.</param>
/// <param name="databases">What was read.</param>
/// <param name="vulnerabilities">All their entries.</param>
internal sealed class SubjectLook(
    Subject subject, string architecture, IReadOnlyList<AdvisoryDatabase> databases, IReadOnlyList<Vulnerability> vulnerabilities)
{
    /// <summary>The evidence of what is in build/Advisories and in nothing else that was looked at.</summary>
    public const string OnlyAnswered = "build/Advisories only";

    // as it is found: several sources may know the same
    private readonly List<Finding> found = [];

    private string Name => subject.Component.Name;

    private string Version => subject.Component.Version;

    /// <summary>True where a database can know a component.</summary>
    public static bool Covers(AdvisoryDatabase database, Subject subject) => database.Ecosystems.Any(ecosystem => ecosystem switch
    {
        "Go" => subject.Go is not null,
        "Debian" => subject.Debian is not null,
        _ => database.Vulnerabilities.Any(one => one.Affected.Any(affected => IsOfRepository(affected, subject))),
    });

    /// <summary>True where an answer to this component's version is about a finding.</summary>
    public static bool IsAnsweredBy(Finding finding, Advisory answer) =>
        finding.Names.Contains(answer.Id) && (answer.Module is null || answer.Module == finding.Module);

    /// <summary>Looks.</summary>
    /// <param name="answers">The answers about this version.</param>
    public SubjectReview Review(IReadOnlyList<Advisory> answers)
    {
        string[] lookedAt = [.. Changelog(), .. Packages(), .. Repositories()];
        GoCounts? counts = null;
        if (subject.Go is { } contents && databases.Any(database => database.Ecosystems.Contains("Go")))
        {
            var look = new GoLook(subject.Component, contents, architecture);
            counts = look.Take(vulnerabilities);
            found.AddRange(look.Found);
            lookedAt = [.. lookedAt, look.Description];
        }

        ILookup<string, string> patched = subject.Fixed;
        // what people know and no source that was given
        IEnumerable<Finding> known = answers.Where(answer => !found.Any(finding => IsAnsweredBy(finding, answer)))
            .Select(answer => new Finding(Name, Version, answer.Id)
            {
                Module = answer.Module,
                State = answer.State,
                Justification = answer.Justification,
                Detail = answer.Detail,
                Evidence = OnlyAnswered,
            });
        return new SubjectReview(
            Name, Version, lookedAt.Length == 0 ? null : string.Join("; ", lookedAt),
            [
                .. found.Select(finding => Judge(finding, patched, answers)).Concat(known)
                    .OrderBy(finding => finding.Id, StringComparer.Ordinal)
                    .ThenBy(finding => finding.Module, StringComparer.Ordinal),
            ])
        {
            Counts = counts,
            NotLookedAt = subject.IsOwn || (subject.IsGo ? counts is not null : lookedAt.Length > 0) ? null : Missing(),
        };
    }

    private string Missing() => subject switch
    {
        { IsGo: true, Go: null } => "its programs are not compiled and its source is not unpacked, so what they have inside is not known",
        { IsGo: true } => "no database of Go's modules was given",
        { Debian: { } debian } => $"no database of Debian's was given, and no packaging of {debian.Package} for {debian.Upstream}",
        _ => "no database that was given names its repository, and the line names no package of Debian's with the same bytes",
    };

    private static Finding Judge(Finding finding, ILookup<string, string> patched, IReadOnlyList<Advisory> answers)
    {
        string[] patches = [.. finding.Names.SelectMany(name => patched[name]).Distinct().Order(StringComparer.Ordinal)];
        return patches.Length > 0
            ? finding with { State = Finding.Patched, Detail = $"fixed by {string.Join(", ", patches)}" }
            : answers.FirstOrDefault(answer => IsAnsweredBy(finding, answer)) is { } answer
            ? finding with { State = answer.State, Justification = answer.Justification, Detail = answer.Detail }
            : finding;
    }

    /// <summary>What the changelog of Debian's newest packaging says was fixed since the archive that the line takes.</summary>
    private IEnumerable<string> Changelog()
    {
        if (subject.Newest is not { } newest || subject.Debian is not { } debian)
        {
            yield break;
        }

        foreach (DebianFix fix in FixedSince(newest, debian))
        {
            string how = fix.Patches.Count > 0 ? $"with {string.Join(", ", fix.Patches)}" : "with patches that its changelog does not tell";
            Add(new Finding(Name, Version, fix.Id)
            {
                FixedIn = fix.Version,
                Summary = $"Debian fixes it {how}",
                Evidence = $"changelog of {newest.Package} {newest.Version}",
            });
        }

        string date = DateTimeOffset.TryParse(newest.Date, CultureInfo.InvariantCulture, out DateTimeOffset time)
            ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : newest.Date;
        yield return $"changelog of {newest.Package} {newest.Version} of {date}";
    }

    /// <summary>
    /// The fixes of revisions behind the first one of upstream's version. What the entry of that one names came with upstream's version.
    /// </summary>
    private static IEnumerable<DebianFix> FixedSince(DebianPackaging packaging, DebianOrigin debian)
    {
        int first = LastIndexOf(packaging, debian);
        IEnumerable<DebianRevision> newer = first >= 0 ? packaging.Revisions.Take(first)
            : packaging.Revisions.TakeWhile(revision => revision.Order?.CompareTo(DebianVersion.TryParse(debian.Upstream)) > 0);
        // the newest revision that names it: an earlier one may not have been enough
        return newer.SelectMany(revision => revision.Fixes).GroupBy(fix => fix.Id)
            .Select(same => same.First() with
            {
                Patches = [.. same.SelectMany(fix => fix.Patches).Distinct().Order(StringComparer.Ordinal)],
            });
    }

    private static int LastIndexOf(DebianPackaging packaging, DebianOrigin debian) =>
        packaging.Revisions.Index().LastOrDefault(one => one.Item.Upstream == debian.Upstream, (-1, null!)).Item1;

    private static (int Epoch, string Version) Split(string version) =>
        version.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            && int.TryParse(version[..colon], NumberStyles.None, CultureInfo.InvariantCulture, out int epoch)
            ? (epoch, version[(colon + 1)..]) : (0, version);

    /// <summary>What databases say of Debian's package in this version.</summary>
    private IEnumerable<string> Packages()
    {
        if (subject.Debian is not { } debian || !databases.Any(database => database.Ecosystems.Contains("Debian")))
        {
            yield break;
        }

        (Vulnerability Entry, AffectedPackage Affected)[] entries =
        [
            .. from entry in vulnerabilities
               from affected in entry.Affected
               where affected.IsDebian && affected.Name == debian.Package
               select (entry, affected),
        ];
        // a release that the database has nothing of has nothing; a suite without a number is held against the newest release
        string? release = debian.Release
            ?? entries.Select(one => one.Affected.DebianRelease).OfType<string>().Where(Digits.Are).MaxBy(int.Parse);
        DebianVersion? version = VersionOf(debian, entries.Select(one => one.Affected));
        HashSet<string> done = ByUpstream(debian);
        foreach ((Vulnerability entry, AffectedPackage affected) in entries)
        {
            if ((affected.DebianRelease is { } other && other != release) || !Ranges.Have(affected, DebianVersion.TryParse, version))
            {
                continue;
            }

            foreach (string id in entry.Names.Where(id => !done.Contains(id)))
            {
                Add(new Finding(Name, Version, id)
                {
                    Aliases = AliasesOf(entry, id),
                    Summary = entry.Summary,
                    FixedIn = Ranges.FixOf(affected, DebianVersion.TryParse, version),
                    Evidence = $"version of {debian.Package} in Debian",
                });
            }
        }

        yield return $"Debian's {debian.Package} {version}";
    }

    /// <summary>
    /// The version in Debian's order: all of upstream's without a revision, or the revision whose patches are all taken. The name of a file
    /// lacks the epoch, which only grows: that of the newest version counts.
    /// </summary>
    private DebianVersion? VersionOf(DebianOrigin debian, IEnumerable<AffectedPackage> affected)
    {
        int epoch = affected.SelectMany(one => one.Ranges).SelectMany(range => range).Select(one => one.Version)
            .Concat(subject.Packagings.Select(one => one.Version)).Select(version => Split(version).Epoch).DefaultIfEmpty().Max();
        string text = subject is { TakesAll: true, Pinned: { } pinned } ? Split(pinned.Version).Version : debian.Upstream;
        return DebianVersion.TryParse(string.Create(CultureInfo.InvariantCulture, $"{epoch}:{text}"));
    }

    /// <summary>
    /// What upstream's version has fixed already, by the changelog: a database does not tell the archive of a revision from its patches.
    /// </summary>
    private HashSet<string> ByUpstream(DebianOrigin debian)
    {
        if (subject.Newest is not { } newest || LastIndexOf(newest, debian) is not (>= 0 and var first))
        {
            return [];
        }

        HashSet<string> done = [.. newest.Revisions.Skip(first).SelectMany(revision => revision.Fixes).Select(fix => fix.Id)];
        done.ExceptWith(newest.Revisions.Take(first).SelectMany(revision => revision.Fixes).Select(fix => fix.Id));
        return done;
    }

    /// <summary>What databases say of tags of its repository.</summary>
    private IEnumerable<string> Repositories()
    {
        bool any = false;
        foreach (Vulnerability entry in vulnerabilities)
        {
            foreach (AffectedPackage affected in entry.Affected.Where(affected => IsOfRepository(affected, subject)))
            {
                any = true;
                bool isOpen = affected.Ranges.Count == 0 && affected.Versions.Count == 0;
                if (!isOpen && !Ranges.Have(affected, SemanticVersion.TryParse, subject.Version))
                {
                    continue;
                }

                foreach (string id in entry.Names)
                {
                    Add(new Finding(Name, Version, id)
                    {
                        Aliases = AliasesOf(entry, id),
                        Summary = entry.Summary,
                        FixedIn = Ranges.FixOf(affected, SemanticVersion.TryParse, subject.Version),
                        Evidence = isOpen ? "upper bound: the database names commits, and no versions" : "version of its repository",
                    });
                }
            }
        }

        if (any)
        {
            yield return "versions of its repository";
        }
    }

    private static bool IsOfRepository(AffectedPackage affected, Subject subject) => !affected.IsGo && !affected.IsDebian
        && affected.Repositories.Any(address => subject.Repositories.Contains(Wanted.RepositoryName(address)));

    /// <summary>The other names of what an entry is about under one of its names.</summary>
    internal static string[] AliasesOf(Vulnerability entry, string id) =>
        [.. entry.Aliases.Append(entry.Id).Where(name => name != id && !(entry.Names.Count > 1 && entry.Names.Contains(name)))
            .Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Adds what is found, to what is known of the same already.</summary>
    private void Add(Finding finding)
    {
        int at = found.FindIndex(one => one.Names.Intersect(finding.Names).Any());
        if (at < 0)
        {
            found.Add(finding);
            return;
        }

        Finding known = found[at];
        string id = known.Id.StartsWith("CVE-", StringComparison.Ordinal) ? known.Id : finding.Id;
        found[at] = known with
        {
            Id = id,
            Aliases = [.. known.Names.Concat(finding.Names).Where(name => name != id).Distinct().Order(StringComparer.Ordinal)],
            Summary = finding.Summary.Length > 0 ? finding.Summary : known.Summary,
            FixedIn = known.FixedIn ?? finding.FixedIn,
            Evidence = known.Evidence == finding.Evidence ? known.Evidence : $"{known.Evidence}, {finding.Evidence}",
        };
    }
}
