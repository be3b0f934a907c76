namespace Qcw.Build.Core;

/// <summary>A program to run, and how.</summary>
/// <param name="Program">A name looked up on PATH, or a full path.</param>
/// <param name="Arguments">Passed as they are; no shell is involved.</param>
public sealed record ProcessRequest(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>The folder it runs in; default: the current one.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>True: the program sees only <see cref="Environment"/>, nothing of ours.</summary>
    public bool ClearEnvironment { get; init; }

    /// <summary>A file that gets all output (appended), or null.</summary>
    public string? LogFile { get; init; }

    /// <summary>Called with each line of output, both streams, as it comes.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Text for its standard input; null: an empty one.</summary>
    public string? StandardInput { get; init; }

    /// <summary>True: a non-zero exit code is returned, not thrown.</summary>
    public bool AllowFailure { get; init; }

    /// <summary>Killed, with all its children, after this time; null: never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// Killed, with all its children, after it has done nothing at all for this long: no output, nothing read or written, no processor
    /// time (<see cref="System.Threading.Timeout.InfiniteTimeSpan"/>: never).
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What a message about its failure calls it; null: its command line.</summary>
    public string? Title { get; init; }

    /// <summary>The command as one would type it, for messages.</summary>
    public string CommandLine => string.Join(' ', Arguments.Prepend(Program).Select(Quote));

    private static string Quote(string text) =>
        text.Length > 0 && !text.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '$' or '*' or ';') ? text : $"'{text}'";
}

/// <summary>The result of a program.</summary>
/// <param name="ExitCode">0 means success.</param>
/// <param name="StandardOutput">All of it, lines ended by LF.</param>
/// <param name="StandardError">All of it, lines ended by LF.</param>
public sealed record ProcessResult(int ExitCode, string StandardOutput, string StandardError);

/// <summary>
/// A program ended with a non-zero exit code, or could not be started. The message shows its last lines and the log's path.
/// </summary>
public sealed class ProcessFailedException(string message, int? exitCode, Exception? inner = null) : BuildException(message, inner)
{
    /// <summary>Null where it could not be started or was killed for taking too long.</summary>
    public int? ExitCode { get; } = exitCode;
}
