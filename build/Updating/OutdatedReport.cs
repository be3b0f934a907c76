using System.Globalization;
using Qcw.Build.Fetching.Debian;

namespace Qcw.Build.Updating;

/// <summary>What is outdated in a line: a table of at most 100 columns for people, JSON for programs.</summary>
/// <param name="Line">The line's name.</param>
/// <param name="Inputs">In the order of the line.</param>
/// <param name="Indexes">The indexes of Debian's that were read.</param>
/// <param name="Asked">The oldest of the answers, in UTC; null: nobody answered.</param>
internal sealed record OutdatedReport(
    string Line, IReadOnlyList<InputStatus> Inputs, IReadOnlyList<SourceIndex> Indexes, DateTimeOffset? Asked)
{
    private const int Columns = 100;
    private const int Days = 4; // the column of a number
    private const int MostIds = 5;
    private const string Time = "yyyy-MM-dd HH:mm 'UTC'";

    /// <summary>The inputs of which somebody could not be asked.</summary>
    public IEnumerable<InputStatus> NotKnown => Inputs.Where(input => input.Problem is not null);

    /// <summary>
    /// Why a run fails, in one sentence; null: it does not. What could not be asked always fails it: nobody knows that it is up to date.
    /// </summary>
    /// <param name="failOn"><c>security</c>, <c>any</c>, or null.</param>
    /// <param name="now">Now, in UTC: an index that Debian does not vouch for any more may lack what is newer.</param>
    public string? FailureFor(string? failOn, DateTimeOffset now)
    {
        string[] failures =
        [
            .. Named("could not be asked", NotKnown),
            .. failOn switch
            {
                "any" => Named("are outdated", Inputs.Where(input => input.IsOutdated || input.IsInsecure)),
                "security" => Named("are outdated in a way that is about security", Inputs.Where(input => input.IsInsecure)),
                _ => [],
            },
            .. failOn is null ? [] : Expired(now).Select(index => $"Debian's index of {index.Suite} is too old to tell"),
        ];
        return failures.Length == 0 ? null : string.Join("; ", failures);

        IEnumerable<string> Named(string what, IEnumerable<InputStatus> inputs) =>
            inputs.Select(input => input.Component.Name).ToArray() is { Length: > 0 } names
                ? [$"{names.Length} of {Inputs.Count} inputs {what}: {string.Join(", ", names)}"]
                : [];
    }

    /// <summary>The table, and what it has no room for.</summary>
    /// <param name="now">Now, in UTC.</param>
    public IEnumerable<string> Lines(DateTimeOffset now)
    {
        string[] head = ["input", "pinned", "branch", "newest", "days", "Debian's revision of the same source"];
        string[][] rows = [head, .. Inputs.Select(Row)];
        int[] widths = [.. Enumerable.Range(0, head.Length).Select(column => rows.Max(row => row[column].Length))];
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) =>
                column == Days ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            yield return "  " + string.Join("  ", cells).TrimEnd();
        }

        IEnumerable<string> notAsked = NotKnown.GroupBy(input => input.Problem!)
            .Select(same => $"{string.Join(", ", same.Select(input => input.Component.Name))}: could not be asked: {same.Key}");
        foreach (string note in notAsked.Concat(Inputs.SelectMany(Notes)).Concat(About(now)).SelectMany(Wrapped))
        {
            yield return note;
        }
    }

    /// <summary>What <c>--json</c> prints.</summary>
    public object ToRecord() => new
    {
        Line,
        Asked,
        Indexes = Indexes.Select(index => new { index.Suite, index.Made, index.ValidUntil }),
        Inputs = Inputs.Select(input => new
        {
            input.Component.Name,
            input.Component.Version,
            Branch = Of(input.OfBranch),
            Newest = Of(input.Newest),
            input.Days,
            input.Debian,
            Patches = input.Patches.Select(patch => new { patch.Patch, patch.Says }),
            Outdated = input.Problem is null || input.IsOutdated ? (bool?)input.IsOutdated : null,
            Security = input.Debian is null ? null : (bool?)input.IsInsecure,
            input.Problem,
        }),
    };

    private static object? Of(FoundVersion? version) => version is null ? null : new { version.Version, version.Day, version.Commit };

    private static string[] Row(InputStatus input)
    {
        // "=" only where somebody said so
        string same = input.Problem is null ? "=" : "?";
        return
        [
            input.Component.Name,
            input.Component.Version,
            input.OfBranch?.Version ?? same,
            input.Newest?.Version ?? same,
            input.Newest is null ? string.Empty : input.Days?.ToString(CultureInfo.InvariantCulture) ?? "?",
            input.Debian is { } debian ? Revision(debian) : string.Empty,
        ];
    }

    // only what follows the version of the .orig, which is the same
    private static string Revision(DebianStatus debian)
    {
        string to = debian.SameOriginal is { } same ? Short(same) : debian.Newest;
        string from = debian.Pinned is { } pinned ? Short(pinned) : "none";
        string suite = $"{debian.Suite} ";
        return suite + (!debian.IsNewer ? debian.Pinned is null ? $"{to} not taken" : $"{from} ="
            : $"{from} > {to}{(debian.IsSecurity ? " security" : string.Empty)}");

        static string Short(string version) => version[version.LastIndexOf('-')..];
    }

    private static IEnumerable<string> Notes(InputStatus input)
    {
        string name = input.Component.Name;
        if (input.Debian is { IsNewer: true } debian)
        {
            string ids = debian.Vulnerabilities.Count == 0 ? string.Empty
                : $"; its changelog names {string.Join(", ", debian.Vulnerabilities.Take(MostIds))}"
                    + (debian.Vulnerabilities.Count > MostIds ? $" and {debian.Vulnerabilities.Count - MostIds} more" : string.Empty);
            string unread = debian.ChangelogProblem is { } why ? $"; what it fixes is not known here ({why})" : string.Empty;
            yield return $"{name}: Debian's {debian.Suite} has {debian.Package} {debian.Newest}{ids}{unread}";
        }

        foreach (PatchOutlook patch in input.Patches)
        {
            yield return $"{name}: {patch.Patch}: {patch.Says}";
        }
    }

    private IEnumerable<string> About(DateTimeOffset now)
    {
        foreach (SourceIndex index in Expired(now))
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Debian's index of {index.Suite} is of {index.Made.ToString(Time, CultureInfo.InvariantCulture)} and valid until "
                    + $"{index.ValidUntil:yyyy-MM-dd}: newer versions may be missing");
        }

        if (Asked is { } asked && now - asked > TimeSpan.FromMinutes(1))
        {
            yield return $"Answers of {asked.ToString(Time, CultureInfo.InvariantCulture)} and later; "
                + $"those of the last hour are taken again: delete artifacts/downloads/upstream to ask anew.";
        }
    }

    private IEnumerable<SourceIndex> Expired(DateTimeOffset now) => Indexes.Where(index => index.ValidUntil < now);

    private static IEnumerable<string> Wrapped(string note)
    {
        const string Indent = "    ";
        string line = "  ";
        foreach (string word in note.Split(' '))
        {
            if (line.Length + word.Length > Columns && !string.IsNullOrWhiteSpace(line))
            {
                yield return line.TrimEnd();
                line = Indent;
            }

            line += word + " ";
        }

        yield return line.TrimEnd();
    }
}
