using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging;

/// <summary>A version text taken apart, so that installers of two versions can be put in order.</summary>
/// <param name="Numbers">Four numbers, each at most 65535: Windows' file version. <c>7.2.0</c> gives 7.2.0.0.</param>
/// <param name="Order">Numbers to compare from left to right: the four, then 0 alpha, 1 beta, 2 release candidate, 3 release, then which one.</param>
public sealed partial record InstallerVersion(string Numbers, string Order)
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "accepted are one to four numbers, then -alpha, -beta or -rc with a number, then +anything: 7.2.0, 8.0.0-rc2, 10.0.13+ds";

    /// <summary>Takes a version text apart. What stands behind a <c>+</c> does not count for the order.</summary>
    public static bool TryParse(string text, out InstallerVersion version)
    {
        version = new InstallerVersion("0.0.0.0", "0.0.0.0.3.0");
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var numbers = new List<int>();
        foreach (string part in match.Groups["numbers"].Value.Split('.'))
        {
            if (!ushort.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            {
                return false;
            }

            numbers.Add(number);
        }

        string four = string.Join('.', numbers.Concat(Enumerable.Repeat(0, 4 - numbers.Count)));
        int rank = match.Groups["stage"].Value switch { "alpha" => 0, "beta" => 1, "rc" => 2, _ => 3 };
        string which = match.Groups["which"].Value.TrimStart('0') is { Length: > 0 } digits ? digits : "0";
        version = new InstallerVersion(four, $"{four}.{rank}.{which}");
        return true;
    }

    [GeneratedRegex(@"^(?<numbers>[0-9]+(\.[0-9]+){0,3})([-.~]?(?<stage>alpha|beta|rc)[.-]?(?<which>[0-9]{1,4})?)?(\+[A-Za-z0-9.~+-]*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
