using System.Text.RegularExpressions;

namespace Qcw.Build.Components;

/// <summary>Checks the pages that upstream's script has made.</summary>
internal static partial class PodmanPages
{
    /// <summary>Checks that there is a page for each name.</summary>
    /// <exception cref="BuildException">Names all that are missing.</exception>
    public static void RequireAll(IReadOnlySet<string> pages, IEnumerable<string> expected)
    {
        string[] missing = [.. expected.Where(page => !pages.Contains(page)).Distinct().Order(StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            throw new BuildException($"Podman's documentation lacks pages that it must have: {string.Join(", ", missing)}");
        }
    }

    /// <summary>Checks that a page is complete and can be read anywhere, without this machine and without a network.</summary>
    /// <param name="page">The page's file name, for messages.</param>
    /// <param name="html">The page.</param>
    /// <param name="folders">Folders of this machine that must not be named in it.</param>
    /// <exception cref="BuildException">Says what is wrong with which page.</exception>
    public static void Check(string page, string html, IEnumerable<string> folders)
    {
        if (string.IsNullOrWhiteSpace(html))
        {
            throw Wrong(page, "is empty: pandoc has not written it");
        }

        if (!html.TrimEnd().EndsWith("</html>", StringComparison.Ordinal))
        {
            throw Wrong(page, "is cut off: it does not end in </html>");
        }

        // links may lead elsewhere; what a browser loads by itself may not
        if (Loaded().Matches(html).Select(match => match.Groups["target"].Value).FirstOrDefault(IsElsewhere) is { } target)
        {
            throw Wrong(page, $"loads {target}, which is not part of it");
        }

        if (LinkToFile().Match(html) is { Success: true } link)
        {
            throw Wrong(page, $"links to a file of the machine it was made on: {link.Groups["target"].Value}");
        }

        if (folders.FirstOrDefault(folder => html.Contains(folder, StringComparison.Ordinal)) is { } found)
        {
            throw Wrong(page, $"names a folder of the machine it was made on: {found}");
        }
    }

    private static bool IsElsewhere(string target) => !target.StartsWith("data:", StringComparison.Ordinal);

    private static BuildException Wrong(string page, string what) => new($"Podman's documentation: {page} {what}");

    [GeneratedRegex("""<[a-z]+\s[^>]*?src="(?<target>[^"]*)"|<link\s[^>]*?href="(?<target>[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Loaded();

    [GeneratedRegex("""<a\s[^>]*?href="(?<target>(file:|/)[^"]*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex LinkToFile();
}
