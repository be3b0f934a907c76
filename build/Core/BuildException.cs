namespace Qcw.Build.Core;

/// <summary>
/// A failure that is explained in full by its message; the process ends with exit code 1. Control characters in it are escaped: names and
/// values come from elsewhere, and must not give orders to a terminal.
/// </summary>
public class BuildException(string message, Exception? inner = null) : Exception(Harmless(message), inner)
{
    private static string Harmless(string message) =>
        message.Any(IsOrder) ? string.Concat(message.Select(c => IsOrder(c) ? $"\\x{(int)c:x2}" : c.ToString())) : message;

    private static bool IsOrder(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}

/// <summary>Wrong usage (an unknown option, task or line, a broken versions file, a missing tool): exit code 2.</summary>
public sealed class UsageException(string message, Exception? inner = null) : BuildException(message, inner);

/// <summary>The exit codes of the process.</summary>
public static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>The build failed.</summary>
    public const int Failed = 1;

    /// <summary>Unknown option, task or line; broken versions file; missing tool.</summary>
    public const int WrongUsage = 2;
}
