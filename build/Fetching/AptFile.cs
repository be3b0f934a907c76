using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Fetching;

/// <summary>A file of Debian's archive, as apt's signed index describes it.</summary>
/// <param name="Uri">As apt takes it; need not be a URL that others understand.</param>
/// <param name="Name">File name.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
public sealed partial record AptFile(string Uri, string Name, long Size, string Sha256)
{
    /// <summary>Reads what <c>--print-uris</c> prints; lines of another kind are passed over.</summary>
    public static IReadOnlyList<AptFile> Parse(string output) =>
        [.. Line().Matches(output).Select(match => new AptFile(
            match.Groups[1].Value, match.Groups[2].Value, long.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture), match.Groups[4].Value))];

    [GeneratedRegex("^'([^']+)' (\\S+) ([0-9]+) SHA256:([0-9a-f]{64})\\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
