namespace Qcw.Integration.Tests.Documentation;

/// <summary>A page of the guide.</summary>
public static class GuidePage
{
    /// <summary>The lines of a page's code blocks that contain one of some texts.</summary>
    /// <param name="page">Path in the repository, with slashes.</param>
    /// <param name="texts">What a line has to contain.</param>
    public static string[] Commands(string page, params string[] texts) =>
        [
            .. File.ReadLines(Path.Combine(Repository.Root, page))
                .Where(line => line.StartsWith("    ", StringComparison.Ordinal)
                    && texts.Any(text => line.Contains(text, StringComparison.Ordinal)))
                .Select(line => line.Trim()),
        ];
}
