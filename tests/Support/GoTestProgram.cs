namespace Qcw.Tests.Support;

/// <summary>Compiles small Go programs for Windows, without the network.</summary>
public static class GoTestProgram
{
    /// <summary>Compiles one that needs the standard library only.</summary>
    public static void Build(string source, string program) => Build(Path.GetDirectoryName(source)!, [Path.GetFileName(source)], program);

    /// <summary>
    /// Compiles one as if it were a command of the module in <paramref name="tree"/>, so that it has the packages which are vendored there.
    /// Nothing is written into the tree.
    /// </summary>
    public static void BuildInTree(string tree, string source, string program)
    {
        const string Command = "qcw-journey";
        string overlay = program + ".overlay.json";
        File.WriteAllText(overlay, System.Text.Json.JsonSerializer.Serialize(new
        {
            Replace = new Dictionary<string, string> { [Path.Combine(tree, "cmd", Command, "main.go")] = source },
        }));
        Build(tree, ["-mod=vendor", "-overlay", overlay, "./cmd/" + Command], program);
        File.Delete(overlay);
    }

    private static void Build(string folder, string[] what, string program) =>
        ProcessRunner.Run(new ProcessRequest("go", ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, .. what])
        {
            WorkingDirectory = folder,
            Environment = new Dictionary<string, string?>
            {
                // else links in the folder's path are resolved, and the overlay's paths are others
                ["PWD"] = folder,
                ["CGO_ENABLED"] = "0",
                ["GOOS"] = "windows",
                ["GOARCH"] = "amd64",
                ["GOFLAGS"] = null,
                ["GOPROXY"] = "off",
                ["GOTOOLCHAIN"] = "local",
            },
        });
}
