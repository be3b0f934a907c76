using System.Text.RegularExpressions;

namespace Qcw.Build.Components;

/// <summary>
/// Links between pages. Upstream's pages link to commands that Podman for Windows does not have (<c>podman mount</c>), to tutorials that
/// are not shipped, and to the index by the name that it had before it was renamed. In a browser all of these are "file not found".
/// </summary>
internal static partial class PodmanLinks
{
    private const string OldIndex = "podman-remote.html";

    /// <summary>A page without dead links: those to the index get its name, the others become plain text.</summary>
    /// <param name="page">The page's file name, for messages.</param>
    /// <param name="html">The page.</param>
    /// <param name="pages">The file names of all pages.</param>
    /// <param name="removed">Gets the targets of the links that became text.</param>
    /// <exception cref="BuildException">
    /// A link has another spelling than the page that it means: the conversion of links has failed.
    /// </exception>
    public static string Repair(string page, string html, IReadOnlySet<string> pages, ICollection<string> removed) =>
        Anchor().Replace(html, match =>
        {
            string target = match.Groups["target"].Value;
            string name = target.Split('#')[0];
            if (name.Length == 0 || Scheme().IsMatch(target) || pages.Contains(name))
            {
                return match.Value;
            }

            if (name == OldIndex)
            {
                return match.Value.Replace($"\"{OldIndex}", $"\"{PodmanDocs.Index}", StringComparison.Ordinal);
            }

            string meant = SourceEnding().Replace(name, ".html", 1); // the pattern also matches the empty end
            if (pages.Contains(meant))
            {
                throw new BuildException($"Podman's documentation: {page} links to {target}, but the page is called {meant}");
            }

            removed.Add(target);
            return match.Groups["text"].Value;
        });

    [GeneratedRegex("""<a\s[^>]*?href="(?<target>[^"]*)"[^>]*>(?<text>.*?)</a>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Anchor();

    [GeneratedRegex("^([A-Za-z][A-Za-z0-9+.-]*:|//)", RegexOptions.ExplicitCapture)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(\.[0-9])?(\.md|\.html)?$", RegexOptions.ExplicitCapture)]
    private static partial Regex SourceEnding();
}
