namespace Qcw.Build.Tests.Catalog;

/// <summary>A line for tests that is based on one of the repository's, with every field that such a line can have.</summary>
internal static class BasedLine
{
    public const string Name = "based";

    public const string Json = """
        {
          "line": "based",
          "description": "A line that says what differs from another.",
          "basedOn": "2023.04",
          "without": ["gocat", "xz"],
          "sourceDateEpoch": "2024-01-02T00:00:00Z",
          "components": {
            "tool": { "version": "1.2", "source": { "kind": "recipe" }, "needs": ["zlib"] }
          },
          "libraries": {
            "libfdt": { "version": "1.7.3", "source": { "kind": "recipe" }, "needs": ["toolchain"] }
          },
          "go": {
            "minimum": "1.26",
            "below": "1.27"
          }
        }
        """;
}
