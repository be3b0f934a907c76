namespace Qcw.Build.Fetching;

/// <summary>What a person can do about a file that cannot be had.</summary>
internal static class Remedies
{
    /// <summary>About something from the internet.</summary>
    public const string Upstream =
        """
          what to do: check the network (HTTPS_PROXY is honoured) and run again, downloads are resumed;
            or give --mirror DIR-or-URL with what is missing (layout: docs/mirror.md);
            or build the versions that Debian's archive has: --line=debian12
        """;

    /// <summary>About something from Debian's archive.</summary>
    public const string Debian =
        """
          what to do: check that apt-get update works on this machine (its addresses and proxies are used) and run again;
            or give --mirror DIR with what is missing (layout: docs/mirror.md)
        """;

    /// <summary>About a package in a version that was recorded.</summary>
    public const string Firmware =
        """
          what to do: where Debian has replaced this version, take the current one with --refresh-firmware;
            or give --mirror DIR with what is missing (layout: docs/mirror.md)
        """;

    /// <summary>The end of the list of what is missing offline.</summary>
    public const string Offline =
        "  what to do: run once without --offline, or give --mirror DIR with these files (layout: docs/mirror.md)";
}
