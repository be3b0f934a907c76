using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Qcw.Integration.Tests.Host;

/// <summary>
/// CONTRIBUTING promises that a Go program takes one file and one entry in a line. A copy of the checkout gets just these two, with a
/// module made here, and builds the zip.
/// </summary>
public sealed class NewGoProgramTests
{
    private const string Line = "2023.04";
    private const string Archive = "greeter-1.0.tar.gz";

    private const string Declaration = """
        using Cake.Frosting;
        using Qcw.Build.Compiling.Go;

        namespace Qcw.Build.Components;

        internal static class Greeter
        {
            public static readonly GoDefinition Definition = new(
                "greeter", "Greeter", "qcw's tests", new GoProgram("greeter", "./", "Greets"))
            {
                Purpose = "greets",
            };

            public static readonly Product Zip = Product.Zip("greeter-{version}-windows-{arch}.zip");
        }

        [TaskDescription("Fetches the greeter's source"), IsDependentOn(typeof(GoFetch))]
        public sealed class GreeterFetch() : FetchTask(Greeter.Definition);

        [TaskDescription("Compiles greeter.exe for Windows"), IsDependentOn(typeof(GreeterFetch))]
        public sealed class GreeterCompile() : GoCompileTask(Greeter.Definition);

        [TaskDescription("Makes the zip of the greeter"), IsDependentOn(typeof(GreeterCompile))]
        public sealed class GreeterArchive() : GoArchiveTask(Greeter.Definition, Greeter.Zip);

        """;

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Takes_one_file_and_one_entry_in_a_line()
    {
        string root = folder["checkout"];
        Directory.CreateDirectory(root);
        Sh(
            Repository.Root,
            "git ls-files -z --cached --others --exclude-standard -- build build.sh global.json .editorconfig 'Directory.*' patches "
                + $"LICENSE | xargs --null cp --parents --no-dereference --target-directory='{root}'");
        File.WriteAllText(Path.Combine(root, "build", "Components", "Greeter.cs"), Declaration);
        AddEntry(Path.Combine(root, "build", "Catalog", "Versions", Line + ".json"), MakeSource());

        string plan = Build(root, "--target=Release", "--dryrun");
        string[] inputs = ["--target=GreeterArchive", "--offline", $"--mirror={folder["mirror"]}", $"--cache={folder["cache"]}"];
        string output = Build(root, [.. inputs, "--parallel=1", "--cache-write"]);
        string again = Build(root, [.. inputs, "--parallel=2", $"--artifacts={folder["other"]}"]);

        using ZipArchive zip = ZipFile.OpenRead(Path.Combine(root, "artifacts", "release", "greeter-1.0-windows-x86_64.zip"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(zip.Entries.Select(entry => entry.FullName), Is.SupersetOf(["bin/greeter.exe", "licenses/greeter/LICENSE"]));
            Assert.That(
                plan, Does.Contain("GreeterFetch").And.Contain("GreeterCompile").And.Contain("GreeterArchive"), "the aggregates find it");
            Assert.That(output, Does.Contain("greeter-1.0.tar.gz: fetched"));
            Assert.That(output, Does.Match("greeter +compile +put into the cache"));
            Assert.That(again, Does.Match("greeter +compile +from the cache"), "another folder, side by side");
            Assert.That(
                Files.Sha256(folder["other/release/greeter-1.0-windows-x86_64.zip"]),
                Is.EqualTo(Files.Sha256(Path.Combine(root, "artifacts/release/greeter-1.0-windows-x86_64.zip"))));
        }
    }

    /// <summary>Puts the module into a mirror.</summary>
    /// <returns>The archive's sha256.</returns>
    private string MakeSource()
    {
        folder.Write("greeter-1.0/go.mod", "module example.org/greeter\n\ngo 1.18\n");
        folder.Write("greeter-1.0/main.go", "package main\n\nfunc main() { println(\"hello\") }\n");
        folder.Write("greeter-1.0/LICENSE", "Anybody may do anything with this.\n");
        folder.Write("greeter-1.0/vendor/modules.txt", string.Empty);
        Directory.CreateDirectory(folder["mirror/archives"]);
        Sh(folder.Path, $"tar -czf mirror/archives/{Archive} greeter-1.0");
        return Files.Sha256(folder["mirror/archives/" + Archive]);
    }

    private static void AddEntry(string file, string sha256)
    {
        JsonNode line = JsonNode.Parse(File.ReadAllText(file))!;
        line["components"]!["greeter"] = new JsonObject
        {
            ["version"] = "1.0",
            ["source"] = new JsonObject
            {
                ["kind"] = "archive",
                ["urls"] = new JsonArray("https://example.org/" + Archive),
                ["sha256"] = sha256,
                ["origin"] = "C",
            },
        };
        File.WriteAllText(file, line.ToJsonString());
    }

    private static string Build(string root, params string[] arguments)
    {
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest("bash", [Path.Combine(root, "build.sh"), $"--line={Line}", .. arguments])
            {
                WorkingDirectory = root,
                Environment = new Dictionary<string, string?> { ["CakeAddins"] = "source", ["CI"] = null },
                AllowFailure = true,
                Timeout = TimeSpan.FromMinutes(8),
            });
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
        return result.StandardOutput;
    }

    private static void Sh(string folder, string command) =>
        ProcessRunner.Run(new ProcessRequest("bash", "-c", "set -euo pipefail; " + command) { WorkingDirectory = folder });
}
