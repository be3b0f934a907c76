using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Fetching.Debian;

/// <summary>A version of a Debian package, in Debian's order: <c>[epoch:]upstream[-revision]</c>.</summary>
/// <remarks>Source of the order: deb-version(7), "Sorting algorithm".</remarks>
internal sealed partial class DebianVersion : IComparable<DebianVersion>, IComparable
{
    private readonly long epoch;

    private DebianVersion(string text, long epoch, string original, string? revision) =>
        (Text, this.epoch, Original, Revision) = (text, epoch, original, revision);

    /// <summary>As Debian writes it.</summary>
    public string Text { get; }

    /// <summary>Without epoch and revision: what the name of the <c>.orig</c> archive has.</summary>
    public string Original { get; }

    /// <summary>What follows the last hyphen; null: there is none.</summary>
    public string? Revision { get; }

    /// <summary>Without the epoch: what names of files have.</summary>
    public string InFileNames => Revision is null ? Original : $"{Original}-{Revision}";

    /// <summary>
    /// Upstream's version: without what Debian adds about its own archive (<c>+ds</c>, <c>+dfsg</c>), with the version behind
    /// <c>really</c> where Debian went back to an older one, and with <c>-rc1</c> where Debian writes <c>~rc1</c>.
    /// </summary>
    public string Upstream
    {
        get
        {
            string text = Original[(Original.LastIndexOf("really", StringComparison.Ordinal) is var at and >= 0 ? at + 6 : 0)..];
            return Repacked().Replace(text, string.Empty).Replace('~', '-');
        }
    }

    /// <summary>Reads a version.</summary>
    /// <returns>Null for a text that is none.</returns>
    public static DebianVersion? TryParse(string text)
    {
        Match match = Pattern().Match(text);
        return match.Success
            ? new DebianVersion(
                text,
                match.Groups["epoch"].Success ? long.Parse(match.Groups["epoch"].Value, CultureInfo.InvariantCulture) : 0,
                match.Groups["upstream"].Value,
                match.Groups["revision"].Success ? match.Groups["revision"].Value : null)
            : null;
    }

    /// <summary>The same without its epoch: an epoch is in no name of a file.</summary>
    public DebianVersion WithoutEpoch() => new(InFileNames, 0, Original, Revision);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as DebianVersion);

    public int CompareTo(DebianVersion? other) => other is null ? 1
        : epoch != other.epoch ? epoch.CompareTo(other.epoch)
        : Compare(Original, other.Original) is var original and not 0 ? original
        : Compare(Revision ?? "0", other.Revision ?? "0");

    public override string ToString() => Text;

    // in turns: what is no digit, letters before other signs and ~ before the end; then digits, as a number
    private static int Compare(string left, string right)
    {
        (int one, int other) = (0, 0);
        while (one < left.Length || other < right.Length)
        {
            while (IsSign(left, one) || IsSign(right, other))
            {
                int order = RankOf(left, one).CompareTo(RankOf(right, other));
                if (order != 0)
                {
                    return order;
                }

                one++;
                other++;
            }

            ReadOnlySpan<char> first = Number(left, ref one);
            ReadOnlySpan<char> second = Number(right, ref other);
            int difference = first.Length != second.Length ? first.Length.CompareTo(second.Length) : first.SequenceCompareTo(second);
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }

    private static bool IsSign(string text, int at) => at < text.Length && !char.IsAsciiDigit(text[at]);

    private static int RankOf(string text, int at) =>
        at >= text.Length || char.IsAsciiDigit(text[at]) ? 0
        : text[at] == '~' ? -1
        : char.IsAsciiLetter(text[at]) ? text[at]
        : text[at] + 256;

    private static ReadOnlySpan<char> Number(string text, ref int at)
    {
        int start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return text.AsSpan(start, at - start).TrimStart('0');
    }

    [GeneratedRegex(
        @"^((?<epoch>[0-9]{1,18}):)?(?<upstream>[0-9A-Za-z][0-9A-Za-z.+~-]*?)(-(?<revision>[0-9A-Za-z.+~]+))?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"[.+~-]?(ds|dfsg|repack)[0-9.]*\z|\+.*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Repacked();
}
