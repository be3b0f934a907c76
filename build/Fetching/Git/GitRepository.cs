using System.Text.RegularExpressions;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Git;

/// <summary>
/// Runs git on one repository, the same way on every machine. git sees none of the configuration of the user and the system (but for
/// <see cref="NetworkSettings"/> where it may reach others), of the environment, of hooks and of attribute files; its messages are in
/// English, it asks no question, and nothing runs in the background.
/// </summary>
/// <param name="Folder">The repository (<c>GIT_DIR</c>), a full path. It is always named, never searched for.</param>
/// <param name="WorkTree">Its work tree, a full path; null: none.</param>
internal sealed partial record GitRepository(string Folder, string? WorkTree = null)
{
    /// <summary>What a person types for git's own way to write a patch: none of the person's settings shapes it.</summary>
    public const string FormatPatch = "GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 git format-patch";

    private const string Nothing = "/dev/null"; // git for Windows knows this name too

    // also written into each repository with a work tree, so that a person who works there sees it as the build does
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
        ("core.attributesFile", Nothing),
        ("core.excludesFile", Nothing),
        ("apply.whitespace", "nowarn"),
        ("apply.ignoreWhitespace", "no"),
        ("core.looseCompression", "0"), // an import takes a quarter of the time; the tree is about as big already
        ("gc.auto", "0"),
        ("maintenance.auto", "false"),
        ("submodule.recurse", "false"),
        ("diff.ignoreSubmodules", "none"),
    ];

    private static readonly (string Name, string Value)[] Always =
    [
        ("core.hooksPath", Nothing), ("core.quotePath", "true"), ("core.logAllRefUpdates", "false"), ("commit.gpgSign", "false"),
        ("advice.detachedHead", "false"), ("status.showUntrackedFiles", "all"), ("status.renames", "false"), ("diff.renames", "false"),
        .. Settings,
    ];

    // of this process's environment: to find programs and a place for temporary files
    private static readonly string[] Inherited = ["PATH", "SystemRoot", "TEMP", "TMP", "TMPDIR"];

    // what git, curl and ssh need of it to reach a server: proxies, certificates, and where a user keeps credentials (.netrc, .ssh,
    // Kerberos)
    private static readonly string[] InheritedForNetwork =
    [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
        "GIT_HTTP_PROXY_AUTHMETHOD", "GIT_PROXY_COMMAND",
        "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE",
        "GIT_SSL_CAINFO", "GIT_SSL_CAPATH", "GIT_SSL_CERT", "GIT_SSL_KEY", "GIT_SSL_NO_VERIFY",
        "GIT_SSL_VERSION", "GIT_PROXY_SSL_CAINFO", "GIT_PROXY_SSL_CERT", "GIT_PROXY_SSL_KEY", "GIT_HTTP_USER_AGENT",
        "HOME", "USER", "LOGNAME", "SSH_AUTH_SOCK", "SSH_AGENT_PID", "KRB5_CONFIG", "KRB5CCNAME",
        "USERPROFILE", "USERNAME", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA",
        "ProgramData", "ComSpec", "PATHEXT", "SystemDrive", "windir",
    ];

    /// <summary>The index it works with instead of the repository's own; a full path or null.</summary>
    public string? Index { get; init; }

    /// <summary>Variables besides the fixed ones: the identity of commits.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// A configuration file with which git may reach other repositories; null: it reaches none. A file, because git does not pass settings
    /// in the environment on to the process that it starts for the other side.
    /// </summary>
    public string? NetworkConfiguration { get; init; }

    /// <summary>Gets all output (appended), a full path; null: nothing does.</summary>
    public string? LogFile { get; init; }

    /// <summary>Runs a git command.</summary>
    /// <returns>What it wrote to standard output, without the last line end.</returns>
    /// <exception cref="ProcessFailedException">It failed.</exception>
    public string Run(params IReadOnlyList<string> arguments) => Output(ProcessRunner.Run(Request(arguments)));

    /// <summary>Runs a git command.</summary>
    /// <param name="cancel">Kills it.</param>
    /// <param name="arguments">Of the command.</param>
    /// <returns>What it wrote to standard output, without the last line end.</returns>
    /// <exception cref="ProcessFailedException">It failed.</exception>
    public async Task<string> RunAsync(CancellationToken cancel, params IReadOnlyList<string> arguments) =>
        Output(await ProcessRunner.RunAsync(Request(arguments), cancel));

    /// <summary>Runs a git command and returns what it wrote to standard output, line by line.</summary>
    public IReadOnlyList<string> Lines(params IReadOnlyList<string> arguments) =>
        Run(arguments) is { Length: > 0 } text ? text.Split('\n') : [];

    /// <summary>Runs a git command with text for its standard input, which it must read before it writes.</summary>
    public string RunWithInput(string input, params IReadOnlyList<string> arguments) =>
        Output(ProcessRunner.Run(Request(arguments) with { StandardInput = input }));

    /// <summary>Runs a git command that may fail.</summary>
    public ProcessResult Try(params IReadOnlyList<string> arguments) => ProcessRunner.Run(Request(arguments) with { AllowFailure = true });

    /// <summary>Runs a git command that may fail.</summary>
    public Task<ProcessResult> TryAsync(CancellationToken cancel, params IReadOnlyList<string> arguments) =>
        ProcessRunner.RunAsync(Request(arguments) with { AllowFailure = true }, cancel);

    /// <summary>Makes the repository of a work tree, with the settings inside it.</summary>
    /// <param name="branch">The branch that is not born yet.</param>
    /// <exception cref="UsageException">This git is too old.</exception>
    public void Initialize(string branch)
    {
        RequireVersion(Run("version"));
        Directory.CreateDirectory(Folder);
        Run("init", "--quiet", "--template=", "--object-format=sha1", "--initial-branch=" + branch);
        File.AppendAllLines(
            Path.Combine(Folder, "config"), Settings.Select(setting => ConfigLines(setting.Name.Split('.'), setting.Value)));

        // of all attribute files this one wins: every file is bytes, and text in a patch where it looks so, whatever the .gitattributes in
        // the tree say
        string info = Path.Combine(Folder, "info");
        Directory.CreateDirectory(info);
        File.WriteAllText(
            Path.Combine(info, "attributes"), "* -text !diff -ident -filter !eol !crlf !working-tree-encoding -merge -whitespace\n");
    }

    /// <summary>Makes a bare repository.</summary>
    /// <exception cref="UsageException">This git is too old.</exception>
    public void InitializeBare()
    {
        RequireVersion(Run("version"));
        Directory.CreateDirectory(Folder);
        Run("init", "--quiet", "--bare", "--template=", "--object-format=sha1");
    }

    /// <summary>
    /// Writes the files of a commit into the work tree, which must be empty. Links become files that hold their target. Blobs that are
    /// missing are fetched where the repository says from where and the network is allowed. A failure is returned.
    /// </summary>
    /// <param name="commit">The full id.</param>
    /// <param name="sparse">
    /// Patterns as of <c>git sparse-checkout set --no-cone</c>; empty: everything. They stay in the repository.
    /// </param>
    public ProcessResult TryCheckOut(string commit, IReadOnlyList<string> sparse) => Try(CheckOut(commit, sparse));

    /// <inheritdoc cref="TryCheckOut"/>
    public Task<ProcessResult> TryCheckOutAsync(string commit, IReadOnlyList<string> sparse, CancellationToken cancel) =>
        TryAsync(cancel, CheckOut(commit, sparse));

    /// <summary>Refuses a git that lacks what is used here.</summary>
    /// <param name="output">What <c>git version</c> prints.</param>
    /// <exception cref="UsageException">It is too old.</exception>
    public static void RequireVersion(string output)
    {
        if (!Version.TryParse(VersionNumber().Match(output).Value, out Version? version) || version < ToolCatalog.OldestGit)
        {
            throw new UsageException($"git {ToolCatalog.OldestGit} or newer is needed, and this is: {output}");
        }
    }

    /// <summary>
    /// How servers are reached, as the text of another configuration file: the authorities that the build trusts, then the user's own
    /// settings of proxies, certificates and other addresses, also those for single servers. Of settings for the same server the last
    /// counts, so git's own go before the build's.
    /// </summary>
    public static string NetworkSettings()
    {
        const string names =
            @"^(http\.(.*\.)?(proxy|proxyauthmethod|proxyssl[a-z]+|ssl[a-z]+|schannel[a-z]+)|url\..*\.insteadof)$";
        var request = new ProcessRequest("git", "config", "--null", "--get-regexp", names) { AllowFailure = true };
        IEnumerable<string> sections = ProcessRunner.Run(request).StandardOutput.TrimEnd('\n')
            .Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => entry.Split('\n', 2)).Where(pair => pair.Length == 2)
            .Select(pair => Section(pair[0], pair[1]));
        string trusted = TrustedAuthorities.File is { } file
            ? Section("http.sslcainfo", file) + Section("http.schannelusesslcainfo", "true") : string.Empty;
        return trusted + string.Concat(sections);
    }

    // the middle of a name is the server's address, which may have dots
    private static string Section(string name, string value)
    {
        (int first, int last) = (name.IndexOf('.', StringComparison.Ordinal), name.LastIndexOf('.'));
        string scope = first < last ? " " + Quote(name[(first + 1)..last]) : string.Empty;
        return $"[{name[..first]}{scope}]\n\t{name[(last + 1)..]} = {Quote(value)}\n";
    }

    /// <summary>The configuration that allows git to read a repository of another user.</summary>
    public static string Trusting(string repository) => $"[safe]\n\tdirectory = {Quote(repository)}\n";

    private static string Quote(string value) =>
        $"\"{value.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string ConfigLines(string[] name, string value) => $"[{name[0]}]\n\t{name[1]} = {value}";

    private static string Output(ProcessResult result) => result.StandardOutput.TrimEnd('\n');

    private string[] CheckOut(string commit, IReadOnlyList<string> sparse)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "info"));
        File.WriteAllText(Path.Combine(Folder, "info", "sparse-checkout"), string.Concat(sparse.Select(pattern => pattern + "\n")));
        return
        [
            "-c", "core.bare=false", "-c", "core.symlinks=false", "-c", $"core.sparseCheckout={(sparse.Count > 0 ? "true" : "false")}",
            "-c", "core.sparseCheckoutCone=false", "read-tree", "-m", "-u", "--no-recurse-submodules", commit,
        ];
    }

    private ProcessRequest Request(IReadOnlyList<string> arguments) => new("git", arguments)
    {
        WorkingDirectory = WorkTree ?? (Directory.Exists(Folder) ? Folder : null),
        ClearEnvironment = true,
        Environment = Variables(),
        LogFile = LogFile,
    };

    private Dictionary<string, string?> Variables()
    {
        var variables = new Dictionary<string, string?>
        {
            ["GIT_DIR"] = Folder,
            ["GIT_WORK_TREE"] = WorkTree,
            ["GIT_INDEX_FILE"] = Index,
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = NetworkConfiguration ?? Nothing,
            ["GIT_ATTR_NOSYSTEM"] = "1",
            ["GIT_OPTIONAL_LOCKS"] = "0",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_LITERAL_PATHSPECS"] = "1",
            ["LC_ALL"] = "C",
            ["TZ"] = "UTC",
        };
        foreach (string name in NetworkConfiguration is null ? Inherited : [.. Inherited, .. InheritedForNetwork])
        {
            variables[name] = System.Environment.GetEnvironmentVariable(name);
        }

        if (NetworkConfiguration is not null)
        {
            variables["GIT_ASKPASS"] = string.Empty;
            variables["SSH_ASKPASS"] = string.Empty;
            variables["GIT_SSH_COMMAND"] = "ssh -oBatchMode=yes -oConnectTimeout=10";
            variables["GIT_HTTP_LOW_SPEED_LIMIT"] = "1000"; // bytes a second
            variables["GIT_HTTP_LOW_SPEED_TIME"] = "30"; // seconds
        }

        // like -c, which they are weaker than, but not on every command line in logs and messages
        IEnumerable<(string Name, string Value)> settings =
            NetworkConfiguration is null ? Always.Append(("protocol.allow", "never")) : Always;
        int count = 0;
        foreach ((string name, string value) in settings)
        {
            variables[$"GIT_CONFIG_KEY_{count}"] = name;
            variables[$"GIT_CONFIG_VALUE_{count}"] = value;
            count++;
        }

        variables["GIT_CONFIG_COUNT"] = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach ((string name, string? value) in Environment)
        {
            variables[name] = value;
        }

        return variables;
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex VersionNumber();
}
