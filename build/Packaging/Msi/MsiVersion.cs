using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// The part of a version text that Windows Installer compares: three numbers, of which the first two are at most 255 and the third
/// at most 65535 (Microsoft's "ProductVersion property"). Builds that differ only in what follows replace each other.
/// </summary>
public static partial class MsiVersion
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Accepted = "accepted are one to four numbers, the first two at most 255, the others at most 65535, then -anything or +anything: 4.5.0-dev";

    /// <summary>Takes the three numbers out of a version text: <c>4.5.0-dev</c> gives <c>4.5.0</c>.</summary>
    public static bool TryParse(string text, out string productVersion)
    {
        productVersion = "0.0.0";
        Match match = Pattern().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var numbers = new List<int>();
        foreach (string part in match.Groups["numbers"].Value.Split('.'))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number > (numbers.Count < 2 ? 255 : 65535))
            {
                return false;
            }

            numbers.Add(number);
        }

        productVersion = string.Join('.', numbers.Concat([0, 0]).Take(3));
        return true;
    }

    [GeneratedRegex("^(?<numbers>[0-9]+(\\.[0-9]+){0,3})([-+~][A-Za-z0-9.~+-]*)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
