using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Updating;

/// <summary>The entries of a Debian package's changelog, the newest one first.</summary>
/// <param name="Entries">One for each revision.</param>
internal sealed partial record DebianChangelog(IReadOnlyList<ChangelogEntry> Entries)
{
    private const string Name = "debian/changelog";

    /// <summary>Reads it from the archive or the diff with Debian's part of a source package.</summary>
    /// <param name="path">The file, a full path.</param>
    /// <param name="name">Its name in Debian's archive.</param>
    /// <exception cref="BuildException">It is damaged, or has no changelog.</exception>
    public static DebianChangelog Read(string path, string name)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            return Parse(
                (DebianFile.IsDiff(name) ? FromDiff(path, file) : FromArchive(path, file))
                    ?? throw new BuildException($"{name} has no {Name}"));
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or SharpCompress.Common.SharpCompressException)
        {
            throw ArchiveExtractor.Damaged(path, e);
        }
    }

    /// <summary>Reads its text. What is no entry is left out.</summary>
    public static DebianChangelog Parse(string text)
    {
        var entries = new List<ChangelogEntry>();
        Match[] heads = [.. Head().Matches(text).AsEnumerable()];
        foreach ((int number, Match head) in heads.Index())
        {
            string body = text[head.Index..(number + 1 < heads.Length ? heads[number + 1].Index : text.Length)];
            Match signature = Signature().Match(body);
            if (signature.Success && DateTimeOffset.TryParseExact(
                    signature.Groups[1].Value, "ddd, d MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None,
                    out DateTimeOffset time))
            {
                string[] ids = [.. Vulnerability().Matches(body).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];
                entries.Add(new ChangelogEntry(head.Groups[1].Value, DateOnly.FromDateTime(time.UtcDateTime), ids));
            }
        }

        return new DebianChangelog(entries);
    }

    /// <summary>The first day on which a version of upstream's was in Debian; null: it is not known.</summary>
    /// <param name="isMeant">True for the version.</param>
    public DateOnly? FirstDayOf(Func<DebianVersion, bool> isMeant) => Versions()
        .Where(entry => isMeant(entry.Version)).Select(entry => (DateOnly?)entry.Entry.Day).LastOrDefault();

    /// <summary>The vulnerabilities that entries above a version name; sorted.</summary>
    public IReadOnlyList<string> FixedAbove(DebianVersion version) =>
        [.. Versions().Where(entry => entry.Version.CompareTo(version) > 0).SelectMany(entry => entry.Entry.Vulnerabilities)
            .Distinct().Order(StringComparer.Ordinal)];

    // without epochs, which names of files do not have
    private IEnumerable<(ChangelogEntry Entry, DebianVersion Version)> Versions() =>
        from entry in Entries
        let version = DebianVersion.TryParse(entry.Version)?.WithoutEpoch()
        where version is not null
        select (entry, version);

    private static string? FromArchive(string path, FileStream file)
    {
        foreach (ArchiveEntry entry in TarMembers.Read(path, file))
        {
            if (entry.Kind is ArchiveEntryKind.File && string.Join('/', EntryPath.Segments(entry.Name)) == Name)
            {
                using var reader = new StreamReader(entry.Content!, Encoding.UTF8);
                return reader.ReadToEnd();
            }
        }

        return null;
    }

    // such a diff adds the whole file
    private static string? FromDiff(string path, FileStream file)
    {
        using Stream diff = ArchiveFormats.Decompress(ArchiveFormats.Detect(path, file), file);
        using var reader = new StreamReader(diff, Encoding.UTF8);
        string[] lines = reader.ReadToEnd().Split('\n');
        int start = Array.FindIndex(lines, line => Added().IsMatch(line));
        return start < 0 ? null
            : string.Concat(lines.Skip(start + 2).TakeWhile(line => line is ['+', ..]).Select(line => line[1..] + "\n"));
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9.+-]+ \(([0-9A-Za-z.+~:-]+)\)[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Head();

    [GeneratedRegex(@"^ -- [^\n]*>  ([^\n]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Signature();

    [GeneratedRegex(@"\b(CVE-[0-9]{4}-[0-9]{4,}|GHSA(-[0-9a-z]{4}){3})\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Vulnerability();

    [GeneratedRegex(@"^\+\+\+ \S+/debian/changelog(\s|$)")]
    private static partial Regex Added();
}

/// <summary>An entry of a changelog.</summary>
/// <param name="Version">Debian's version text.</param>
/// <param name="Day">When it was made, in UTC.</param>
/// <param name="Vulnerabilities">Ids that it names, sorted.</param>
internal sealed record ChangelogEntry(string Version, DateOnly Day, IReadOnlyList<string> Vulnerabilities);
