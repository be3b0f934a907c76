namespace Qcw.Build.Fetching;

/// <summary>One transfer failed. The message is about the cause only; who catches it knows the address.</summary>
public sealed class TransferException(string message, TransferFailure failure, TimeSpan? retryAfter = null, Exception? inner = null)
    : BuildException(message, inner)
{
    /// <summary>What it means for the next attempt.</summary>
    public TransferFailure Failure { get; } = failure;

    /// <summary>How long the server asks to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
