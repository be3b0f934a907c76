using Qcw.Build.Processes;

namespace Qcw.Build.Fetching;

/// <summary>Reads from git's words whether another attempt can help.</summary>
internal static class GitFailures
{
    private static readonly string[] Unreachable =
        ["Could not resolve", "Failed to connect", "Couldn't connect", "Connection refused", "No route to host", "Network is unreachable", "Could not connect"];

    private static readonly string[] Final =
        ["not our ref", "not found", "does not appear to be a git repository", "Authentication failed", "could not read Username",
         "Permission denied", "SSL certificate", "requested URL returned error: 40", "could not be started", "No space left"];

    public static TransferException Explain(ProcessFailedException e) =>
        new(e.Message, Has(e, Unreachable) ? TransferFailure.Unreachable : Has(e, Final) ? TransferFailure.Final : TransferFailure.Passing, inner: e);

    private static bool Has(ProcessFailedException e, string[] texts) => texts.Any(text => e.Message.Contains(text, StringComparison.Ordinal));
}
