namespace Qcw.Build.Fetching;

/// <summary>What a person can do about a file that cannot be had.</summary>
internal static class Remedies
{
    /// <summary>Two or three lines for the end of an error.</summary>
    public static string ForFile(FileRequest request) => request.Remedy ??
        $"""
          what to do: check the network (HTTPS_PROXY is honoured) and run again, downloads are resumed;
            or put the file into a mirror as {request.MirrorPath} and give --mirror DIR-or-URL;
            or build from what Debian's archive has: --line=debian12
            (a wrong sha256 of a file that is not an error page: the pin or the upstream file changed, compare both before trusting either)
        """;

    /// <summary>The same for a git repository.</summary>
    public static string ForRepository(string mirrorPath) =>
        $"""
          what to do: check the network (HTTPS_PROXY is honoured) and run again;
            or put a bare clone into a mirror as {mirrorPath} and give --mirror DIR-or-URL;
            or build from what Debian's archive has: --line=debian12
        """;

    /// <summary>The end of the list of what is missing offline.</summary>
    public const string Offline =
        "  what to do: run once without --offline, or give --mirror DIR with these files (layout: docs/mirror.md)";
}
