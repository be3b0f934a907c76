using System.Globalization;
using System.Text;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>Where two pieces of data begin to differ, and what stands there, as text where it is text.</summary>
internal static class Excerpt
{
    /// <summary>The most characters of a text that are shown.</summary>
    public const int Longest = 72;

    private const int Shortest = 4;
    private const int HexBytes = 12;

    /// <summary>The first place at which the bytes differ; null: they do not.</summary>
    public static int? FirstDifference(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ours)
    {
        int common = theirs.CommonPrefixLength(ours);
        return common == theirs.Length && common == ours.Length ? null : common;
    }

    /// <summary>How many bytes differ, for people; where one side is longer, its rest counts.</summary>
    public static string HowMany(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ours) => Count(theirs, ours) is var count && count == 1
        ? "1 byte differs"
        : string.Create(CultureInfo.InvariantCulture, $"{count:N0} bytes differ");

    private static int Count(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ours)
    {
        int common = Math.Min(theirs.Length, ours.Length);
        int count = Math.Max(theirs.Length, ours.Length) - common;
        for (int at = 0; at < common; at++)
        {
            count += theirs[at] == ours[at] ? 0 : 1;
        }

        return count;
    }

    /// <summary>Both sides of a place, one line each.</summary>
    /// <param name="theirs">Published.</param>
    /// <param name="ours">Built here.</param>
    /// <param name="at">Where they begin to differ.</param>
    public static string[] Lines(ReadOnlySpan<byte> theirs, ReadOnlySpan<byte> ours, int at)
    {
        (string one, string other) = (Show(theirs, at), Show(ours, at));
        // one side may have text where the other has none: then neither is shown as text
        if (one.StartsWith('"') != other.StartsWith('"') && at < Math.Min(theirs.Length, ours.Length))
        {
            (one, other) = (Hex(theirs, at), Hex(ours, at));
        }

        return Both(one, other);
    }

    /// <summary>Two texts, one line each.</summary>
    public static string[] Both(string theirs, string ours) => [$"  published:  {theirs}", $"  built here: {ours}"];

    /// <summary>A text in quotation marks, cut around a place; nothing in it gives orders to a terminal.</summary>
    public static string Quote(string text, int around = 0)
    {
        int from = text.Length <= Longest ? 0 : Math.Clamp(around - (Longest / 2), 0, text.Length - Longest);
        string part = text.Length <= Longest ? text : text.Substring(from, Longest);
        string clean = string.Concat(part.Select(c => char.IsControl(c) ? '.' : c));
        return $"\"{(from > 0 ? "…" : string.Empty)}{clean}{(from + part.Length < text.Length ? "…" : string.Empty)}\"";
    }

    /// <summary>Two lines of text, cut around the place where they begin to differ.</summary>
    public static string[] Quotes(string theirs, string ours)
    {
        int at = theirs.AsSpan().CommonPrefixLength(ours);
        return Both(Quote(theirs, at), Quote(ours, at));
    }

    private static string Show(ReadOnlySpan<byte> bytes, int at)
    {
        if (at >= bytes.Length)
        {
            return "nothing: it ends before";
        }

        return Run(bytes, at, 1) ?? Run(bytes, at, 2) ?? Hex(bytes, at);
    }

    // the text around a place, of characters of one byte, or of two whose second is zero; null: there is none
    private static string? Run(ReadOnlySpan<byte> bytes, int at, int width)
    {
        static bool IsText(ReadOnlySpan<byte> bytes, int at, int width) =>
            at >= 0 && at + width <= bytes.Length && bytes[at] is >= 0x20 and < 0x7f && (width == 1 || bytes[at + 1] == 0);

        int middle = width == 2 && !IsText(bytes, at, 2) && IsText(bytes, at - 1, 2) ? at - 1 : at;
        if (!IsText(bytes, middle, width))
        {
            return null;
        }

        int from = middle;
        int to = middle;
        while (IsText(bytes, from - width, width))
        {
            from -= width;
        }

        while (IsText(bytes, to, width))
        {
            to += width;
        }

        if ((to - from) / width < Shortest)
        {
            return null;
        }

        string text = width == 1 ? Encoding.ASCII.GetString(bytes[from..to]) : Encoding.Unicode.GetString(bytes[from..to]);
        return Quote(text, (middle - from) / width);
    }

    private static string Hex(ReadOnlySpan<byte> bytes, int at) =>
        string.Join(' ', bytes[at..Math.Min(bytes.Length, at + HexBytes)].ToArray()
            .Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));
}
