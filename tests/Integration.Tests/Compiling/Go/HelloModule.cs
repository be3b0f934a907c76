using Qcw.Build.Compiling.Go;

namespace Qcw.Integration.Tests.Compiling.Go;

/// <summary>A small Go module whose program uses a package of its own and an embedded file, and how it is built for Windows.</summary>
internal sealed class HelloModule : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Writes the module.</summary>
    public HelloModule()
    {
        Write("go.mod", "module example.org/hello\n\ngo 1.18\n");
        Write("cmd/hello/main.go", """
            package main

            import (
                _ "embed"

                "example.org/hello/words"
            )

            //go:embed name.txt
            var name string

            func main() { println(words.Greeting, name) }

            """);
        Write("cmd/hello/name.txt", "Windows");
        Write("words/words.go", "package words\n\nconst Greeting = \"hello\"\n");
    }

    /// <summary>The source tree.</summary>
    public string Source => folder["source"];

    /// <summary>A path for something that a test makes.</summary>
    public string this[string name] => folder[name];

    /// <summary>Builds the program in a view of the tree that has the resource.</summary>
    /// <returns>The exe.</returns>
    public string Build(string view, VersionResource resource, Architecture architecture)
    {
        SourceView.Make(Source, folder[view], new Dictionary<string, byte[]>
        {
            ["cmd/hello/" + ResourceObject.FileName(architecture)] = ResourceObject.Write(resource, architecture),
        });
        string exe = folder[$"{view}.exe"];
        string[] build = ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", exe, "./cmd/hello"];
        ProcessRunner.Run(new ProcessRequest("go", build)
        {
            WorkingDirectory = folder[view],
            Environment = new Dictionary<string, string?>
            {
                ["CGO_ENABLED"] = "0",
                ["GOARCH"] = architecture.GoName,
                ["GOCACHE"] = folder["cache"],
                ["GOFLAGS"] = null,
                ["GOOS"] = "windows",
                ["GOPROXY"] = "off",
                ["GOTOOLCHAIN"] = "local",
            },
        });
        return exe;
    }

    public void Dispose() => folder.Dispose();

    private void Write(string path, string text) => folder.Write(Path.Combine("source", path), text);
}
