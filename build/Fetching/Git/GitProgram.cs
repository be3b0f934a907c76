namespace Qcw.Build.Fetching.Git;

/// <summary>Runs git so that neither the person's nor the machine's configuration changes what comes out, and nothing ever asks a question.</summary>
internal sealed class GitProgram
{
    // what a surrounding git (a hook, an alias) sets for its children would lead ours to another repository
    private static readonly string[] Removed =
    [
        "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
        "GIT_COMMON_DIR", "GIT_CEILING_DIRECTORIES", "GIT_PREFIX", "GIT_TEMPLATE_DIR", "GIT_CONFIG", "GIT_CONFIG_COUNT",
        "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_SYSTEM", "GIT_SHALLOW_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_PROTOCOL", "GIT_TRACE",
    ];

    /// <summary>For <c>configuration</c>: none at all.</summary>
    public static readonly string NoConfiguration = OperatingSystem.IsWindows() ? "NUL" : "/dev/null";

    private readonly Dictionary<string, string?> environment;
    private readonly string log;

    /// <summary>Uses that file as git's only configuration outside the repository; it may be <see cref="NoConfiguration"/>.</summary>
    public GitProgram(string configuration, string log)
    {
        this.log = log;
        environment = Removed.ToDictionary(name => name, _ => (string?)null);
        environment["GIT_CONFIG_NOSYSTEM"] = "1";
        environment["GIT_CONFIG_GLOBAL"] = configuration;
        environment["GIT_TERMINAL_PROMPT"] = "0";
        environment["GIT_ASKPASS"] = string.Empty;
        environment["SSH_ASKPASS"] = string.Empty;
        environment["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes -oConnectTimeout=10";
        environment["GIT_HTTP_LOW_SPEED_LIMIT"] = "1000";
        environment["GIT_HTTP_LOW_SPEED_TIME"] = "30";
        environment["LC_ALL"] = "C";
    }

    /// <summary>Runs git on a bare repository.</summary>
    /// <exception cref="ProcessFailedException">It failed.</exception>
    public ProcessResult Run(string repository, params IReadOnlyList<string> arguments) => Start(repository, null, null, false, arguments);

    /// <summary>The same; a failure is returned.</summary>
    public ProcessResult Try(string repository, params IReadOnlyList<string> arguments) => Start(repository, null, null, true, arguments);

    /// <summary>Runs git on a bare repository with text for its standard input, which it must read before it writes.</summary>
    public ProcessResult RunWithInput(string input, string repository, params IReadOnlyList<string> arguments) => Start(repository, null, input, false, arguments);

    /// <summary>Runs git on a bare repository with another index than its own.</summary>
    public ProcessResult RunWithIndex(string index, string repository, params IReadOnlyList<string> arguments) => Start(repository, index, null, false, arguments);

    /// <summary>The person's own settings of how to get out (<c>http.proxy</c> and the like), as a text for another configuration file.</summary>
    public static string WayOut()
    {
        var request = new ProcessRequest("git", "config", "--null", "--get-regexp", @"^http\.(proxy|proxyauthmethod|sslcainfo|sslcapath)$") { AllowFailure = true };
        IEnumerable<string> lines = ProcessRunner.Run(request).StandardOutput.TrimEnd('\n').Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('\n', 2)).Where(pair => pair.Length == 2)
            .Select(pair => $"[http]\n\t{pair[0]["http.".Length..]} = \"{pair[1].Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"\n");
        return string.Concat(lines);
    }

    private ProcessResult Start(string repository, string? index, string? input, bool allowFailure, IReadOnlyList<string> arguments)
    {
        var variables = new Dictionary<string, string?>(environment);
        if (index is not null)
        {
            variables["GIT_INDEX_FILE"] = index;
        }

        Directory.CreateDirectory(repository);
        return ProcessRunner.Run(new ProcessRequest("git", ["--git-dir=" + repository, .. arguments])
        {
            WorkingDirectory = repository,
            Environment = variables,
            StandardInput = input,
            LogFile = log,
            AllowFailure = allowFailure,
        });
    }
}
