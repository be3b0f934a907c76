namespace Qcw.Build.Fetching;

/// <summary>Something could not be fetched from any of its sources.</summary>
/// <param name="problem">What could not be fetched, and for each source why.</param>
/// <param name="remedy">What a person can do; if several things fail, equal remedies are printed once.</param>
public sealed class FetchException(string problem, string remedy) : BuildException($"{problem}\n{remedy}")
{
    /// <summary>What could not be fetched, and for each source why.</summary>
    public string Problem { get; } = problem;

    /// <summary>What a person can do.</summary>
    public string Remedy { get; } = remedy;

    /// <summary>True where every place answered that it does not have the file.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>True where a place gave a file, but another one.</summary>
    public bool IsWrong { get; init; }
}

/// <summary>Something is in neither the cache nor the mirror, and the network may not be used.</summary>
public sealed class MissingOfflineException : BuildException
{
    /// <summary>A file or repository that is missing.</summary>
    /// <param name="what">One line: the component and the file.</param>
    /// <param name="location">Its upstream address.</param>
    /// <param name="mirrorPath">Its path in a mirror.</param>
    public MissingOfflineException(string what, string location, string mirrorPath)
        : this(what, $"\n    upstream: {location}\n    in a mirror: {mirrorPath}")
    {
    }

    private MissingOfflineException(string what, string places)
        : base($"{what} is missing, and --offline forbids the network{places}") => Entry = what + places;

    /// <summary>The entry of a list of all that is missing.</summary>
    public string Entry { get; }

    /// <summary>A source and its alternatives: one of them is enough.</summary>
    public static MissingOfflineException OfAlternatives(IReadOnlyList<MissingOfflineException> ways)
    {
        string[] first = ways[0].Entry.Split('\n', 2);
        return new MissingOfflineException(
            first[0], "\n" + first[1] + string.Concat(ways.Skip(1).Select(way => $"\n  or instead {way.Entry}")));
    }
}

/// <summary>Puts the failures of one fetch into one error.</summary>
internal static class FetchFailures
{
    /// <summary>One error for a source and its alternatives, none of which could be fetched.</summary>
    public static BuildException OfAlternatives(IReadOnlyList<BuildException> failures) =>
        failures.Count == 1 ? failures[0]
        : failures.All(e => e is MissingOfflineException)
            ? MissingOfflineException.OfAlternatives([.. failures.Cast<MissingOfflineException>()])
        : new FetchException(
            string.Join("\n  or instead\n", failures.Select(e => e is FetchException fetch ? fetch.Problem : e.Message)),
            failures.OfType<FetchException>().FirstOrDefault()?.Remedy ?? Remedies.Upstream);

    /// <summary>Throws if there are failures. Equal remedies are printed once, at the end.</summary>
    public static void Throw(IReadOnlyList<BuildException> failures)
    {
        List<MissingOfflineException> missing =
            [.. failures.OfType<MissingOfflineException>().OrderBy(e => e.Entry, StringComparer.Ordinal)];
        List<BuildException> others =
            [.. failures.Where(e => e is not MissingOfflineException).OrderBy(e => e.Message, StringComparer.Ordinal)];
        if (missing.Count == 0 && others.Count <= 1)
        {
            if (others.Count == 1)
            {
                throw others[0];
            }

            return;
        }

        IEnumerable<string> parts = others.Select(e => e is FetchException fetch ? fetch.Problem : e.Message)
            .Concat(others.OfType<FetchException>().Select(e => e.Remedy).Distinct());
        if (missing.Count > 0)
        {
            string these = missing.Count == 1 ? "this is" : $"these {missing.Count} are";
            string list = string.Join("\n  ", missing.Select(e => e.Entry));
            parts = parts.Append($"--offline: {these} in neither the cache nor the mirror\n  {list}\n{Remedies.Offline}");
        }

        throw new BuildException(string.Join("\n", parts), failures[0]);
    }
}

/// <summary>What a person can do about a file that could not be fetched.</summary>
internal static class Remedies
{
    /// <summary>For a file from a web server.</summary>
    public const string Upstream =
        """
          what to do: check the network (HTTPS_PROXY is honoured) and run again, downloads are resumed;
            or give --mirror DIR-or-URL with what is missing (layout: docs/mirror.md);
            or build the versions that Debian's archive has: --line=debian13
        """;

    /// <summary>For a server whose certificate is not trusted.</summary>
    public const string Certificate =
        """
          what to do: give the certificate authorities of your network with --ca-file=FILE, or set SSL_CERT_FILE (docs/closed-networks.md);
            a certificate that has expired, or is not valid yet, may also mean that the clock of this machine is wrong
        """;

    /// <summary>For a file from Debian's archive.</summary>
    public const string Debian =
        """
          what to do: check that apt-get update works on this machine (qcw uses its addresses and proxies) and run again;
            or give --mirror DIR with what is missing (layout: docs/mirror.md)
        """;

    /// <summary>For a file with Debian's patches.</summary>
    public const string DebianPatches =
        """
          what to do: Debian removes these files when a newer revision replaces them, a mirror keeps them:
            give --mirror DIR with what is missing (layout: docs/mirror.md);
            or name the newer revision in the line: file, sha256, and the patches to take
            (docs/building.md, "Patches of Debian's packages")
        """;

    /// <summary>For a firmware package in a recorded version.</summary>
    public const string Firmware =
        """
          what to do: if Debian has replaced this version, take the current one with --refresh-firmware;
            or give --mirror DIR with what is missing (layout: docs/mirror.md)
        """;

    /// <summary>The end of the list of what is missing offline.</summary>
    public const string Offline =
        "  what to do: run once without --offline, or give --mirror DIR with these files (layout: docs/mirror.md)";
}
