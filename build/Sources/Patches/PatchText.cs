using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Sources.Patches;

/// <summary>
/// Reads a patch: its mails, files and hunks. It is read for messages, and so that what is refused is refused by name; what counts for
/// safety is checked once more in git's result (<see cref="PatchResult"/>), since two readers may read differently.
/// </summary>
/// <remarks>
/// A mail has a message, which ends at the first line <c>---</c>; what is before it is never applied. A message may have a diff in it, and
/// a mail need not have that line. So a diff before the line counts as part of the message only in a mail as git writes it: with a line
/// <c>From</c> above its headers, and a diffstat below the <c>---</c>. Elsewhere diffs before and after such a line are refused.
/// </remarks>
internal sealed partial class PatchText
{
    private const string Description = "Description";
    private const string MessageEnd = "---";

    // the pattern takes time by the square of the length
    private const int LongestMailStart = 500;

    private readonly List<PatchMail> mails = [];
    private readonly string[] lines;
    private PatchMail mail;
    private PatchSection? section;
    private int oldLeft;
    private int newLeft;

    private PatchText(string text)
    {
        lines = text.Split('\n');
        mail = new PatchMail(1);
        mails.Add(mail);
        int first = Math.Max(0, Array.FindIndex(lines, line => !string.IsNullOrWhiteSpace(line)));
        int index = first;
        if (lines[first].StartsWith("From ", StringComparison.Ordinal))
        {
            mail.IsGits = true;
            index = ReadHeaders(first + 1);
        }
        else if (HeaderLine().IsMatch(lines[first]))
        {
            index = ReadHeaders(first);
        }

        for (; index < lines.Length; index++)
        {
            index = ReadLine(index);
        }

        for (int number = 0; number < mails.Count; number++)
        {
            int end = number + 1 < mails.Count ? mails[number + 1].FirstLine - 1 : lines.Length;
            string part = string.Join('\n', lines[(mails[number].DiffLine - 1)..end]);
            mails[number].Text = end < lines.Length ? part + '\n' : part;
            SetMessage(mails[number], end);
        }
    }

    /// <summary>Its mails in order; one where it is a bare diff. A cover letter is a mail without files.</summary>
    public IReadOnlyList<PatchMail> Mails => mails;

    /// <summary>
    /// True where the lines that name files end with CR LF: then all lines do, and git would look for file names that end with CR.
    /// </summary>
    public bool HasCarriageReturns { get; private set; }

    /// <summary>Reads a patch.</summary>
    public static PatchText Parse(ReadOnlySpan<byte> bytes) => new(Encoding.Latin1.GetString(bytes));

    private void SetMessage(PatchMail mail, int end)
    {
        int messageEnd = mail.HasMessageEnd ? mail.DiffLine - 2 : mail.Sections.Count > 0 ? mail.Sections[0].Line - 1 : end;
        mail.Message = Between(mail.HeaderEnd, messageEnd);
        mail.Whole = Between(mail.FirstLine - 1, messageEnd);

        string Between(int from, int to) => from < to
            ? Utf8(string.Join('\n', lines[from..to]).Replace("\r", string.Empty, StringComparison.Ordinal)) + '\n'
            : string.Empty;
    }

    private int ReadLine(int index)
    {
        string line = lines[index];
        if (IsMessageEnd(index))
        {
            mail.EndMessage(index + 1, hasDiffStat: HasDiffStat(index + 1));
            section = null;
            oldLeft = newLeft = 0;
        }
        else if (oldLeft > 0 || newLeft > 0)
        {
            ReadHunkLine(line);
        }
        else if (line.Length < LongestMailStart && line.StartsWith("From ", StringComparison.Ordinal) && MailStart().IsMatch(line)
            && index + 1 < lines.Length && HeaderLine().IsMatch(lines[index + 1]))
        {
            mail = new PatchMail(index + 1) { IsGits = true };
            mails.Add(mail);
            section = null;
            return ReadHeaders(index + 1) - 1;
        }
        else if (line.StartsWith("diff --git ", StringComparison.Ordinal))
        {
            section = mail.AddSection(index + 1);
            PatchHeader.ReadGitLine(section, Ended(line));
        }
        else if (line.StartsWith("--- ", StringComparison.Ordinal)
            && index + 1 < lines.Length && lines[index + 1].StartsWith("+++ ", StringComparison.Ordinal))
        {
            section = section is { HasFileLines: false } ? section : mail.AddSection(index + 1);
            PatchHeader.ReadFileLines(section, Ended(line), Ended(lines[index + 1]));
            return index + 1;
        }
        else if (section is not null && HunkHeader().Match(line) is { Success: true } hunk)
        {
            oldLeft = Count(hunk.Groups[2]);
            newLeft = Count(hunk.Groups[4]);
            section.Add(Count(hunk.Groups[1]), line.TrimEnd('\r'), index + 1);
        }
        else if (BinaryLine().IsMatch(line))
        {
            // diff writes it where there is no line for the file
            section = section is { Hunks.Count: 0 } ? section : mail.AddSection(index + 1);
            section.LacksData = section.HasFileLines = true;
        }
        else if (section is not null)
        {
            PatchHeader.ReadExtendedLine(section, Utf8(line.TrimEnd('\r')));
        }

        return index;
    }

    // in a hunk the line takes away a line "--", unless the hunk is one that somebody cut short in a message
    private bool IsMessageEnd(int index) =>
        mail.Headers.Count > 0 && lines[index].TrimEnd() == MessageEnd
            && ((oldLeft <= 0 && newLeft <= 0) || (mail.IsGits && !mail.HasMessageEnd && HasDiffStat(index + 1)));

    private bool HasDiffStat(int index)
    {
        for (; index < lines.Length && !lines[index].StartsWith("diff --git ", StringComparison.Ordinal); index++)
        {
            if (lines[index].TrimEnd() == MessageEnd)
            {
                return false;
            }

            if (DiffStat().IsMatch(lines[index]))
            {
                return true;
            }
        }

        return false;
    }

    private void ReadHunkLine(string line)
    {
        switch (line.Length == 0 ? ' ' : line[0])
        {
            case '\\': // no newline at end of file
                break;
            case '-':
                oldLeft--;
                break;
            case '+':
                newLeft--;
                break;
            case ' ':
            case '\r':
                oldLeft--;
                newLeft--;
                break;
            default: // shorter than its header says: git refuses it, with the line
                oldLeft = newLeft = 0;
                break;
        }
    }

    private int ReadHeaders(int index)
    {
        string? last = null;
        for (; index < lines.Length; index++)
        {
            string line = Utf8(lines[index].TrimEnd('\r'));
            if (last is not null && line is [' ' or '\t', ..])
            {
                // a long header continues; of a description in Debian's headers (DEP-3) only the first line is the title
                if (last != Description || mail.Headers[last].Length == 0)
                {
                    mail.Headers[last] = $"{mail.Headers[last]} {line.Trim()}".Trim();
                }
            }
            else if (HeaderLine().IsMatch(line))
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                last = line[..colon];
                mail.Headers[last] = line[(colon + 1)..].Trim();
            }
            else
            {
                break;
            }
        }

        mail.HeaderEnd = index;
        return index;
    }

    private string Ended(string line)
    {
        HasCarriageReturns |= line.EndsWith('\r');
        return Utf8(line.TrimEnd('\r'));
    }

    private static string Utf8(string latin1) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin1));

    private static int Count(Group group) => group.Success ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 1;

    [GeneratedRegex(@"^From \S+ .*\d\d:\d\d:\d\d .*\d{4}\r?$")]
    private static partial Regex MailStart();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]*:( |\t|\r?$)")]
    private static partial Regex HeaderLine();

    [GeneratedRegex(@"^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@")]
    private static partial Regex HunkHeader();

    [GeneratedRegex(@"^Binary files .+ and .+ differ\r?$")]
    private static partial Regex BinaryLine();

    [GeneratedRegex(@"^ \d+ files? changed(,|\r?$)")]
    private static partial Regex DiffStat();
}

/// <summary>One mail of a patch series, or a whole patch that is no mail.</summary>
/// <param name="firstLine">The line of the patch file where it begins, counted from 1.</param>
internal sealed class PatchMail(int firstLine)
{
    private readonly List<PatchSection> sections = [];
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
    private int? doubtful;

    /// <summary>The line of the patch file where it begins, counted from 1.</summary>
    public int FirstLine { get; } = firstLine;

    /// <summary>The line of the patch file where what is applied begins, counted from 1: behind the message, if that has an end.</summary>
    public int DiffLine { get; private set; } = firstLine;

    /// <summary>True where it begins with a line <c>From</c>, as git writes mails.</summary>
    public bool IsGits { get; set; }

    /// <summary>True once the end of its message was read.</summary>
    public bool HasMessageEnd { get; private set; }

    /// <summary>The line <c>---</c> that has diffs before and after it, of which nobody knows what they are; null: there is none.</summary>
    public int? AmbiguousLine { get; private set; }

    /// <summary>
    /// What is applied of it: its bytes from <see cref="DiffLine"/> on, one character each (Latin-1), so that nothing is lost.
    /// </summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>The message below the headers, up to what is applied.</summary>
    public string Message { get; set; } = string.Empty;

    /// <summary>Headers and message, as git's <c>mailinfo</c> reads them.</summary>
    public string Whole { get; set; } = string.Empty;

    /// <summary>The index of the line behind the headers, counted from 0.</summary>
    public int HeaderEnd { get; set; } = firstLine - 1;

    /// <summary>The mail's headers; empty where it is no mail.</summary>
    public IDictionary<string, string> Headers => headers;

    /// <summary>The author line of a mail or of Debian's patch headers (DEP-3), or null.</summary>
    public string? From => headers.GetValueOrDefault("From") ?? headers.GetValueOrDefault("Author");

    /// <summary>The subject of a mail or the title in Debian's patch headers (DEP-3), or null.</summary>
    public string? Subject => headers.GetValueOrDefault("Subject") ?? headers.GetValueOrDefault("Description");

    /// <summary>What it does, a file each, in order.</summary>
    public IReadOnlyList<PatchSection> Sections => sections;

    /// <summary>Adds a file.</summary>
    public PatchSection AddSection(int line)
    {
        AmbiguousLine ??= doubtful;
        sections.Add(new PatchSection(line));
        return sections[^1];
    }

    /// <summary>Takes a line <c>---</c> for the end of the message, where it can be one.</summary>
    /// <param name="line">Counted from 1.</param>
    /// <param name="hasDiffStat">What follows is what git writes there.</param>
    public void EndMessage(int line, bool hasDiffStat)
    {
        if (sections.Count > 0 && (HasMessageEnd || !IsGits || !hasDiffStat))
        {
            doubtful ??= line;
        }
        else if (!HasMessageEnd)
        {
            HasMessageEnd = true;
            DiffLine = line + 1;
            sections.Clear();
        }
    }
}

/// <summary>What a patch does to one file.</summary>
/// <param name="line">The line of the patch file where it begins, counted from 1.</param>
internal sealed class PatchSection(int line)
{
    private readonly List<PatchHunk> hunks = [];

    /// <summary>The line of the patch file where it begins, counted from 1.</summary>
    public int Line => line;

    /// <summary>The path before, from the top of the tree; null where the file is new.</summary>
    public string? OldPath { get; set; }

    /// <summary>The path after, from the top of the tree; null where the file is deleted.</summary>
    public string? NewPath { get; set; }

    /// <summary>Paths as the patch writes them, its <c>a/</c> and <c>b/</c> included.</summary>
    public HashSet<string> WrittenPaths { get; } = new(StringComparer.Ordinal);

    /// <summary>Modes the patch names: <c>100644</c>, <c>120000</c>.</summary>
    public HashSet<string> Modes { get; } = new(StringComparer.Ordinal);

    /// <summary>True for a mode change, a rename, a copy, an empty file made or deleted, binary data: a change without hunks.</summary>
    public bool ChangesWithoutHunks { get; set; }

    /// <summary>True where the patch says that a binary file differs, and not how.</summary>
    public bool LacksData { get; set; }

    /// <summary>Its hunks in order.</summary>
    public IReadOnlyList<PatchHunk> Hunks => hunks;

    /// <summary>True once a hunk or the paths of <c>---</c> and <c>+++</c> were read.</summary>
    public bool HasFileLines { get; set; }

    /// <summary>All paths it touches.</summary>
    public IEnumerable<string> Paths => new[] { OldPath, NewPath }.OfType<string>().Distinct();

    /// <summary>Adds a hunk.</summary>
    public void Add(int oldStart, string header, int at) => hunks.Add(new PatchHunk(hunks.Count + 1, oldStart, header, at));
}

/// <summary>One hunk of a patch.</summary>
/// <param name="Number">Counted from 1 within its file.</param>
/// <param name="OldStart">The line of the old file where it begins.</param>
/// <param name="Header">The <c>@@</c> line.</param>
/// <param name="Line">The line of the patch file where it is, counted from 1.</param>
internal sealed record PatchHunk(int Number, int OldStart, string Header, int Line);
