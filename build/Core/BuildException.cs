namespace Qcw.Build.Core;

/// <summary>A failure that is explained in full by its message; the process ends with exit code 1.</summary>
public class BuildException(string message, Exception? inner = null) : Exception(message, inner);

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
