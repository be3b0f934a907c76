namespace Qcw.Build.Processes;

/// <summary>A program ended with a non-zero exit code, or could not be started. The message shows its last lines and the log's path.</summary>
public sealed class ProcessFailedException(string message, int? exitCode, Exception? inner = null) : BuildException(message, inner)
{
    /// <summary>Null where it could not be started or was killed for taking too long.</summary>
    public int? ExitCode { get; } = exitCode;
}
