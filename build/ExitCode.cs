namespace Qcw.Build;

/// <summary>What the process tells its caller.</summary>
public static class ExitCode
{
    /// <summary>Everything asked for was done.</summary>
    public const int Done = 0;

    /// <summary>The build failed.</summary>
    public const int Failed = 1;

    /// <summary>Unknown option, task or line; broken versions file; missing tool.</summary>
    public const int WrongUsage = 2;
}
