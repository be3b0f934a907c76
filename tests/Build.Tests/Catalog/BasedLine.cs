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
            "below": "1.27",
            "sdk": {
              "version": "1.26.11",
              "packages": {
                "linux-amd64": {
                  "root": "usr/lib/go-1.26",
                  "files": [
                    {
                      "package": "golang-1.26-go",
                      "suite": "trixie-backports",
                      "file": "golang-1.26-go_1.26.11-1~bpo13+1_amd64.deb",
                      "sha256": "28d26a25287b537518a83e79357680b87eb6a0d46e83dfdfd413e7caf04409ce",
                      "sha1": "0123456789012345678901234567890123456789"
                    },
                    {
                      "package": "golang-1.26-src",
                      "suite": "trixie-backports",
                      "file": "golang-1.26-src_1.26.11-1~bpo13+1_all.deb",
                      "sha256": "0d416037937624f65adcdb1d667f019dd1f6c181a2013d01b1797c5618379343"
                    }
                  ]
                }
              }
            }
          }
        }
        """;
}
