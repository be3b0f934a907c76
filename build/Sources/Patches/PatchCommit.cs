using System.Text;

namespace Qcw.Build.Sources.Patches;

/// <summary>A patch that is in a source tree as a commit.</summary>
/// <param name="Commit">The commit's id.</param>
/// <param name="Name">The patch's name.</param>
/// <param name="Sha256">Of the patch's bytes.</param>
internal sealed record PatchCommit(string Commit, string Name, string Sha256)
{
    private const string Trailer = "Qcw-Patch: ";

    /// <summary>True if this commit was made from these very bytes of the patch.</summary>
    public bool IsOf(PatchFile patch) => Name == patch.Name && Sha256 == patch.Sha256;

    /// <summary>The commit's message: the patch's name, who wrote it where that is known, and at the end what tells its bytes.</summary>
    public static string Message(PatchFile patch, PatchText text)
    {
        var message = new StringBuilder(patch.Name).Append("\n\n");
        foreach (PatchMail mail in text.Mails.Where(mail => (mail.From ?? patch.Author) is not null || mail.Subject is not null))
        {
            Append(message, "From: ", mail.From ?? patch.Author);
            Append(message, "Subject: ", mail.Subject);
            message.Append('\n');
        }

        return message.Append(Trailer).Append(patch.Sha256).Append('\n').ToString();
    }

    /// <summary>Reads a commit from its id and message; null where it is none of ours.</summary>
    public static PatchCommit? Parse(string commit, string message)
    {
        string[] lines = message.TrimEnd('\n').Split('\n');
        return lines[^1].StartsWith(Trailer, StringComparison.Ordinal)
            ? new PatchCommit(commit, lines[0], lines[^1][Trailer.Length..])
            : null;
    }

    private static void Append(StringBuilder message, string field, string? value)
    {
        if (value is not null)
        {
            message.Append(field).Append(string.Concat(value.Where(c => !char.IsControl(c)))).Append('\n');
        }
    }
}

/// <summary>Reports what was done with each patch.</summary>
internal static class AppliedPatches
{
    /// <summary>One line for each patch that is there now, then one for each that is no longer.</summary>
    /// <param name="log">Gets the lines.</param>
    /// <param name="component">The component's name.</param>
    /// <param name="before">What was applied before.</param>
    /// <param name="now">What is applied now.</param>
    /// <param name="kept">How many of the first were left alone.</param>
    public static void Write(BuildLog log, string component, IReadOnlyList<PatchCommit> before, IReadOnlyList<PatchFile> now, int kept)
    {
        for (int number = 0; number < now.Count; number++)
        {
            PatchFile patch = now[number];
            PatchCommit? old = before.FirstOrDefault(commit => commit.Name == patch.Name);
            string what = number < kept ? "up to date"
                : old is null ? "applied"
                : old.Sha256 == patch.Sha256 ? "unchanged, reapplied on top of the changed patch before it"
                : "changed, applied again";
            log.Step(component, "patch", $"{patch.Name}: {what}");
        }

        foreach (PatchCommit gone in before.Where(commit => now.All(patch => patch.Name != commit.Name)))
        {
            log.Step(component, "patch", $"{gone.Name}: dropped");
        }
    }
}
