using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Patches;

/// <summary>
/// What Debian's part of a source package tells of vulnerabilities: its changelog, and its patches. (<see cref="TakenPatches"/> takes the
/// patches themselves.)
/// </summary>
/// <param name="File">The file's name.</param>
/// <param name="Package">The source package.</param>
/// <param name="Date">Of the newest revision, as the changelog writes it.</param>
/// <param name="Revisions">Its versions, the newest one first, each with the vulnerabilities that its entry names.</param>
public sealed partial record DebianPackaging(string File, string Package, string Date, IReadOnlyList<DebianRevision> Revisions)
{
    private const string Changelog = "debian/changelog";
    private const string PatchFolder = "debian/patches/";

    // shorter ones are words that a sentence may have by chance
    private const int ShortestStem = 5;

    private static readonly string[] Outside = ["test", "tests", "fuzz", "fuzzing", "doc", "docs"];

    /// <summary>The newest version, with its epoch: <c>1:7.2+dfsg-7+deb12u18</c>.</summary>
    public string Version => Revisions[0].Version;

    /// <summary>The vulnerabilities that its patches are against, the newest revision first.</summary>
    public IEnumerable<DebianFix> Fixes => Revisions.SelectMany(revision => revision.Fixes);

    /// <summary>The vulnerabilities that a patch is against, alone or with others; sorted.</summary>
    /// <param name="patch">Its name in the series, or the name of the diff without its ending.</param>
    public IReadOnlyList<string> FixedBy(string patch) =>
        [.. Fixes.Where(fix => fix.Patches.Contains(patch)).Select(fix => fix.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Reads the <c>.debian.tar</c> archive, or the diff of a package in the old format.</summary>
    /// <param name="path">The file, a full path.</param>
    /// <param name="name">Its name, for messages: files in the cache have others.</param>
    /// <exception cref="BuildException">It is damaged, or has no changelog.</exception>
    public static DebianPackaging Read(string path, string name)
    {
        Dictionary<string, string> files = DebianFile.IsDiff(name) ? FromDiff(path, name) : FromArchive(path);
        if (!files.Remove(Changelog, out string? changelog))
        {
            throw new BuildException($"{name} has no {Changelog}");
        }

        Patch[] patches = DebianFile.IsDiff(name)
            ? [new Patch(Path.GetFileNameWithoutExtension(name), [], [], ChangesPrograms: true) { IsDiff = true }]
            :
            [
                .. (files.TryGetValue(PatchFolder + "series", out string? series) ? TakenPatches.NamesOf(series, name) : [])
                    .Select(patch => Describe(patch, files.GetValueOrDefault(PatchFolder + patch, string.Empty))),
            ];
        return Parse(name, changelog, patches);
    }

    /// <summary>Reads a changelog without the patches that belong to it.</summary>
    /// <param name="name">The name of the file that it is from, for messages.</param>
    /// <param name="changelog">Its text.</param>
    /// <exception cref="BuildException">It has no entry.</exception>
    internal static DebianPackaging Parse(string name, string changelog) => Parse(name, changelog, []);

    /// <summary>The first day on which a version of upstream's was in Debian; null: it is not known.</summary>
    /// <param name="isMeant">True for the version; it has no epoch.</param>
    internal DateOnly? FirstDayOf(Func<DebianVersion, bool> isMeant) =>
        Revisions.LastOrDefault(revision => revision.Order is { } version && isMeant(version) && revision.Day is not null)?.Day;

    /// <summary>The vulnerabilities that entries above a version name; sorted.</summary>
    /// <param name="version">Without an epoch, as names of files have it.</param>
    internal IReadOnlyList<string> FixedAbove(DebianVersion version) =>
    [
        .. Revisions.Where(revision => revision.Order?.CompareTo(version) > 0)
            .SelectMany(revision => revision.Fixes).Select(fix => fix.Id).Distinct().Order(StringComparer.Ordinal),
    ];

    private static DebianPackaging Parse(string name, string changelog, Patch[] patches)
    {
        var revisions = new List<DebianRevision>();
        Match[] heads = [.. Head().Matches(changelog).Cast<Match>()];
        // the one patch that changes everything has what came behind upstream's version: what its first revision names, upstream did
        int diffFrom = patches is [{ IsDiff: true }]
            ? Array.FindLastIndex(heads, head => UpstreamOf(head) == UpstreamOf(heads[0])) : heads.Length;
        foreach ((int number, Match head) in heads.Index())
        {
            int end = number + 1 < heads.Length ? heads[number + 1].Index : changelog.Length;
            string text = changelog[(head.Index + head.Length)..end];
            string version = head.Groups["version"].Value;
            revisions.Add(new DebianRevision(version, [.. FixesIn(text, version, number < diffFrom ? patches : [])])
            {
                Day = DayOf(text),
            });
        }

        return revisions.Count > 0
            ? new DebianPackaging(name, heads[0].Groups["package"].Value, Signature().Match(changelog).Groups[1].Value, revisions)
            : throw new BuildException($"{name}: {Changelog} has no entry");
    }

    private static string? UpstreamOf(Match head) => DebianVersion.TryParse(head.Groups["version"].Value)?.Original;

    private static DateOnly? DayOf(string entry) =>
        DateTimeOffset.TryParseExact(
            Signature().Match(entry).Groups[1].Value, "ddd, d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
            out DateTimeOffset time)
            ? DateOnly.FromDateTime(time.UtcDateTime)
            : null;

    /// <summary>
    /// The vulnerabilities that an entry names, and the patches against each: those that say so themselves, else those that are named
    /// beside it, else those that add its name to a file, such as the news of upstream's. Patches of tests alone do not count.
    /// </summary>
    private static IEnumerable<DebianFix> FixesIn(string entry, string version, Patch[] patches)
    {
        var found = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (string bullet in Bullet().Split(entry))
        {
            string[] parts = Part().Split(bullet);
            foreach (string part in parts)
            {
                foreach (string id in Ids().Matches(part).Select(match => match.Value))
                {
                    HashSet<string> named = NamedIn(part, patches);
                    found.TryAdd(id, []);
                    found[id].UnionWith(named.Count > 0 ? named : NamedIn(parts[0], patches));
                }
            }
        }

        foreach ((string id, HashSet<string> named) in found.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            string[] own = [.. patches.Where(patch => patch.Vulnerabilities.Contains(id)).Select(patch => patch.Name)];
            string[] adding = [.. patches.Where(patch => patch.Added.Contains(id)).Select(patch => patch.Name)];
            string[] all = own.Length > 0 ? own
                : named.Count > 0 ? [.. named]
                : patches is [{ IsDiff: true, Name: var diff }] ? [diff] : adding;
            string[] changing = [.. all.Where(name => patches.Any(patch => patch.Name == name && patch.ChangesPrograms))];
            yield return new DebianFix(id, version, [.. (changing.Length > 0 ? changing : all).Order(StringComparer.Ordinal)]);
        }
    }

    private static HashSet<string> NamedIn(string text, Patch[] patches)
    {
        // a name may be broken at a line's end only behind a slash
        string words = Space().Replace(text, " ");
        return
        [
            .. patches.Where(patch => patch.Stem.Length >= ShortestStem && IsNamed(words, patch.Stem)).Select(patch => patch.Name),
        ];
    }

    // v7.2.1 is not named by v7.2.10
    private static bool IsNamed(string text, string stem)
    {
        for (int start = 0; text.IndexOf(stem, start, StringComparison.Ordinal) is >= 0 and int at; start = at + 1)
        {
            int end = at + stem.Length;
            if ((at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
                && (end == text.Length || !(char.IsAsciiLetterOrDigit(text[end]) || text[end] is '-' or '_')))
            {
                return true;
            }
        }

        return false;
    }

    private static Patch Describe(string name, string text)
    {
        Match diff = Diff().Match(text);
        string[] paths = [.. Target().Matches(text).Select(match => match.Groups[1].Value)];
        string head = diff.Success ? text[..diff.Index] : text;
        return new Patch(
            name, [.. Ids().Matches($"{name}\n{head}").Select(match => match.Value).Distinct()],
            [
                .. AddedLine().Matches(text[head.Length..]).SelectMany(line => Ids().Matches(line.Value)).Select(match => match.Value)
                    .Distinct(),
            ],
            paths.Length == 0 || paths.Any(path => !path.Split('/').SkipLast(1).Any(Outside.Contains)));
    }

    private static Dictionary<string, string> FromArchive(string path)
    {
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            using FileStream file = System.IO.File.OpenRead(path);
            foreach (ArchiveEntry entry in TarMembers.Read(path, file))
            {
                string name = string.Join('/', EntryPath.Segments(entry.Name));
                if (entry.Kind is ArchiveEntryKind.File
                    && (name == Changelog || name.StartsWith(PatchFolder, StringComparison.Ordinal)))
                {
                    files[name] = Text(entry.Content);
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or SharpCompress.Common.SharpCompressException)
        {
            throw ArchiveExtractor.Damaged(path, e);
        }

        return files;
    }

    /// <summary>The changelog, which such a diff adds as a whole.</summary>
    private static Dictionary<string, string> FromDiff(string path, string name)
    {
        string[] lines = Encoding.UTF8.GetString(TakenPatches.Decompressed(path)).Split('\n');
        int start = Array.FindIndex(lines, line => AddedChangelog().IsMatch(line));
        return start < 0
            ? throw new BuildException($"{name} has no {Changelog}")
            : new Dictionary<string, string>(StringComparer.Ordinal)
            {
                [Changelog] = string.Join('\n', lines[(start + 2)..].TakeWhile(line => line is ['+', ..]).Select(line => line[1..])),
            };
    }

    private static string Text(Stream? content)
    {
        using var bytes = new MemoryStream();
        content?.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <param name="Name">In the series.</param>
    /// <param name="Vulnerabilities">Those that its name or its head has.</param>
    /// <param name="Added">Those that lines have which it adds.</param>
    /// <param name="ChangesPrograms">False: it changes tests or documentation alone.</param>
    private sealed record Patch(
        string Name, IReadOnlyList<string> Vulnerabilities, IReadOnlyList<string> Added, bool ChangesPrograms)
    {
        /// <summary>True: it is all that the package changes.</summary>
        public bool IsDiff { get; init; }

        public string Stem { get; } = Path.GetFileNameWithoutExtension(Name);
    }

    [GeneratedRegex(@"^(?<package>[a-z0-9][a-z0-9.+-]+) \((?<version>[0-9A-Za-z.+~:-]+)\)[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex(@"^ -- [^\n]*>  ([^\n]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Signature();

    [GeneratedRegex(@"^  \* ", RegexOptions.Multiline)]
    private static partial Regex Bullet();

    [GeneratedRegex("^ {3,}[-+*] ", RegexOptions.Multiline)]
    private static partial Regex Part();

    [GeneratedRegex(@"(?<![0-9A-Za-z])(CVE-[0-9]{4}-[0-9]{4,}|GHSA(-[0-9a-z]{4}){3})(?![0-9A-Za-z])", RegexOptions.ExplicitCapture)]
    private static partial Regex Ids();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();

    [GeneratedRegex(@"^(diff --git |Index: |--- [^\n]+\n\+\+\+ )", RegexOptions.Multiline)]
    private static partial Regex Diff();

    [GeneratedRegex(@"^\+(?!\+\+ )[^\n]*", RegexOptions.Multiline)]
    private static partial Regex AddedLine();

    [GeneratedRegex(@"^\+\+\+ (?:[^/\s]+/)?([^\s]+)", RegexOptions.Multiline)]
    private static partial Regex Target();

    [GeneratedRegex(@"^\+\+\+ \S+/debian/changelog(\s|$)")]
    private static partial Regex AddedChangelog();
}

/// <summary>A version of a package in its changelog.</summary>
/// <param name="Version">With the epoch: <c>1:7.2+dfsg-7+deb12u18</c>.</param>
/// <param name="Fixes">The vulnerabilities that its entry names, sorted by id.</param>
public sealed record DebianRevision(string Version, IReadOnlyList<DebianFix> Fixes)
{
    /// <summary>When it was made, in UTC; null: its entry does not say so.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Upstream's part of the version, without an epoch: <c>7.2+dfsg</c>.</summary>
    public string Upstream => Order?.Original ?? Version;

    /// <summary>The version without its epoch, in Debian's order; null: it is none.</summary>
    internal DebianVersion? Order { get; } = DebianVersion.TryParse(Version)?.WithoutEpoch();
}

/// <summary>A vulnerability that a changelog names.</summary>
/// <param name="Id"><c>CVE-2025-11234</c>, or GitHub's name.</param>
/// <param name="Version">The version of the package whose entry names it.</param>
/// <param name="Patches">The patches against it, as far as they can be told; sorted.</param>
public sealed record DebianFix(string Id, string Version, IReadOnlyList<string> Patches);
