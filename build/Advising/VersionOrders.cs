using System.Text.RegularExpressions;

namespace Qcw.Build.Advising;

/// <summary>
/// A semantic version (<see href="https://semver.org">2.0.0</see>) with as many numbers as there are: those of Go's modules (pseudo
/// versions, too) and releases, and upstream's, such as <c>8.0.0-rc2</c>, <c>1.20</c> and what git describe makes.
/// </summary>
internal sealed partial class SemanticVersion : IComparable<SemanticVersion>, IComparable
{
    private readonly string[] numbers;
    private readonly string[] before;

    private SemanticVersion(string[] numbers, string[] before) => (this.numbers, this.before) = (numbers, before);

    /// <summary>Reads a version.</summary>
    /// <returns>Null for a text that is none, such as a commit.</returns>
    public static SemanticVersion? TryParse(string text)
    {
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return null;
        }

        List<string> numbers = [.. match.Groups["numbers"].Value.Split('.')];
        if (match.Groups["commits"] is { Success: true } commits)
        {
            // so many commits behind the release
            numbers.AddRange([.. Enumerable.Repeat("0", int.Max(0, 3 - numbers.Count)), commits.Value]);
        }

        string[] before = match.Groups["before"] is { Success: true } group
            ? [.. group.Value.Split('.').SelectMany(word => Counted().Match(word) is { Success: true } counted
                ? [counted.Groups[1].Value, counted.Groups[2].Value] : (string[])[word])]
            : [];
        return new SemanticVersion([.. numbers], before);
    }

    int IComparable.CompareTo(object? obj) => CompareTo(obj as SemanticVersion);

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        for (int at = 0; at < int.Max(numbers.Length, other.numbers.Length); at++)
        {
            int order = Digits.Compare(numbers.ElementAtOrDefault(at) ?? "0", other.numbers.ElementAtOrDefault(at) ?? "0");
            if (order != 0)
            {
                return order;
            }
        }

        return (before.Length, other.before.Length) switch
        {
            (0, 0) => 0,
            (0, _) => 1,
            (_, 0) => -1,
            _ => before.Zip(other.before, Identifiers).FirstOrDefault(order => order != 0) is var order and not 0
                ? order : before.Length.CompareTo(other.before.Length),
        };
    }

    // numbers come before words
    private static int Identifiers(string one, string other) => (Digits.Are(one), Digits.Are(other)) switch
    {
        (true, true) => Digits.Compare(one, other),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(one, other),
    };

    [GeneratedRegex(
        @"^v?(?<numbers>[0-9]+(\.[0-9]+)*)"
        + @"(-(?<commits>[0-9]+)-g[0-9a-f]{4,}|[-.~]?(?<before>(alpha|beta|rc)[0-9]*)|-(?<before>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?"
        + @"(\+[0-9A-Za-z.+~-]*)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();

    // rc10 comes after rc9, as those who count so mean it
    [GeneratedRegex("^([A-Za-z]+)([0-9]+)\\z")]
    private static partial Regex Counted();
}

/// <summary>Numbers of any length, as text.</summary>
internal static class Digits
{
    /// <summary>True for a text of digits only.</summary>
    public static bool Are(string text) => text.Length > 0 && text.All(char.IsAsciiDigit);

    /// <summary>Compares two numbers; an empty one is 0.</summary>
    public static int Compare(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        one = one.TrimStart('0');
        other = other.TrimStart('0');
        return one.Length != other.Length ? one.Length.CompareTo(other.Length) : one.CompareTo(other, StringComparison.Ordinal);
    }
}
