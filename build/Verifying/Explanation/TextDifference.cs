using System.Text;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>What differs between two texts.</summary>
internal static class TextDifference
{
    private const char ByteOrderMark = '\ufeff';

    /// <summary>The first line that differs, with both texts, and how many do.</summary>
    /// <param name="theirs">Published, a full path.</param>
    /// <param name="ours">Built here, a full path.</param>
    public static IReadOnlyList<string[]> Of(string theirs, string ours)
    {
        (string published, string built) = (Read(theirs), Read(ours));
        var found = new List<string[]>();
        if (published.StartsWith(ByteOrderMark) != built.StartsWith(ByteOrderMark))
        {
            string which = built.StartsWith(ByteOrderMark) ? "the one built here" : "the published one";
            found.Add([$"only {which} begins with a byte order mark"]);
        }

        string[] one = Lines(published);
        string[] other = Lines(built);
        int first = one.AsSpan().CommonPrefixLength(other);
        if (first == one.Length && first == other.Length)
        {
            if (found.Count == 0)
            {
                found.Add(
                [
                    "the lines are the same, but not how they end",
                    .. Excerpt.Both(Ends(published), Ends(built)),
                ]);
            }

            return found;
        }

        // lines that were put in or left out move all that follow
        int last = 0;
        while (last < Math.Min(one.Length, other.Length) - first && one[^(last + 1)] == other[^(last + 1)])
        {
            last++;
        }

        int more = Math.Max(one.Length, other.Length) - last - first - 1;
        found.Add(
        [
            $"line {first + 1}{(more > 0 ? $", and {more} more up to the last difference" : string.Empty)}:",
            .. first < one.Length && first < other.Length
                ? Excerpt.Quotes(one[first], other[first])
                : Excerpt.Both(Line(one, first), Line(other, first)),
        ]);
        return found;
    }

    private static string Read(string file) => new UTF8Encoding(false).GetString(File.ReadAllBytes(file));

    private static string[] Lines(string text) => text.TrimStart(ByteOrderMark).ReplaceLineEndings("\n").Split('\n');

    private static string Line(string[] lines, int at) => at < lines.Length ? Excerpt.Quote(lines[at]) : "nothing: it ends before";

    private static string Ends(string text) =>
        $"{Count(text, "\r\n")} lines with CRLF, {Count(text, "\n") - Count(text, "\r\n")} with LF";

    private static int Count(string text, string what) => text.AsSpan().Count(what);
}
