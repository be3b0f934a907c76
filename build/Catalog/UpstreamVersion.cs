using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Catalog;

/// <summary>
/// An upstream version text and the numbers that Windows, Windows Installer and the setup programs compare. Every form ignores what follows
/// a <c>+</c>.
/// </summary>
public sealed partial record UpstreamVersion
{
    /// <summary>What is accepted, for error messages.</summary>
    public const string Accepted =
        "accepted are one to four numbers up to 65535, then optionally -alpha, -beta or -rc with a number, another -text, or, "
        + "after at most three numbers, what git describe appends, and last +text: "
        + "7.2.0, 8.0.0-rc2, 4.5.0-dev, 0.2.0-6-gcc6fb8a, 10.0.13+ds";

    private const int Count = 4;
    private const int LargestMsiNumber = 255;

    private UpstreamVersion(string text, FileVersion fileVersion, string? order)
    {
        Text = text;
        FileVersion = fileVersion;
        Order = order;
    }

    /// <summary>The text as upstream writes it: <c>4.5.0-dev</c>.</summary>
    public string Text { get; }

    /// <summary>
    /// The four numbers of a Windows file version. <c>4.5.0-dev</c> gives 4.5.0.0. <c>git describe</c> appends the number of commits since
    /// the tag; it becomes the fourth number, so <c>0.2.0-6-gcc6fb8a</c> gives 0.2.0.6.
    /// </summary>
    public FileVersion FileVersion { get; }

    /// <summary>
    /// The three numbers that Windows Installer compares: <c>4.5.0-dev</c> gives 4.5.0. Null if one of the first two exceeds 255
    /// (Microsoft's "ProductVersion property"). Builds that differ only after the third number replace each other.
    /// </summary>
    public string? MsiVersion => int.Max(FileVersion.Major, FileVersion.Minor) > LargestMsiNumber
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{FileVersion.Major}.{FileVersion.Minor}.{FileVersion.Build}");

    /// <summary>
    /// Six numbers to compare from left to right: <see cref="FileVersion"/>, then 0 for alpha, 1 for beta, 2 for a release candidate or 3
    /// for a release, then the number of the alpha, beta or candidate. <c>8.0.0-rc2</c> gives 8.0.0.0.2.2. Null after any other text:
    /// nothing says whether <c>4.5.0-dev</c> comes before or after 4.5.0.
    /// </summary>
    public string? Order { get; }

    /// <summary>Parses a version text.</summary>
    /// <exception cref="BuildException">The text is not a version; the message quotes it and says what is accepted.</exception>
    public static UpstreamVersion Parse(string text)
    {
        Match match = Pattern().Match(text);
        List<string> numbers = [.. match.Groups["numbers"].Value.Split('.')];
        if (match.Groups["commits"] is { Success: true } commits)
        {
            // after four numbers there is no place for a fifth
            numbers.AddRange([.. Enumerable.Repeat("0", int.Max(0, Count - 1 - numbers.Count)), commits.Value]);
        }

        ushort[] parsed = new ushort[Count];
        bool fits = match.Success && numbers.Count <= Count && numbers.Index().All(number =>
            ushort.TryParse(number.Item, NumberStyles.None, CultureInfo.InvariantCulture, out parsed[number.Index]));
        if (!fits)
        {
            throw new BuildException($"'{text}' is not a version; {Accepted}");
        }

        var fileVersion = new FileVersion(parsed[0], parsed[1], parsed[2], parsed[3]);
        return new UpstreamVersion(text, fileVersion, match.Groups["other"].Success ? null : $"{fileVersion}.{Stage(match)}");
    }

    public override string ToString() => Text;

    private static string Stage(Match match)
    {
        int rank = match.Groups["stage"].Value switch { "alpha" => 0, "beta" => 1, "rc" => 2, _ => 3 };
        string which = match.Groups["which"].Value.TrimStart('0');
        return string.Create(CultureInfo.InvariantCulture, $"{rank}.{(which.Length == 0 ? "0" : which)}");
    }

    // "stage" before "other": rc2 is a stage, rc1-12-gcc6fb8a and rc12345 are other texts
    [GeneratedRegex(
        @"^v?(?<numbers>[0-9]+(\.[0-9]+)*)"
        + @"(-(?<commits>[0-9]+)-g[0-9a-f]{4,}|[-.~]?(?<stage>alpha|beta|rc)[.-]?(?<which>[0-9]{1,4})?"
        + @"|(?<other>[-.~]?[A-Za-z][A-Za-z0-9.~-]*))?"
        + @"(\+[A-Za-z0-9.~+-]*)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}

/// <summary>The version of a file on Windows: four numbers, compared from left to right.</summary>
public readonly record struct FileVersion(ushort Major, ushort Minor, ushort Build, ushort Revision)
{
    /// <summary>As Windows shows it: <c>4.5.0.0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Build}.{Revision}");
}
