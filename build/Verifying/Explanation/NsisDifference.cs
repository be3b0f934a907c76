using System.Globalization;

namespace Qcw.Build.Verifying.Explanation;

/// <summary>What differs between the scripts in two setup programs: their texts, else their instructions.</summary>
internal static class NsisDifference
{
    /// <summary>The differences; none where the scripts are the same.</summary>
    /// <param name="theirs">Published, a full path.</param>
    /// <param name="ours">Built here, a full path.</param>
    /// <exception cref="BuildException">One of them is damaged, or of an older NSIS.</exception>
    public static IReadOnlyList<string[]> Of(string theirs, string ours)
    {
        (NsisHeader published, NsisHeader built) = (NsisHeader.Read(theirs), NsisHeader.Read(ours));
        string[] gone = Without(published.Strings, built.Strings);
        string[] added = Without(built.Strings, published.Strings);
        if (gone.Length + added.Length > 0)
        {
            return
            [
                .. gone.Zip(added).Select(pair => (string[])["text of the setup's script:", .. Excerpt.Quotes(pair.First, pair.Second)]),
                .. gone.Skip(added.Length).Select(text => (string[])["text of the setup's script, only published: " + Excerpt.Quote(text)]),
                .. added.Skip(gone.Length)
                    .Select(text => (string[])["text of the setup's script, only built here: " + Excerpt.Quote(text)]),
            ];
        }

        int common = Math.Min(published.Entries.Count, built.Entries.Count);
        int first = Enumerable.Range(0, common)
            .FirstOrDefault(at => !published.Entries[at].SequenceEqual(built.Entries[at]), common);
        return first == common && published.Entries.Count == built.Entries.Count
            ? []
            : [
                [
                    $"instruction {first} of the setup's script, {published.Entries.Count} in all, {built.Entries.Count} built here:",
                    .. Excerpt.Both(Numbers(published, first), Numbers(built, first)),
                ],
            ];
    }

    // a text may stand there several times
    private static string[] Without(IReadOnlyList<string> texts, IReadOnlyList<string> others)
    {
        Dictionary<string, int> left = others.CountBy(text => text).ToDictionary();
        return
        [
            .. texts.Where(text =>
            {
                int count = left.GetValueOrDefault(text);
                left[text] = count - 1;
                return count <= 0;
            }),
        ];
    }

    private static string Numbers(NsisHeader header, int at) => at < header.Entries.Count
        ? string.Join(' ', header.Entries[at].Select(number => number.ToString("x", CultureInfo.InvariantCulture)))
        : "nothing: it ends before";
}
