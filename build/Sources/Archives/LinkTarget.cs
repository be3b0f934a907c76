namespace Qcw.Build.Sources.Archives;

/// <summary>Follows the symbolic links of a tree by their texts, without touching the disk.</summary>
internal static class LinkTarget
{
    // the limit of Linux
    private const int MaximumLinks = 40;

    /// <summary>Why a symbolic link is refused, or null where every step of following it stays inside the tree.</summary>
    /// <param name="link">The link's path from the top of the tree.</param>
    /// <param name="links">All symbolic links of the tree: path from the top, target as written.</param>
    /// <remarks>
    /// Reading <c>..</c> off the text is not enough: where <c>a/b</c> is itself a link to a folder further up, <c>a/b/..</c> is not
    /// <c>a</c>. So each part is followed as the system would.
    /// </remarks>
    public static string? Problem(string link, IReadOnlyDictionary<string, string> links)
    {
        if (TextProblem(links[link]) is { } problem)
        {
            return problem;
        }

        var place = new List<string>(EntryPath.Segments(link)[..^1]);
        var rest = new Stack<string>(EntryPath.Segments(links[link]).Reverse());
        int followed = 1;
        while (rest.TryPop(out string? part))
        {
            if (part == "..")
            {
                if (place.Count == 0)
                {
                    return $"it points outside the tree (to {links[link]})";
                }

                place.RemoveAt(place.Count - 1);
                continue;
            }

            place.Add(part);
            if (!links.TryGetValue(string.Join('/', place), out string? next))
            {
                continue;
            }

            if (++followed > MaximumLinks)
            {
                return $"it points in a circle (to {links[link]})";
            }

            if (TextProblem(next) is not null)
            {
                return $"it points outside the tree (to {links[link]}, by way of {string.Join('/', place)})";
            }

            place.RemoveAt(place.Count - 1);
            foreach (string segment in EntryPath.Segments(next).Reverse())
            {
                rest.Push(segment);
            }
        }

        // a link to the .git folder would let a patch write there
        return place.Any(EntryPath.IsGitFolder) ? $"it points into a .git folder (to {links[link]})" : null;
    }

    private static string? TextProblem(string target)
    {
        if (target.Length == 0)
        {
            return "it points nowhere";
        }

        if (target[0] == '/' || target.Contains('\\', StringComparison.Ordinal)
            || (target.Length > 1 && target[1] == ':' && char.IsAsciiLetter(target[0])))
        {
            return $"it points outside the tree (to {target})";
        }

        return target.Contains('\uFFFD', StringComparison.Ordinal) || target.Contains('\0', StringComparison.Ordinal)
            ? "its target is not valid UTF-8" : null;
    }
}
