using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>
/// The fields that Debian's convention for patches (DEP-3) has and git's mails have not, as the last paragraph of a mail's message:
/// <c>Author</c>, <c>Origin</c>, <c>Forwarded</c>, <c>Applied-Upstream</c>, <c>Last-Update</c>. Our own patches carry them, in each mail.
/// </summary>
internal static partial class Dep3
{
    private const string Forwarded = "Forwarded";
    private const string Applied = "Applied-Upstream";
    private const string Updated = "Last-Update";

    /// <summary>Names of the fields that are ours to judge, in the order in which they are written.</summary>
    public static readonly IReadOnlyList<string> Names = ["Author", "Origin", Forwarded, Applied, Updated];

    // what else a last paragraph may have: the rest of the convention, and git's own
    private static readonly string[] Others =
    [
        "Bug", "Reviewed-by", "Acked-by", "Tested-by", "Signed-off-by", "Co-developed-by", "Co-authored-by", "Suggested-by", "Reported-by",
        "Message-Id", "Link", "Fixes", "Cc",
    ];

    private static readonly Dictionary<string, (Regex Rule, string Expected)> Rules = new(StringComparer.Ordinal)
    {
        ["Author"] = (Person(), "a name and a mail address: Jane Doe <jane@example.org>"),
        ["Origin"] = (OriginText(), "upstream, backport, vendor or other, a comma, and a URL or commit:ID"),
        [Forwarded] = (ForwardedText(), "no, not-needed, or the https URL of what was sent"),
        [Applied] = (AppliedText(), "the version, a comma, and commit: with 40 hex digits: 6.2.0, commit:4fc49f…"),
        [Updated] = (Day(), "a day such as 2026-11-27"),
    };

    /// <summary>Divides a message into what is for people and the fields of its last paragraph, where that has such fields.</summary>
    public static (string Text, IReadOnlyList<(string Name, string Value)> Fields) Split(string message)
    {
        string text = message.TrimEnd();
        int start = text.LastIndexOf("\n\n", StringComparison.Ordinal);
        var fields = new List<(string Name, string Value)>();
        foreach (string line in text[(start < 0 ? 0 : start + 2)..].Split('\n'))
        {
            if (line is [' ' or '\t', ..] && fields.Count > 0)
            {
                fields[^1] = (fields[^1].Name, $"{fields[^1].Value} {line.Trim()}");
            }
            else if (FieldLine().Match(line) is { Success: true } match)
            {
                fields.Add((match.Groups[1].Value, match.Groups[2].Value.Trim()));
            }
            else
            {
                return (text, []);
            }
        }

        return fields.Any(field => Rules.ContainsKey(field.Name) || NearestOf(field.Name) is not null)
            ? (start < 0 ? string.Empty : text[..start].TrimEnd(), fields)
            : (text, []);
    }

    /// <summary>Reads and checks the fields of a patch of our own.</summary>
    /// <returns>What they say of its way upstream.</returns>
    /// <exception cref="BuildException">A mail lacks a field, or has one that is wrong; the message has the first.</exception>
    public static PatchUpstream Read(PatchFile patch)
    {
        PatchUpstream[] read =
        [
            .. PatchReader.Read(patch).Mails.Where(mail => mail.Sections.Count > 0).Select(mail => Read(patch, mail)),
        ];

        // of a series that is merged in part, what is not merged yet counts
        return read.FirstOrDefault(one => !one.IsDone) ?? read[0];
    }

    /// <summary>The fields that tell what a record says, for patches of others, whose own text has none.</summary>
    public static IEnumerable<(string Name, string Value)> Of(RemotePatch patch)
    {
        yield return ("Origin", "other, " + patch.Url.AbsoluteUri);
        PatchUpstream upstream = patch.Upstream!;
        yield return (Forwarded, upstream.Status is UpstreamStatus.NeverSent ? "no" : upstream.Url?.AbsoluteUri ?? "yes");
        if (upstream.Status is UpstreamStatus.Merged)
        {
            yield return (Applied, $"{upstream.In}, commit:{upstream.Commit}");
        }
    }

    private static PatchUpstream Read(PatchFile patch, PatchMail mail)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach ((string name, string value) in FieldsOf(mail))
        {
            if (!Rules.TryGetValue(name, out (Regex Rule, string Expected) rule))
            {
                if (!Others.Contains(name) && !name.StartsWith("Bug-", StringComparison.Ordinal) && NearestOf(name) is { } nearest)
                {
                    throw Wrong(patch, mail, $"has the unknown field {name}; did you mean {nearest}?");
                }
            }
            else if (!found.TryAdd(name, value))
            {
                throw Wrong(patch, mail, $"has the field {name} twice, expected it once");
            }
            else if (!rule.Rule.IsMatch(value) || (name == Updated && !IsDay(value)))
            {
                throw Wrong(patch, mail, $"has the field {name} with \"{value}\", expected {rule.Expected}");
            }
        }

        if (string.IsNullOrWhiteSpace(mail.Subject))
        {
            throw Wrong(patch, mail, "has no Subject (or Description), expected a line that says what it does");
        }

        if (mail.From is not { } from || !Person().IsMatch(from))
        {
            throw Wrong(patch, mail, $"has no author, expected the field Author or From with {Rules["Author"].Expected}");
        }

        foreach (string name in (string[])[Forwarded, Updated])
        {
            if (!found.ContainsKey(name))
            {
                throw Wrong(patch, mail, $"lacks the field {name}, expected {Rules[name].Expected}");
            }
        }

        var url = Uri.TryCreate(found[Forwarded], UriKind.Absolute, out Uri? sent) ? sent : null;
        return found.TryGetValue(Applied, out string? applied) && AppliedText().Match(applied) is var match
            ? new PatchUpstream(UpstreamStatus.Merged, match.Groups["commit"].Value, match.Groups["version"].Value, url)
            : new PatchUpstream(url is null ? UpstreamStatus.NeverSent : UpstreamStatus.Proposed, Url: url);
    }

    // above the first empty line, as Debian writes them, or in the last paragraph of git's message
    private static IEnumerable<(string Name, string Value)> FieldsOf(PatchMail mail) => mail.Headers
        .Where(header => Rules.ContainsKey(header.Key)).Select(header => (header.Key, header.Value)).Concat(Split(mail.Message).Fields);

    private static string? NearestOf(string name) => Nearest.Match(name, Names);

    private static bool IsDay(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static BuildException Wrong(PatchFile patch, PatchMail mail, string what)
    {
        string which = mail.Subject is { Length: > 0 } subject ? $"{mail.FirstLine} ({subject})" : $"{mail.FirstLine}";
        var form = new StringBuilder();
        foreach (string name in (string[])["Author", Forwarded, Updated])
        {
            form.Append("\n    ").Append(name).Append(": ").Append(Rules[name].Expected);
        }

        return new BuildException(
            $"patch {patch.Name}: the mail that begins in line {which} {what}\n  {patch.Path}\n"
                + $"  The last paragraph of each mail's message, above its ---, has these fields:{form}");
    }

    [GeneratedRegex(@"^([A-Za-z][A-Za-z-]*):(?:[ \t]+(.*))?$")]
    private static partial Regex FieldLine();

    [GeneratedRegex(@"^[^<>]*\S[^<>]* <[^<>@\s]+@[^<>@\s]+>$")]
    private static partial Regex Person();

    [GeneratedRegex(@"^(upstream|backport|vendor|other)(, (https://\S+|commit:[0-9a-f]{7,40}))?$|^https://\S+$")]
    private static partial Regex OriginText();

    [GeneratedRegex(@"^(no|not-needed|https://\S+)$")]
    private static partial Regex ForwardedText();

    [GeneratedRegex(@"^(?<version>[0-9A-Za-z][0-9A-Za-z.+~_-]*), commit:(?<commit>[0-9a-f]{40})$")]
    private static partial Regex AppliedText();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d$")]
    private static partial Regex Day();
}
