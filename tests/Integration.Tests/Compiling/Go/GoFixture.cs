using Qcw.Build.Compiling.Go;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Trees;

namespace Qcw.Integration.Tests.Compiling.Go;

/// <summary>
/// A component in Go from a git repository of the test's own, whose one module stands in a mirror made here: through the same phases as the
/// real ones.
/// </summary>
internal sealed class GoFixture : IDisposable
{
    public const string Module = "example.org/greeting";

    private readonly RecordingLog log = new();

    public GoFixture()
    {
        Proxy = new ModuleProxy(Folder["mirror/go"]);
        string sums = Proxy.Add(
            Module, "v1.0.0", ("go.mod", $"module {Module}\n\ngo 1.18\n"), ("LICENSE", "do what you like\n"),
            ("greeting.go", "package greeting\n\nfunc To(name string) string { return \"hello \" + name }\n"));
        Write("go.mod", $"module example.org/greeter\n\ngo 1.18\n\nrequire {Module} v1.0.0\n");
        Write("go.sum", sums);
        Write("LICENSE", "the greeter's licence\n");
        Write("cmd/greeter/main.go", $$"""
            package main

            import (
                "fmt"
                "os"

                "{{Module}}"
            )

            var name = "nobody"

            func main() {
                fmt.Println(greeting.To(name), len(os.Args))
            }

            """.Replace("    ", "\t", StringComparison.Ordinal));
        Commit();
    }

    public TemporaryFolder Folder { get; } = new();

    public ModuleProxy Proxy { get; }

    public string Mirror => Folder["mirror"];

    public Component Component { get; set; } = null!;

    public GoVersions Go { get; set; } = new(new Version(1, 18), new Version(99, 0), null);

    public GoFinder Finder { get; set; } = GoFinder.ForHost();

    public Architecture Architecture { get; set; } = Architecture.X64;

    public string Artifacts { get; set; } = "artifacts";

    /// <summary>What is done, and why; null: nobody asks.</summary>
    public StepLog? Record { get; set; }

    public Paths Paths => new(Folder["root"], Folder[Artifacts]) { Architecture = Architecture };

    public GoBuild Build => new(Component, "Greeter", "qcw tests", [new GoProgram("greeter", "./cmd/greeter", "Greets")])
    {
        Variables = [("main.name", "a person")],
    };

    public string Exe => Path.Combine(Paths.Stage(Component), "bin", "greeter.exe");

    /// <summary>What a person has read since the last call.</summary>
    public string TakeOutput() => log.Take();

    /// <summary>Puts a file into the repository's work tree.</summary>
    public void Write(string name, string text) => Folder.Write("repository/" + name, text);

    /// <summary>Commits what was written, and pins the commit.</summary>
    public void Commit()
    {
        string repository = Folder["repository"];
        string commit = TestRepository.Commit(repository);
        string bare = Folder["mirror/git/greeter.git"];
        if (!Directory.Exists(bare))
        {
            TestRepository.Git(repository, "clone", "--quiet", "--bare", repository, bare);
        }

        TestRepository.Git(repository, "push", "--quiet", "--force", bare, "HEAD");
        var source = new GitSource(new Uri("https://example.org/greeter.git"), commit, []);
        Component = new Component("greeter", "1.2.3", source, [], [], []) { NeedsModules = true };
    }

    /// <summary>The phase, as a new run of the build would have it.</summary>
    public GoPhase Phase(Fetcher fetcher) =>
        new(Paths, Line, 2, offline: true, fetcher, new StepRunner(log.Log, Record), log.Log, Finder,
            ToolPackages.ForHost(Repository.Paths));

    /// <summary>Fetch, patch, modules, compile.</summary>
    public async Task MakeAsync()
    {
        using var fetcher = new Fetcher(Paths, new FetchOptions(Mirror, Offline: true), log.Log);
        GoPhase go = Phase(fetcher);
        await go.FetchAsync();
        await fetcher.FetchAsync([Component]);
        Made tree = new SourceTree(Paths, new StepRunner(log.Log), log.Log, Line.SourceDateEpoch).Apply(
            Component, fetcher.Locate(Component), []);
        go.Modules.Fetch(Build, tree);
        go.Compiler.Compile(Build, tree);
    }

    public void Dispose()
    {
        Folder.Dispose();
        log.Dispose();
    }

    private ReleaseLine Line => new("test", "A line of the tests.", 1_682_812_800, [Component], [], []) { Go = Go };
}
