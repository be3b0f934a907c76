namespace Qcw.Tests.Support;

/// <summary>Wine's programs, and how they have to be started.</summary>
public static class Wine
{
    /// <summary>Debian's place, which is not on PATH.</summary>
    private const string DebianFolder = "/usr/lib/wine";

    // of 64-bit programs; the script wine is tried last: without 32-bit Wine it prints advice into the output
    private static readonly string Loader = Find("wine64", "wine");

    /// <summary>How long a program may take where nobody says otherwise.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>
    /// What starts a Windows program; its path and its arguments follow. Wine needs the page at 0x7ffe0000. Linux puts the loader's heap
    /// anywhere in the gigabyte after 0x7d005000, so that once in some ten thousand starts the heap is there, and the program does not
    /// start ("failed to map the shared user data"). Without random addresses the heap is where the loader ends.
    /// </summary>
    public static IReadOnlyList<string> Command { get; } = [.. FixedAddresses(), Loader];

    /// <summary>The server that all Windows processes of one prefix share.</summary>
    public static string Server { get; } = Find("wineserver", "wineserver64");

    /// <summary>
    /// Runs a program to its end. Its output goes into a file: Windows' service processes, and the server, are started along with
    /// the first program, inherit its output and go on for long after it, so that a pipe would stay open.
    /// </summary>
    /// <param name="prefix">The Windows to run it in.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="arguments">A Windows program and its arguments.</param>
    /// <returns>What it printed, both streams, without Wine's own errors.</returns>
    public static string Run(string prefix, string workingDirectory, params string[] arguments) =>
        Run(prefix, workingDirectory, new Dictionary<string, string?>(), Longest, arguments);

    /// <summary>The same, with variables of this machine's environment and another limit.</summary>
    /// <exception cref="ProcessFailedException">It did not end within the limit.</exception>
    public static string Run(
        string prefix, string workingDirectory, IReadOnlyDictionary<string, string?> variables, TimeSpan limit, params string[] arguments)
    {
        string output = Path.Combine(Path.GetDirectoryName(prefix)!, $"output-{Guid.NewGuid():N}.txt");
        Detached(prefix, workingDirectory, output, [.. Command, .. arguments], variables, limit);
        // Wine's own word, whatever WINEDEBUG is, where a thread of a program outlives it for a moment
        string text = string.Join('\n', File.ReadAllText(output).Split('\n')
            .Where(line => !line.StartsWith("wine client error:", StringComparison.Ordinal)));
        File.Delete(output);
        return text;
    }

    /// <summary>
    /// Keeps the server running when no program does: else it ends after 3 seconds, and the next program starts all of Windows again.
    /// </summary>
    public static void KeepServer(string prefix) =>
        Detached(prefix, Path.GetTempPath(), "/dev/null", [Server, "-p"], new Dictionary<string, string?>(), Longest);

    /// <summary>Ends the server: at once with all its programs, or when the last one has ended.</summary>
    public static void StopServer(string prefix, bool kill)
    {
        if (kill)
        {
            ProcessRunner.Run(
                new ProcessRequest(Server, "-k") { Environment = EnvironmentOf(prefix), AllowFailure = true, Timeout = Longest });
        }

        ProcessRunner.Run(new ProcessRequest(Server, "-w") { Environment = EnvironmentOf(prefix), Timeout = Longest });
    }

    /// <summary>
    /// The variables that Wine's programs are started with: no messages of Wine's own, no menu entries or links in the user's home, no
    /// questions about Mono and Gecko, no windows, arguments and file names in UTF-8. A null value removes one.
    /// </summary>
    public static Dictionary<string, string?> EnvironmentOf(string prefix) => new(OwnVariables)
    {
        ["WINEPREFIX"] = prefix,
        ["WINEDEBUG"] = "-all",
        ["WINEDLLOVERRIDES"] = "winemenubuilder.exe=d;mscoree,mshtml=",
        ["HOME"] = Path.GetDirectoryName(prefix),
        ["LC_ALL"] = "C.UTF-8",
        ["DISPLAY"] = null,
        ["WAYLAND_DISPLAY"] = null,
    };

    private static void Detached(
        string prefix, string workingDirectory, string output, string[] command,
        IReadOnlyDictionary<string, string?> variables, TimeSpan limit)
    {
        Dictionary<string, string?> environment = EnvironmentOf(prefix);
        foreach ((string name, string? value) in variables)
        {
            environment[name] = value;
        }

        ProcessRunner.Run(new ProcessRequest("sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output, .. command])
        {
            Environment = environment,
            WorkingDirectory = workingDirectory,
            Timeout = limit,
            AllowFailure = true, // the exit code of Wine is the Windows program's lowest 8 bits: of no use
        });
    }

    // Wine hands the environment on to Windows' programs: the build's own variables, and those that choose what is tested, must not get
    // there
    private static IEnumerable<KeyValuePair<string, string?>> OwnVariables =>
        Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("QCW_", StringComparison.OrdinalIgnoreCase)
                || name.StartsWith("CONTAINERS_", StringComparison.OrdinalIgnoreCase))
            .Select(name => KeyValuePair.Create(name, (string?)null));

    // a container may forbid it
    private static string[] FixedAddresses()
    {
        string[] command = ["/usr/bin/setarch", "--addr-no-randomize"];
        ProcessResult tried = ProcessRunner.Run(new ProcessRequest(command[0], [command[1], "true"]) { AllowFailure = true });
        if (tried.ExitCode == 0)
        {
            return command;
        }

        TestContext.Progress.WriteLine($"once in ten thousand times a program will not start under Wine: {tried.StandardError.Trim()}");
        return [];
    }

    private static string Find(params string[] names)
    {
        string[] folders = [DebianFolder, .. (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(':', StringSplitOptions.RemoveEmptyEntries)];
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists)
            ?? throw new AssertionException($"Wine is missing: {names[0]} is neither in {DebianFolder} nor on PATH; "
                + "on Debian: apt-get install wine64");
    }
}
