namespace Qcw.Build;

/// <summary>A failure that is explained in full by its message; the process ends with exit code 1.</summary>
public class BuildException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Wrong usage (an unknown option, task or line, a broken versions file, a missing tool): exit code 2.</summary>
public sealed class UsageException(string message, Exception? inner = null) : BuildException(message, inner);
