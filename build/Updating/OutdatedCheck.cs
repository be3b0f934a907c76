using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Updating;

/// <summary>Asks upstream and Debian which versions there are, and holds the pins of a line against that.</summary>
/// <param name="indexes">Who is asked.</param>
/// <param name="answers">What was answered before.</param>
/// <param name="parallel">How many are asked at a time.</param>
internal sealed partial class OutdatedCheck(UpstreamIndexes indexes, AnswerCache answers, int parallel)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> asked = new(StringComparer.Ordinal);

    /// <summary>Looks at every component and library that is fetched from somewhere; nothing that fails ends it.</summary>
    /// <param name="line">The line, which the report names.</param>
    /// <param name="components">What to look at.</param>
    public async Task<OutdatedReport> RunAsync(ReleaseLine line, IReadOnlyList<Component> components)
    {
        IReadOnlyDictionary<string, DebianAnswer> suites = await DebianAsync(components);
        var rows = new ConcurrentDictionary<string, InputStatus>(StringComparer.Ordinal);
        await ForEachAsync(components, async component => rows[component.Name] = await LookAsync(component, suites));
        return new OutdatedReport(
            line.Name, [.. components.Select(component => rows[component.Name])],
            [.. suites.Values.Select(suite => suite.Index).OfType<SourceIndex>().OrderBy(index => index.Suite, StringComparer.Ordinal)],
            asked.IsEmpty ? null : asked.Values.Min());
    }

    /// <summary>All versions of a component that its watch finds, with days where they cost nothing.</summary>
    /// <exception cref="BuildException">Nobody answered.</exception>
    public async Task<IReadOnlyList<FoundVersion>> VersionsAsync(Component component) => component.Watch switch
    {
        PageWatch page => (await AskAsync(
            ["page", page.Page.AbsoluteUri, page.Pattern],
            async () => (IReadOnlyList<FoundVersion>)[.. OnPage(await indexes.PageAsync(component.Name, page.Page), page.Pattern)])).Said,
        TagWatch tags => [.. from tag in (await TagsAsync(component.Name, tags.Repositories)).Tags
                             let version = Between(tag.Name, tags.Pattern)
                             where version is not null
                             select new FoundVersion(version, null, tag.Commit)],
        _ => throw new InvalidOperationException("Debian's index is not asked for one component"),
    };

    /// <summary>The tags of the first of several repositories that answers.</summary>
    /// <exception cref="BuildException">None does.</exception>
    public async Task<(IReadOnlyList<GitTag> Tags, Uri From)> TagsAsync(string owner, IReadOnlyList<Uri> repositories)
    {
        var problems = new List<string>();
        foreach (Uri repository in repositories)
        {
            try
            {
                return ((await AskAsync(["tags", repository.AbsoluteUri], () => indexes.TagsAsync(owner, repository))).Said, repository);
            }
            catch (BuildException e)
            {
                problems.Add(e.Message);
            }
        }

        throw new BuildException(string.Join("; ", problems));
    }

    /// <summary>The newest release above a version, of its branch and of all.</summary>
    public static (FoundVersion? OfBranch, FoundVersion? Newest) NewerThan(
        string pinned, VersionScheme scheme, IEnumerable<FoundVersion> found)
    {
        OrderedVersion? here = OrderedVersion.TryParse(pinned, scheme);
        (FoundVersion Found, OrderedVersion Order)[] newer =
        [
            .. from version in found
               let order = OrderedVersion.TryParse(version.Version, scheme)
               where order is { IsRelease: true } && here is not null && order.CompareTo(here) > 0
               orderby order
               select (version, order),
        ];
        return (
            newer.LastOrDefault(version => version.Order.IsOfBranch(here!)).Found,
            newer.LastOrDefault().Found);
    }

    /// <summary>The versions that a page names, each once, with the day that the listing of a server has on the same line.</summary>
    internal static IEnumerable<FoundVersion> OnPage(string text, string pattern)
    {
        string[] parts = pattern.Split(UpstreamWatch.Mark);
        var name = new Regex(
            $@"(?<![0-9A-Za-z._-]){Regex.Escape(parts[0])}([0-9][0-9A-Za-z.~_-]{{0,60}}?){Regex.Escape(parts[1])}"
                + @"(?![0-9A-Za-z_-]|\.[0-9A-Za-z])",
            RegexOptions.CultureInvariant);
        var days = new Dictionary<string, DateOnly?>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            MatchCollection matches = name.Matches(line);
            foreach (Match match in matches)
            {
                // a line with several names (JSON) has no day of any of them
                string version = match.Groups[1].Value;
                bool one = matches.Select(other => other.Groups[1].Value).Distinct().Count() == 1;
                days[version] = days.GetValueOrDefault(version) ?? (one ? DayIn(line[match.Index..]) : null);
            }
        }

        return days.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => new FoundVersion(entry.Key, entry.Value));
    }

    /// <summary>What stands in place of the version in a name; null: the name is of another kind.</summary>
    internal static string? Between(string name, string pattern)
    {
        string[] parts = pattern.Split(UpstreamWatch.Mark);
        return name.Length > parts[0].Length + parts[1].Length
            && name.StartsWith(parts[0], StringComparison.Ordinal) && name.EndsWith(parts[1], StringComparison.Ordinal)
            && name[parts[0].Length..(name.Length - parts[1].Length)] is var version && char.IsAsciiDigit(version[0])
                ? version : null;
    }

    private static DateOnly? DayIn(string text)
    {
        Match match = Day().Match(text);
        return match.Success && DateOnly.TryParseExact(
            match.Value, ["yyyy-MM-dd", "dd-MMM-yyyy"], System.Globalization.CultureInfo.InvariantCulture,
            System.Globalization.DateTimeStyles.None, out DateOnly day)
            ? day : null;
    }

    private async Task<InputStatus> LookAsync(Component component, IReadOnlyDictionary<string, DebianAnswer> suites)
    {
        var status = new InputStatus(component);
        var problems = new List<string>();
        DebianReference? reference = DebianReference.Of(component);
        (DebianStatus Status, DebianPackaging? Changelog)? debian = null;
        if (reference is not null)
        {
            try
            {
                debian = await SameSourceAsync(component, reference, suites[reference.Suite]);
                status = status with { Debian = debian?.Status };
            }
            catch (BuildException e)
            {
                problems.Add(e.Message);
            }
        }

        try
        {
            status = component.Watch switch
            {
                null => status with { Problem = "the line does not say where its versions are (upstream)" },
                DebianWatch watch => await WithDebianAsync(status, watch, suites, debian?.Changelog, problems),
                _ => await WithUpstreamAsync(status, problems),
            };
        }
        catch (BuildException e)
        {
            problems.Add(e.Message);
        }

        if ((status.OfBranch ?? status.Newest) is { } next)
        {
            status = status with { Patches = PatchOutlook.Of(component, next.Version) };
        }

        string[] told = [.. problems.Select(problem => problem.Split('\n')[0]).Prepend(status.Problem).OfType<string>().Distinct()];
        return status with { Problem = told.Length == 0 ? null : string.Join("; ", told) };
    }

    private async Task<InputStatus> WithUpstreamAsync(InputStatus status, List<string> problems)
    {
        Component component = status.Component;
        IReadOnlyList<FoundVersion> found = await VersionsAsync(component);
        if (!found.Any(version => OrderedVersion.TryParse(version.Version, component.Watch!.Scheme) is { IsRelease: true }))
        {
            problems.Add($"nothing that is watched has the name {PatternOf(component.Watch!)}");
            return status;
        }

        (FoundVersion? branch, FoundVersion? newest) = NewerThan(component.Version, component.Watch!.Scheme, found);
        FoundVersion? pinned = found.FirstOrDefault(version => version.Version == component.Version);
        DateOnly? from = pinned?.Day;
        DateOnly? to = newest?.Day;
        string? commit = component.Sources.OfType<GitSource>().FirstOrDefault()?.Commit ?? pinned?.Commit;
        if (newest?.Commit is { } tagged && commit is not null && component.Watch is TagWatch tags)
        {
            (_, Uri repository) = await TagsAsync(component.Name, tags.Repositories);
            IReadOnlyDictionary<string, DateOnly>? days = await DaysAsync(component.Name, repository, [commit, tagged]);
            (from, to) = (days?[commit], days?[tagged]);
        }

        return status with { OfBranch = branch, Newest = newest, Days = DaysBetween(from, to) };
    }

    // what a commit's day is does not change; where a server does not tell, the day is not known
    private async Task<IReadOnlyDictionary<string, DateOnly>?> DaysAsync(string owner, Uri repository, string[] commits)
    {
        try
        {
            return await answers.GetOnceAsync(
                ["days", repository.AbsoluteUri, .. commits],
                async () => new Dictionary<string, DateOnly>(await indexes.DaysAsync(owner, repository, [.. commits.Distinct()])));
        }
        catch (BuildException)
        {
            return null;
        }
    }

    private async Task<InputStatus> WithDebianAsync(
        InputStatus status, DebianWatch watch, IReadOnlyDictionary<string, DebianAnswer> suites, DebianPackaging? own,
        List<string> problems)
    {
        problems.AddRange(watch.Suites.Select(suite => suites[suite].Problem).OfType<string>());
        (SourcePackage Source, string Suite)[] all =
        [
            .. from suite in watch.Suites
               from package in suites[suite].Index?.Sources ?? []
               where package.Package == watch.Package
               select (package, suite),
        ];
        if (all.Length == 0)
        {
            if (problems.Count == 0)
            {
                problems.Add($"Debian's {string.Join(", ", watch.Suites)} have no source package {watch.Package}");
            }

            return status;
        }

        string pinned = status.Component.Version;
        (FoundVersion? branch, FoundVersion? newest) =
            NewerThan(pinned, watch.Scheme, all.Select(one => new FoundVersion(one.Source.Order().Upstream)));
        if (newest is null)
        {
            return status;
        }

        (SourcePackage source, string from) =
            all.Where(one => one.Source.Order().Upstream == newest.Version).MaxBy(one => one.Source.Order());
        (DebianPackaging? changelog, _) = await ChangelogAsync(status.Component.Name, from, source);
        DateOnly? to = changelog?.FirstDayOf(version => version.Upstream == newest.Version);
        DateOnly? since = (own ?? changelog)?.FirstDayOf(version => version.Upstream == pinned)
            ?? changelog?.FirstDayOf(version => version.Upstream == pinned);
        return status with { OfBranch = branch, Newest = newest with { Day = to }, Days = DaysBetween(since, to) };
    }

    /// <summary>What the suite that the line names has of the pinned source, and the changelog of its newest version.</summary>
    private async Task<(DebianStatus Status, DebianPackaging? Changelog)?> SameSourceAsync(
        Component component, DebianReference reference, DebianAnswer answer)
    {
        SourceIndex index = answer.Index ?? throw new BuildException(answer.Problem!);
        (SourcePackage Source, DebianVersion Version)[] versions =
        [
            .. from source in index.Sources
               where source.Package == reference.Package
               let version = source.Order().WithoutEpoch()
               orderby version
               select (source, version),
        ];
        if (versions.Length == 0)
        {
            throw new BuildException($"Debian's {reference.Suite} has no source package {reference.Package}");
        }

        (SourcePackage newest, DebianVersion top) = versions[^1];
        DebianVersion? same = versions.LastOrDefault(one => one.Version.Original == reference.Pinned.Original).Version;
        var status = new DebianStatus(
            reference.Package, reference.Suite, reference.Pinned.Revision is null ? null : reference.Pinned.Text, same?.Text, top.Text);

        // without Debian's patches, its first revision is as good as upstream's archive: only what the changelog names counts
        bool newer = top.CompareTo(reference.Pinned) > 0;
        if (!newer)
        {
            return (status, null);
        }

        (DebianPackaging? changelog, string? problem) = await ChangelogAsync(component.Name, reference.Suite, newest);
        IReadOnlyList<string> fixes = changelog?.FixedAbove(reference.Pinned) ?? [];
        bool secured = versions.Any(one => one.Version.CompareTo(reference.Pinned) > 0 && one.Source.IsSecurityUpdate
            && (reference.Pinned.Revision is not null || one.Version.Text != versions.First(other =>
                other.Version.Original == one.Version.Original).Version.Text));
        bool counts = reference.Pinned.Revision is not null || fixes.Count > 0 || secured || top.Original != reference.Pinned.Original;
        return (
            status with
            {
                IsNewer = counts,
                IsSecurity = secured || fixes.Count > 0,
                Vulnerabilities = fixes,
                ChangelogProblem = problem,
            },
            changelog);
    }

    private async Task<(DebianPackaging? Changelog, string? Problem)> ChangelogAsync(string owner, string suite, SourcePackage source)
    {
        if (source.Packaging is not { } file)
        {
            return (null, $"{source.Package} {source.Version} has no file with a changelog");
        }

        try
        {
            return (await answers.GetOnceAsync(["changelog", file.Sha256], async () =>
            {
                // a file that a mirror of Debian's lacks is not asked for each time
                Answer<string[]> tried = await answers.GetAsync<string[]>(["changelog file", file.Sha256], async () =>
                {
                    try
                    {
                        return [(await indexes.DebianFileAsync(owner, suite, source, file, mayBeExpired: true)).Path, string.Empty];
                    }
                    catch (BuildException e)
                    {
                        string[] lines = (e is FetchException failed ? failed.Problem : e.Message).Split('\n');
                        return [string.Empty, lines[^1].Trim()];
                    }
                });
                return tried.Said is [{ Length: > 0 } path, _] && File.Exists(path)
                    ? DebianPackaging.Read(path, file.Name)
                    : throw new BuildException(tried.Said[1]);
            }), null);
        }
        catch (BuildException e)
        {
            return (null, $"{file.Name}: {e.Message}");
        }
    }

    private async Task<IReadOnlyDictionary<string, DebianAnswer>> DebianAsync(IReadOnlyList<Component> components)
    {
        (string Suite, string Package)[] wanted =
        [
            .. components.SelectMany(component => component.Watch is DebianWatch watch
                    ? watch.Suites.Select(suite => (suite, watch.Package)) : [])
                .Concat(components.Select(DebianReference.Of).OfType<DebianReference>()
                    .Select(reference => (reference.Suite, reference.Package)))
                .Distinct().Order(),
        ];
        var answered = new ConcurrentDictionary<string, DebianAnswer>(StringComparer.Ordinal);
        await ForEachAsync([.. wanted.GroupBy(one => one.Suite, one => one.Package)], async suite =>
        {
            try
            {
                string[] packages = [.. suite];
                answered[suite.Key] = new DebianAnswer(
                    (await AskAsync(["debian", suite.Key, .. packages], () => indexes.DebianAsync(suite.Key, packages, mayBeExpired: true)))
                        .Said,
                    null);
            }
            catch (BuildException e)
            {
                answered[suite.Key] = new DebianAnswer(null, e.Message.Split('\n')[0]);
            }
        });
        return answered;
    }

    private async Task<Answer<T>> AskAsync<T>(IReadOnlyList<string> question, Func<Task<T>> ask)
        where T : class
    {
        Answer<T> answer = await answers.GetAsync(question, ask);
        asked[string.Join('\n', question)] = answer.Asked;
        return answer;
    }

    private Task ForEachAsync<T>(IReadOnlyList<T> items, Func<T, Task> work) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = parallel }, (item, _) => new ValueTask(work(item)));

    private static int? DaysBetween(DateOnly? from, DateOnly? to) => to?.DayNumber - from?.DayNumber;

    private static string PatternOf(UpstreamWatch watch) => watch switch
    {
        PageWatch page => $"{page.Pattern} ({page.Page})",
        TagWatch tags => $"{tags.Pattern} ({tags.Repositories[0]})",
        _ => string.Empty,
    };

    [GeneratedRegex(@"\b([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{2}-[A-Z][a-z]{2}-[0-9]{4})\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Day();

    /// <summary>What an index says, or why it says nothing.</summary>
    private sealed record DebianAnswer(SourceIndex? Index, string? Problem);
}
