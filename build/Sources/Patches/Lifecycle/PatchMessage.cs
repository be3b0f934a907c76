using System.Text;
using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>What a mail says about itself, so that a commit can be made from it and a mail from the commit.</summary>
/// <param name="Author">The author's name.</param>
/// <param name="Email">The author's address.</param>
/// <param name="Date">As in the mail; empty: the mail has none.</param>
/// <param name="Subject">Without <c>[PATCH]</c>.</param>
/// <param name="Text">The message below the subject, without the fields; may be empty.</param>
/// <param name="Fields">The fields of the message's last paragraph, where it has such fields (<see cref="Dep3"/>).</param>
internal sealed record PatchMessage(
    string Author, string Email, string Date, string Subject, string Text, IReadOnlyList<(string Name, string Value)> Fields)
{
    /// <summary>The whole message of a commit.</summary>
    public string Whole => Join(Subject, Text, Paragraph(Fields));

    /// <summary>The message of a commit as upstream would take it: our fields are no business of theirs.</summary>
    public string ForUpstream => Join(Subject, Text, Paragraph(Fields.Where(one => !Dep3.Names.Contains(one.Name))));

    /// <summary>Reads a mail, or what stands above a bare diff.</summary>
    /// <param name="git">Any repository: git decodes the headers of its mails.</param>
    /// <param name="scratch">A folder for git's output.</param>
    /// <param name="patch">The patch, for what the mail does not say.</param>
    /// <param name="mail">The mail.</param>
    public static PatchMessage Read(GitRepository git, string scratch, PatchFile patch, PatchMail mail)
    {
        (string author, string email) = Person(mail.From ?? patch.Author ?? "nobody");
        if (!mail.IsGits)
        {
            string subject = mail.Subject is { Length: > 0 } title ? title : patch.Name;
            (string description, IReadOnlyList<(string, string)> found) = Dep3.Split(mail.Message);
            return new PatchMessage(author, email, string.Empty, subject, description, found);
        }

        string body = Path.Combine(scratch, "message-body");
        string[] lines = git.RunWithInput(mail.Whole, "mailinfo", body, Path.Combine(scratch, "message-diff")).Split('\n');
        (string text, IReadOnlyList<(string, string)> fields) = Dep3.Split(File.ReadAllText(body));
        return new PatchMessage(
            Value("Author: ") ?? author, Value("Email: ") ?? email, Value("Date: ") ?? string.Empty, Value("Subject: ") ?? patch.Name, text,
            fields);

        string? Value(string name) =>
            lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Length > name.Length)?[name.Length..];
    }

    /// <summary>The identity of a commit that git makes of it.</summary>
    public IReadOnlyDictionary<string, string?> Identity(IReadOnlyDictionary<string, string?> committer) =>
        new Dictionary<string, string?>(committer)
        {
            ["GIT_AUTHOR_NAME"] = Author,
            ["GIT_AUTHOR_EMAIL"] = Email,
            ["GIT_AUTHOR_DATE"] = Date.Length > 0 ? Date : committer["GIT_COMMITTER_DATE"],
        };

    private static (string Name, string Address) Person(string text)
    {
        int open = text.IndexOf('<', StringComparison.Ordinal);
        return open > 0 && text.EndsWith('>') ? (text[..open].Trim(), text[(open + 1)..^1]) : (text, "unknown@localhost");
    }

    private static string Paragraph(IEnumerable<(string Name, string Value)> fields) =>
        string.Join('\n', fields.Select(one => $"{one.Name}: {one.Value}"));

    private static string Join(params string[] parts)
    {
        var message = new StringBuilder();
        foreach (string part in parts.Where(part => part.Length > 0))
        {
            message.Append(message.Length > 0 ? "\n" : string.Empty).Append(part).Append('\n');
        }

        return message.ToString();
    }
}
