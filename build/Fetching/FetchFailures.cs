namespace Qcw.Build.Fetching;

/// <summary>Puts the failures of one fetch into one error.</summary>
internal static class FetchFailures
{
    /// <summary>Nothing happens where there are none; a single one goes on as it is.</summary>
    public static void Throw(IReadOnlyList<BuildException> failures)
    {
        // the remedy, often the same for all, stands once, behind the last one that has it
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

        var parts = others.Select(e => e.Message).ToList();
        if (missing.Count > 0)
        {
            parts.Add($"--offline: {(missing.Count == 1 ? "this is" : $"these {missing.Count} are")} in neither the cache nor the mirror\n  {string.Join("\n  ", missing.Select(e => e.Entry))}\n{Remedies.Offline}");
        }

        throw new BuildException(string.Join("\n", parts), failures[0]);
    }
}
