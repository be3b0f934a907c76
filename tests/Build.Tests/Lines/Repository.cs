namespace Qcw.Build.Tests.Lines;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    public static Paths Paths { get; } = new(Root(), Path.Combine(Root(), "artifacts"));

    /// <summary>All lines, for test case sources.</summary>
    public static IReadOnlyList<string> LineNames => new Build.Lines.LineLoader(Paths).Names;

    private static string Root()
    {
        string? folder = TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "build", "Versions", "line.schema.json")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("the tests do not stand in the repository");
    }
}
