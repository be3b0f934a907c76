using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Go;

/// <summary>Windows' version of a file: four numbers, which installers compare from left to right.</summary>
public readonly partial record struct FileVersion(ushort Major, ushort Minor, ushort Build, ushort Revision)
{
    private const int Count = 4;

    /// <summary>
    /// The numbers of a version text. <c>0.5.0</c> gives 0.5.0.0; a text behind the numbers does not count, so
    /// <c>4.5.0-dev</c> gives 4.5.0.0; what <c>git describe</c> says counts the commits since a tag, which is the fourth number:
    /// <c>0.2.0-6-gcc6fb8a</c> gives 0.2.0.6.
    /// </summary>
    /// <exception cref="BuildException">It is no such text; the message quotes it and says what is accepted.</exception>
    public static FileVersion Of(string version)
    {
        Match match = Pattern().Match(version);
        List<string> texts = [.. match.Groups["numbers"].Value.Split('.')];
        if (match.Groups["commits"] is { Success: true } commits)
        {
            // a tag with four numbers has no place for a fifth
            texts.AddRange([.. Enumerable.Repeat("0", int.Max(0, Count - 1 - texts.Count)), commits.Value]);
        }

        ushort[] numbers = new ushort[Count];
        bool fits = match.Success && texts.Count <= Count
            && texts.Index().All(text => ushort.TryParse(text.Item, NumberStyles.None, CultureInfo.InvariantCulture, out numbers[text.Index]));
        return fits
            ? new FileVersion(numbers[0], numbers[1], numbers[2], numbers[3])
            : throw new BuildException(
                $"the version '{version}' cannot be a file version of Windows: accepted are one to four numbers up to {ushort.MaxValue}, then "
                + "-text, +text or, after at most three numbers, what git describe appends (4.5.0, 4.5.0-dev, 0.2.0-6-gcc6fb8a)");
    }

    /// <summary>As Windows shows it: <c>4.5.0.0</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Major}.{Minor}.{Build}.{Revision}");

    [GeneratedRegex(
        @"^v?(?<numbers>[0-9]+(\.[0-9]+)*)(-(?<commits>[0-9]+)-g[0-9a-f]{4,}|[-.~]?[A-Za-z][A-Za-z0-9.~-]*)?(\+[A-Za-z0-9.~+-]*)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
