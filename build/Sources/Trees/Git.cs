using System.Text.RegularExpressions;

namespace Qcw.Build.Sources.Trees;

/// <summary>
/// Runs git on one repository, the same way on every machine: nothing of the user's or the system's configuration, of the
/// environment, of hooks or attributes has a say, messages are in English, and nothing runs in the background.
/// </summary>
/// <param name="gitDirectory">The repository, a full path. It is always named, never searched for.</param>
/// <param name="workTree">Its work tree, a full path, or null.</param>
internal sealed partial class Git(string gitDirectory, string? workTree = null)
{
    /// <summary>The oldest git that has all that is used here; Debian 12 has 2.39.</summary>
    public static readonly Version MinimumVersion = new(2, 36);

    // also written into each repository, so that a person who works in the tree sees it as we do
    private static readonly (string Name, string Value)[] Settings =
    [
        ("core.autocrlf", "false"),
        ("core.safecrlf", "false"),
        ("core.symlinks", "true"),
        ("core.longpaths", "true"),
        ("core.protectNTFS", "true"),
        ("core.protectHFS", "true"),
        ("core.precomposeUnicode", "false"),
        ("core.fsmonitor", "false"),
        ("core.sparseCheckout", "false"),
        ("core.looseCompression", "0"), // a quarter of the time of an import; the tree is as big already
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("submodule.recurse", "false"),
        ("diff.ignoreSubmodules", "none"),
    ];

    private static readonly string[] Always =
    [
        "-c", "core.hooksPath=/dev/null", "-c", "core.attributesFile=/dev/null", "-c", "core.excludesFile=/dev/null",
        "-c", "core.quotePath=true", "-c", "core.logAllRefUpdates=false", "-c", "commit.gpgSign=false", "-c", "advice.detachedHead=false",
        "-c", "apply.whitespace=nowarn", "-c", "apply.ignoreWhitespace=no", "-c", "status.showUntrackedFiles=all",
        "-c", "status.renames=false", "-c", "diff.renames=false",
        .. Settings.SelectMany(setting => new[] { "-c", $"{setting.Name}={setting.Value}" }),
    ];

    /// <summary>The repository.</summary>
    public string Directory => gitDirectory;

    /// <summary>The index it works with, instead of the repository's own; a full path or null.</summary>
    public string? Index { get; init; }

    /// <summary>Variables besides the fixed ones.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The same repository with an index of its own.</summary>
    public Git WithIndex(string index) => new(gitDirectory, workTree) { Index = index, Environment = Environment };

    /// <summary>Runs a git command.</summary>
    /// <returns>What it wrote to standard output, without the last line end.</returns>
    /// <exception cref="ProcessFailedException">It failed.</exception>
    public string Run(params IReadOnlyList<string> arguments) => ProcessRunner.Run(Request(arguments)).StandardOutput.TrimEnd('\n');

    /// <summary>Runs a git command and returns what it wrote to standard output, line by line.</summary>
    public IReadOnlyList<string> Lines(params IReadOnlyList<string> arguments) =>
        Run(arguments) is { Length: > 0 } text ? text.Split('\n') : [];

    /// <summary>Runs a git command with text for its standard input.</summary>
    public string RunWithInput(string input, params IReadOnlyList<string> arguments) =>
        ProcessRunner.Run(Request(arguments) with { StandardInput = input }).StandardOutput.TrimEnd('\n');

    /// <summary>Runs a git command that may fail.</summary>
    public ProcessResult Try(params IReadOnlyList<string> arguments) => ProcessRunner.Run(Request(arguments) with { AllowFailure = true });

    /// <summary>Makes the repository, with the settings inside it.</summary>
    /// <exception cref="UsageException">This git is too old.</exception>
    public void Initialize()
    {
        RequireVersion(Run("version"));
        System.IO.Directory.CreateDirectory(gitDirectory);
        Run("init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=" + WorkTree.BranchName);
        File.AppendAllLines(Path.Combine(gitDirectory, "config"), Settings.Select(setting => ConfigLines(setting.Name.Split('.'), setting.Value)));

        // of all attribute files this one wins: every file is bytes, whatever the .gitattributes in the tree say
        string info = Path.Combine(gitDirectory, "info");
        System.IO.Directory.CreateDirectory(info);
        File.WriteAllText(Path.Combine(info, "attributes"), "* -text -ident -filter !eol !crlf !working-tree-encoding -merge -whitespace\n");
    }

    /// <summary>Refuses a git that lacks what is used here.</summary>
    public static void RequireVersion(string output)
    {
        Match match = VersionNumber().Match(output);
        if (!match.Success || Version.Parse(match.Value) < MinimumVersion)
        {
            throw new UsageException($"git {MinimumVersion} or newer is needed, and this is: {output}");
        }
    }

    private static string ConfigLines(string[] name, string value) => $"[{name[0]}]\n\t{name[1]} = {value}";

    private ProcessRequest Request(IReadOnlyList<string> arguments) => new("git", [.. Always, .. arguments])
    {
        WorkingDirectory = workTree ?? (System.IO.Directory.Exists(gitDirectory) ? gitDirectory : null),
        ClearEnvironment = true,
        Environment = Variables(),
    };

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>
        {
            ["GIT_DIR"] = gitDirectory,
            ["GIT_WORK_TREE"] = workTree,
            ["GIT_INDEX_FILE"] = Index,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null", // git for Windows knows this name too
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_LITERAL_PATHSPECS"] = "1",
            ["LC_ALL"] = "C",
            ["TZ"] = "UTC",
        };
        foreach (string name in new[] { "PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR" })
        {
            variables[name] = System.Environment.GetEnvironmentVariable(name);
        }

        foreach ((string name, string? value) in Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber();
}
