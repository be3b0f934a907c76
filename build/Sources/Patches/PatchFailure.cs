using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Sources.Patches;

/// <summary>Says what is wrong with a patch that does not apply: the file, the hunk and why, from what git says.</summary>
internal static partial class PatchFailure
{
    /// <summary>One line for each file that fails.</summary>
    /// <param name="mail">The mail that failed.</param>
    /// <param name="error">What <c>git apply</c> wrote to standard error.</param>
    /// <param name="alreadyApplied">The mail can be undone, so it is in the source already.</param>
    /// <param name="onlyWhiteSpace">It would apply if white space did not count.</param>
    public static IReadOnlyList<string> Explain(PatchMail mail, string error, bool alreadyApplied, bool onlyWhiteSpace)
    {
        string[] lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        List<string> reasons = [.. lines.Select(line => Reason(mail, line, alreadyApplied, onlyWhiteSpace)).OfType<string>()];
        return reasons.Count > 0 ? reasons : lines;
    }

    private static string? Reason(PatchMail mail, string line, bool alreadyApplied, bool onlyWhiteSpace)
    {
        if (HunkFailed().Match(line) is { Success: true } hunk)
        {
            string why = alreadyApplied ? "already applied: the source has this change"
                : onlyWhiteSpace ? "the lines around the change differ from the source's in white space (or line ends) only"
                : "the lines around the change are not in the source";
            return $"{hunk.Groups[1].Value}: {Hunk(mail, hunk.Groups[1].Value, Number(hunk.Groups[2]))}: {why}";
        }

        if (FileMissing().Match(line) is { Success: true } missing)
        {
            return $"{missing.Groups[1].Value}: {FirstHunk(mail, missing.Groups[1].Value)}: "
                + (alreadyApplied ? "already applied: the source has this change" : "the source has no such file");
        }

        if (FileExists().Match(line) is { Success: true } present)
        {
            return $"{present.Groups[1].Value}: {FirstHunk(mail, present.Groups[1].Value)}: "
                + (
                    alreadyApplied
                        ? "already applied: the source has this change"
                        : "the patch creates this file, but the source has one already");
        }

        if (Corrupt().Match(line) is { Success: true } corrupt)
        {
            return $"line {Number(corrupt.Groups[1]) + mail.DiffLine - 1} of the patch: damaged or cut short, "
                + "a hunk does not have as many lines as its header says";
        }

        return BeyondLink().Match(line) is { Success: true } beyond
            ? $"{beyond.Groups[1].Value}: refused, it would be written through a symbolic link"
            : null;
    }

    private static int Number(Group group) => int.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    private static string Hunk(PatchMail mail, string file, int line)
    {
        foreach (PatchSection section in mail.Sections.Where(section => section.Paths.Contains(file)))
        {
            if (section.Hunks.FirstOrDefault(hunk => hunk.OldStart == line) is { } found)
            {
                return Describe(section, found);
            }
        }

        return $"the hunk at line {line}";
    }

    private static string FirstHunk(PatchMail mail, string file) =>
        mail.Sections.FirstOrDefault(section => section.Paths.Contains(file)) is not { } section ? "in the patch"
        : section.Hunks.Count > 0 ? Describe(section, section.Hunks[0])
        : $"line {section.Line} of the patch";

    private static string Describe(PatchSection section, PatchHunk hunk) =>
        $"hunk {hunk.Number} of {section.Hunks.Count}, {hunk.Header} (line {hunk.Line} of the patch)";

    [GeneratedRegex(@"^error: patch failed: (.+):(\d{1,9})$")]
    private static partial Regex HunkFailed();

    [GeneratedRegex(@"^error: (.+): (?:does not exist in index|No such file or directory|does not match index)$")]
    private static partial Regex FileMissing();

    [GeneratedRegex(@"^error: (.+): already exists in (?:index|working directory)$")]
    private static partial Regex FileExists();

    [GeneratedRegex(@"^error: (?:corrupt|garbage|truncated).* at line (\d{1,9})\b")]
    private static partial Regex Corrupt();

    [GeneratedRegex(@"^error: affected file '(.+)' is beyond a symbolic link$")]
    private static partial Regex BeyondLink();
}
