using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Updating;

/// <summary>A version of upstream's, as a scheme orders it.</summary>
internal sealed partial class OrderedVersion : IComparable<OrderedVersion>
{
    private readonly VersionScheme scheme;
    private readonly long[] numbers;
    private readonly (int Rank, long Which) stage;

    private OrderedVersion(string text, VersionScheme scheme, long[] numbers, (int Rank, long Which) stage) =>
        (Text, this.scheme, this.numbers, this.stage) = (text, scheme, numbers, stage);

    /// <summary>As upstream, or the line, writes it.</summary>
    public string Text { get; }

    /// <summary>True for a version that people are to install: no candidate, snapshot or version for developers.</summary>
    public bool IsRelease =>
        stage.Rank == Release && (scheme is not VersionScheme.EvenMinor || numbers.Length < 2 || numbers[1] % 2 == 0);

    // what is between two releases (4.5.0-dev) is less than the release of that number, and more than its candidates
    private const int Other = 3;
    private const int Release = 4;

    /// <summary>Reads a version.</summary>
    /// <returns>Null for a text that the scheme does not know.</returns>
    public static OrderedVersion? TryParse(string text, VersionScheme scheme)
    {
        Match match = (scheme is VersionScheme.Date ? Day() : Numbers()).Match(text);
        if (!match.Success)
        {
            return null;
        }

        var numbers = new List<long>();
        foreach (string part in match.Groups["numbers"].Value.Split('.', '-'))
        {
            numbers.Add(long.Parse(part, NumberStyles.None, CultureInfo.InvariantCulture));
        }

        if (match.Groups["commits"] is { Success: true } commits)
        {
            // git describe: so many commits behind the release
            numbers.AddRange(Enumerable.Repeat(0L, int.Max(0, 3 - numbers.Count)));
            numbers.Add(long.Parse(commits.Value, CultureInfo.InvariantCulture));
        }

        int rank = match.Groups["stage"].Value.ToLowerInvariant() switch
        {
            "alpha" or "a" => 0,
            "beta" or "b" or "pre" => 1,
            "rc" => 2,
            _ => match.Groups["other"].Success ? Other : Release,
        };
        long which = match.Groups["which"] is { Success: true, Value: var digits } ? long.Parse(digits, CultureInfo.InvariantCulture) : 0;
        return new OrderedVersion(text, scheme, [.. numbers], (rank, which));
    }

    /// <summary>
    /// True where both are of one branch: the numbers are the same but the last one, at most the first two. All dates are of one branch.
    /// </summary>
    public bool IsOfBranch(OrderedVersion other)
    {
        int length = int.Max(numbers.Length, other.numbers.Length);
        return scheme is VersionScheme.Date
            || Padded(this, length).SkipLast(1).Take(2).SequenceEqual(Padded(other, length).SkipLast(1).Take(2));
    }

    public int CompareTo(OrderedVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        int length = int.Max(numbers.Length, other.numbers.Length);
        int order = Padded(this, length).Zip(Padded(other, length), (one, two) => one.CompareTo(two)).FirstOrDefault(sign => sign != 0);
        return order != 0 ? order : stage.CompareTo(other.stage);
    }

    public override string ToString() => Text;

    private static IEnumerable<long> Padded(OrderedVersion version, int length) =>
        version.numbers.Concat(Enumerable.Repeat(0L, length - version.numbers.Length));

    [GeneratedRegex(
        @"^v?(?<numbers>[0-9]{1,18}(\.[0-9]{1,18}){0,7})"
        + @"(-(?<commits>[0-9]{1,18})-g[0-9a-f]{4,}|[-.~_]?(?<stage>alpha|beta|pre|rc|a|b)[.-]?(?<which>[0-9]{1,9})?"
        + @"|(?<other>[-.~_]?[A-Za-z][A-Za-z0-9.~-]*))?(\+[A-Za-z0-9.~+-]*)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();

    [GeneratedRegex(@"^v?(?<numbers>[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}|[0-9]{4}\.[0-9]{2}\.[0-9]{2})\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Day();
}
