using System.Text.Json.Nodes;
using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Workflows;

/// <summary>A clone of this checkout, as it is now, with one more line: <c>small</c>, the line debian12 with nothing but XZ.</summary>
internal sealed class SmallClone : IDisposable
{
    /// <summary>The line's name.</summary>
    public const string Line = "small";

    private readonly TemporaryFolder folder = new();

    /// <summary>Makes it.</summary>
    public SmallClone()
    {
        Directory.CreateDirectory(Root);
        Sh($"cd '{Repository.Root}' && git ls-files -z --cached --others --exclude-standard | xargs --null cp --parents --no-dereference --target-directory='{Root}'");
        File.WriteAllText(Path.Combine(Root, "build", "Catalog", "Versions", Line + ".json"), SmallLine());
        Sh($"cd '{Root}' && git init --quiet && git add --all && git -c user.name=test -c user.email=test@example.org commit --quiet --message=test");
        Commit = Sh($"cd '{Root}' && git rev-parse HEAD").Trim();
    }

    /// <summary>Its folder.</summary>
    public string Root => folder["clone"];

    /// <summary>Its only commit.</summary>
    public string Commit { get; }

    /// <summary>Another folder beside it.</summary>
    public string this[string name] => folder[name];

    /// <summary>Puts all that was built of XZ on this machine into an output folder, but not what a release is made of: as after an earlier run.</summary>
    public static void Prepare(string artifacts)
    {
        Directory.CreateDirectory(artifacts);
        foreach (string part in (string[])["build", "downloads", "sources", "stage"])
        {
            Sh($"cp --archive '{HostXz.Artifacts}/{part}' '{artifacts}'");
        }
    }

    /// <summary>Runs build.sh.</summary>
    /// <returns>All it printed.</returns>
    public (int ExitCode, string Output) Build(params string[] arguments)
    {
        ProcessResult result = ProcessRunner.Run(new ProcessRequest(Path.Combine(Root, "build.sh"), [.. arguments, "--line=" + Line])
        {
            Environment = new Dictionary<string, string?> { ["CI"] = "true", ["CakeAddins"] = "source" },
            WorkingDirectory = Root,
            AllowFailure = true,
        });
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    /// <inheritdoc/>
    public void Dispose() => folder.Dispose();

    private static string SmallLine()
    {
        JsonObject line = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "build", "Catalog", "Versions", "debian12.json")))!.AsObject();
        line["line"] = Line;
        line.Remove("firmware");
        Keep(line["components"]!.AsObject(), "xz");
        Keep(line["libraries"]!.AsObject(), "toolchain");
        return line.ToJsonString();
    }

    private static void Keep(JsonObject entries, string name)
    {
        foreach (string other in entries.Select(entry => entry.Key).Where(key => key != name).ToArray())
        {
            entries.Remove(other);
        }
    }

    private static string Sh(string command) => ProcessRunner.Run(new ProcessRequest("bash", "-c", command)).StandardOutput;
}
