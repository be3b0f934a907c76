using Qcw.Build.Compiling.Go;

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
    /// <param name="tree">A source tree with go.mod, which names the oldest Go that will do.</param>
    /// <param name="source">The one file of the program.</param>
    /// <param name="program">Where it goes.</param>
    /// <param name="moreGos">Programs <c>go</c> that are taken where none of this machine's own is new enough.</param>
    public static void BuildInTree(string tree, string source, string program, IEnumerable<string> moreGos)
    {
        const string Command = "qcw-journey";
        string overlay = program + ".overlay.json";
        File.WriteAllText(overlay, System.Text.Json.JsonSerializer.Serialize(new
        {
            Replace = new Dictionary<string, string> { [Path.Combine(tree, "cmd", Command, "main.go")] = source },
        }));
        Build(tree, ["-mod=vendor", "-overlay", overlay, "./cmd/" + Command], program, GoFor(tree, moreGos));
        File.Delete(overlay);
    }

    private static string GoFor(string tree, IEnumerable<string> more)
    {
        const string Mark = "go ";
        string[] module = File.ReadAllLines(Path.Combine(tree, "go.mod"));
        string wanted = module.First(line => line.StartsWith(Mark, StringComparison.Ordinal))[Mark.Length..];
        IReadOnlyList<GoToolchain> own = GoFinder.ForHost().FindAll();
        IEnumerable<GoToolchain> all = own.Concat(more.Select(GoFinder.Ask).OfType<GoToolchain>());
        return all.FirstOrDefault(go => go.Version >= Version.Parse(wanted))?.Program ?? throw new AssertionException(
            $"{tree} needs Go {wanted}; {GoFinder.Describe(own)}: put a newer one on PATH, or run --target=PodmanCompile first");
    }

    private static void Build(string folder, string[] what, string program, string go = "go") =>
        ProcessRunner.Run(new ProcessRequest(go, ["build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", program, .. what])
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
                ["GOROOT"] = null,
                ["GOPROXY"] = "off",
                ["GOTOOLCHAIN"] = "local",
            },
        });
}
