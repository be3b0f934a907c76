namespace Qcw.Build.Fetching;

/// <summary>Puts the failures of one fetch into one error.</summary>
internal static class FetchFailures
{
    /// <summary>Nothing happens where there are none; equal remedies stand once, at the end.</summary>
    public static void Throw(IReadOnlyList<BuildException> failures)
    {
        List<MissingOfflineException> missing = [.. failures.OfType<MissingOfflineException>().OrderBy(e => e.Entry, StringComparer.Ordinal)];
        List<BuildException> others = [.. failures.Where(e => e is not MissingOfflineException).OrderBy(e => e.Message, StringComparer.Ordinal)];
        if (missing.Count == 0 && others.Count <= 1)
        {
            if (others.Count == 1)
            {
                throw others[0];
            }

            return;
        }

        IEnumerable<string> parts = others.Select(e => e is FetchException fetch ? fetch.Problem : e.Message)
            .Concat(others.OfType<FetchException>().Select(e => e.Remedy).Distinct());
        if (missing.Count > 0)
        {
            string these = missing.Count == 1 ? "this is" : $"these {missing.Count} are";
            parts = parts.Append($"--offline: {these} in neither the cache nor the mirror\n  {string.Join("\n  ", missing.Select(e => e.Entry))}\n{Remedies.Offline}");
        }

        throw new BuildException(string.Join("\n", parts), failures[0]);
    }
}
