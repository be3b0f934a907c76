namespace Qcw.Build.Tests.Catalog;

/// <summary>A copy of the repository's lines, keys and patches that a test may break.</summary>
internal sealed class LineFolder : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LineFolder()
    {
        Copy(Repository.Paths.Versions, Path.Combine("build", "Catalog", "Versions"));
        Copy(Repository.Paths.Patches, "patches");
        Paths = new Paths(folder.Path, Path.Combine(folder.Path, "artifacts"));
    }

    /// <summary>The lines of the repository, for test case sources.</summary>
    public static IReadOnlyList<string> RealNames => new ReleaseLines(Repository.Paths).Names;

    public Paths Paths { get; }

    /// <summary>The smallest line there can be, with one component in place of the marks.</summary>
    public static string Minimal(
        string component, string libraries = """ "toolchain": { "version": "1", "source": { "kind": "recipe" } } """
    ) =>
        $$"""
            {
              "line": "test",
              "description": "A line for tests.",
              "sourceDateEpoch": "2023-04-30T00:00:00Z",
              "components": { {{component}} },
              "libraries": { {{libraries}} }
            }
            """;

    public void Write(string relative, string content) => folder.Write(relative, content);

    public void WriteLine(string name, string content) => Write($"build/Catalog/Versions/{name}.json", content);

    public ReleaseLine Load(string name) => new ReleaseLines(Paths).Load(name);

    /// <summary>What the loader says about a line with that content; empty where it accepts it.</summary>
    public IReadOnlyList<string> Errors(string name, string content)
    {
        WriteLine(name, content);
        return Errors(name);
    }

    /// <summary>What the loader says about a line; empty where it accepts it. Anything but a refusal fails the test.</summary>
    public IReadOnlyList<string> Errors(string name)
    {
        try
        {
            Load(name);
            return [];
        }
        catch (UsageException refusal)
        {
            return refusal.Message.Split('\n');
        }
    }

    public void Dispose() => folder.Dispose();

    private void Copy(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            Write(Path.Combine(to, Path.GetRelativePath(from, file)), File.ReadAllText(file));
        }
    }
}
