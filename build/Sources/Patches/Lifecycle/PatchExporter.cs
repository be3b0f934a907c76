using System.Text;
using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Sources.Patches.Lifecycle;

/// <summary>The form of exported patches.</summary>
public enum PatchForm
{
    /// <summary>A folder with one file a mail, in Debian's form (DEP-3), and the file <c>series</c>.</summary>
    Quilt,

    /// <summary>One mailbox, for <c>git am</c>.</summary>
    Mbox,

    /// <summary>One file a mail, numbered, with a cover letter, for <c>git send-email</c>.</summary>
    SendEmail,
}

/// <summary>Writes patches in the forms that other tools take. All give the tree that the build has.</summary>
/// <param name="session">The patches.</param>
internal sealed class PatchExporter(PatchSession session)
{
    private const string Mailbox = "patches.mbox";
    private const string Series = "series";
    private const string DiffLine = "\n---\n";

    private readonly GitRepository git = session.Bench.Git;

    /// <summary>Writes patches into a folder that is new.</summary>
    /// <param name="form">The form.</param>
    /// <param name="only">The name of the one patch; null: all.</param>
    /// <param name="folder">The folder; full path.</param>
    /// <returns>The names of what was written, in order.</returns>
    /// <exception cref="BuildException">There is nothing to write.</exception>
    public IReadOnlyList<string> Write(PatchForm form, string? only, string folder)
    {
        PatchSteps[] chosen = [.. session.Patches.Where(patch => only is null || patch.Listed.Name == only)];
        string start = chosen[0].Before;
        string tip = start;
        var owners = new List<PatchSteps>();
        foreach (PatchSteps patch in chosen)
        {
            tip = session.CommitMails(patch, tip, message => form is PatchForm.SendEmail ? message.ForUpstream : message.Whole);
            owners.AddRange(patch.Mails.Select(_ => patch));
        }

        string partial = folder + Files.PartialSuffix;
        Files.Delete(partial);
        Directory.CreateDirectory(partial);
        IReadOnlyList<string> names = form switch
        {
            PatchForm.Mbox => WriteMailbox(partial, start, tip),
            PatchForm.Quilt => WriteQuilt(partial, start, tip, owners),
            _ => WriteMails(partial, start, tip, chosen),
        };
        Files.Replace(partial, folder);
        return names;
    }

    private string[] WriteMailbox(string folder, string start, string tip)
    {
        git.Run(["format-patch", $"--output={Path.Combine(folder, Mailbox)}", .. PatchRefresher.Form, $"{start}..{tip}"]);
        return [Mailbox];
    }

    private string[] WriteQuilt(string folder, string start, string tip, List<PatchSteps> owners)
    {
        git.Run(["format-patch", "--output-directory", folder, .. PatchRefresher.Form, $"{start}..{tip}"]);
        string[] names = NamesIn(folder);
        foreach ((string name, PatchSteps owner) in names.Zip(owners))
        {
            string file = Path.Combine(folder, name);
            File.WriteAllBytes(file, Encoding.Latin1.GetBytes(InDebiansForm(Encoding.Latin1.GetString(File.ReadAllBytes(file)), owner)));
        }

        Files.Write(Path.Combine(folder, Series), string.Concat(names.Select(name => name + "\n")));
        return [.. names, Series];
    }

    /// <summary>The fields go from the message, or from the record of a patch of others, into the headers.</summary>
    private static string InDebiansForm(string mail, PatchSteps owner)
    {
        int headers = mail.IndexOf("\n\n", StringComparison.Ordinal) + 1;
        int end = mail.IndexOf(DiffLine, StringComparison.Ordinal) + 1;
        (string text, IReadOnlyList<(string Name, string Value)> own) = Dep3.Split(mail[headers..end]);
        (string Name, string Value)[] ours = [.. own.Where(field => Dep3.Names.Contains(field.Name) && field.Name != "Author")];
        IEnumerable<(string Name, string Value)> fields = ours.Length > 0 ? ours
            : owner.Listed.Description is { } described ? Dep3.Of(described)
            : owner.Listed.File.From is not null ? [("Origin", "vendor")]
            : [];
        string rest = string.Join(
            '\n', own.Except(ours).Where(field => field.Name != "Author").Select(field => $"{field.Name}: {field.Value}"));
        string head = mail[(mail.IndexOf('\n', StringComparison.Ordinal) + 1)..headers]
            .Replace("\nSubject: [PATCH] ", "\nSubject: ", StringComparison.Ordinal);
        return string.Concat(
            head, string.Concat(fields.Select(field => $"{field.Name}: {field.Value}\n")), "\n",
            text.Trim('\n') is { Length: > 0 } body ? body + "\n" : string.Empty,
            rest.Length > 0 ? $"\n{rest}\n" : string.Empty, mail[end..]);
    }

    private string[] WriteMails(string folder, string start, string tip, PatchSteps[] chosen)
    {
        PatchMessage first = session.Bench.MessageOf(chosen[0].Listed.File, chosen[0].Mails[0]);
        int mails = chosen.Sum(patch => patch.Mails.Count);
        string[] cover = mails > 1 ? ["--cover-letter", "--numbered"] : [];
        GitRepository named = git with
        {
            Environment = new Dictionary<string, string?>(git.Environment)
            {
                ["GIT_COMMITTER_NAME"] = first.Author,
                ["GIT_COMMITTER_EMAIL"] = first.Email,
                ["GIT_COMMITTER_DATE"] = first.Date.Length > 0 ? first.Date : git.Environment["GIT_COMMITTER_DATE"],
            },
        };
        named.Run(["format-patch", "--output-directory", folder, "--no-signature", "--no-base", .. cover, $"{start}..{tip}"]);
        string[] names = NamesIn(folder);
        if (mails > 1)
        {
            string file = Path.Combine(folder, names[0]);
            Files.Write(
                file,
                File.ReadAllText(file)
                    .Replace("*** SUBJECT HERE ***", TitleOf(chosen[0].Listed.Name), StringComparison.Ordinal)
                    .Replace("*** BLURB HERE ***", Blurb(chosen), StringComparison.Ordinal));
        }

        return names;
    }

    private string Blurb(PatchSteps[] chosen)
    {
        var text = new StringBuilder($"For {session.Component.Name} {session.Component.Version}");
        string[] before = [.. session.Patches.TakeWhile(patch => patch != chosen[0]).Select(patch => patch.Listed.Name)];
        text.Append(before.Length > 0 ? ", with these patches before:\n\n" : ".\n");
        foreach (string name in before)
        {
            text.Append("  ").Append(name).Append('\n');
        }

        return text.ToString();
    }

    // 0008-9pfs-keep-the-guest becomes 9pfs keep the guest
    private static string TitleOf(string name) => name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..].Replace('-', ' ');

    private static string[] NamesIn(string folder) =>
        [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];
}
