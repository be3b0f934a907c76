namespace Qcw.Build;

/// <summary>Carries the exception that ended the run from Cake's teardown to the exit code; Cake itself only knows 1.</summary>
public sealed class Outcome
{
    /// <summary>Null where nothing failed.</summary>
    public Exception? Failure { get; set; }
}
