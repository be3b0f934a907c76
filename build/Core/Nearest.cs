namespace Qcw.Build.Core;

/// <summary>Finds what somebody probably meant: for option, target, line and field names.</summary>
public static class Nearest
{
    /// <summary>
    /// The known name that needs the fewest edits (a character inserted, removed, replaced, or two neighbours swapped), or null if none is
    /// near enough to be a typing error: a third of the longer name at most, three edits at most. Upper and lower case count as equal. Of
    /// equally near names the first wins.
    /// </summary>
    public static string? Match(string given, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in known)
        {
            int allowed = Math.Clamp(Math.Max(given.Length, candidate.Length) / 3, 1, 3);

            // lengths that differ so much decide it already, so a megabyte of nonsense costs nothing
            if (given.Length == 0 || Math.Abs(given.Length - candidate.Length) > allowed)
            {
                continue;
            }

            int distance = Distance(given.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance <= allowed && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Damerau-Levenshtein distance in its optimal string alignment form, three rows at a time.</summary>
    private static int Distance(string a, string b)
    {
        int[] beforeLast = new int[b.Length + 1];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replace, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
