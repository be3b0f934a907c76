namespace Qcw.Build.Fetching;

/// <summary>What a failed transfer means for the next one.</summary>
public enum TransferFailure
{
    /// <summary>It may pass: try again after a while (5xx, 408, 429, reset, truncated, stalled).</summary>
    Passing,

    /// <summary>The partial file does not fit what the server has: start from the first byte.</summary>
    Restart,

    /// <summary>The host is not reached at all (name, route, refused): few and quick attempts.</summary>
    Unreachable,

    /// <summary>Asking again brings the same answer (404, 403, a certificate): go on to the next address.</summary>
    Final,
}
