using System.Text;
using System.Text.RegularExpressions;

namespace Qcw.Build.Attesting;

/// <summary>Names of the Common Platform Enumeration, version 2.3: how the American database of vulnerabilities knows products.</summary>
public static partial class Cpe
{
    /// <summary>The name of a version of an application.</summary>
    /// <param name="product">Supplier and product with a colon between, as a line has them.</param>
    /// <param name="version">Upstream's version text; what follows a hyphen is the update: <c>8.0.0-rc2</c>.</param>
    public static string Of(string product, string version)
    {
        Match match = Update().Match(version);
        (string number, string update) = match.Success ? (match.Groups[1].Value, match.Groups[2].Value) : (version, "*");
        string update23 = update == "*" ? update : Escape(update);
        return $"cpe:2.3:a:{string.Join(':', product.Split(':').Select(Escape))}:{Escape(number)}:{update23}:*:*:*:*:*:*";
    }

    // letters, digits, _ - . stay as they are in the formatted string
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char letter in text)
        {
            escaped.Append(char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' ? string.Empty : "\\").Append(letter);
        }

        return escaped.ToString();
    }

    [GeneratedRegex("^(v?[0-9][0-9.]*)-?((?:alpha|beta|rc)[0-9]*)$")]
    private static partial Regex Update();
}
