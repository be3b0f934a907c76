using System.Collections.Concurrent;
using System.Globalization;

namespace Qcw.Build.Fetching.Debian;

/// <summary>What the private apt takes from the machine's apt: where Debian's archive is, proxies and certificates.</summary>
internal static class AptSettings
{
    private static readonly string[] Keyrings =
        ["/usr/share/keyrings/debian-archive-keyring.gpg", "/usr/share/keyrings/debian-archive-keyring.pgp"];

    // proxies, certificates, timeouts and date checks; the rest is about the machine's own packages
    private static readonly string[] Inherited =
    [
        "Acquire::http::", "Acquire::https::", "Acquire::ftp::", "Acquire::Retries ", "Acquire::ForceIPv4 ", "Acquire::ForceIPv6 ",
        "Acquire::Check-Valid-Until ", "Acquire::Check-Date ",
    ];

    // by apt's own setting of where its configuration is
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<(string Uri, string Release)>>> Known = new();

    /// <summary>Full path of the keyring with which apt checks Debian's signatures.</summary>
    /// <exception cref="BuildException">It is not installed.</exception>
    public static string Keyring => Keyrings.FirstOrDefault(File.Exists)
        ?? throw new BuildException(
            "Debian's keyring /usr/share/keyrings/debian-archive-keyring.gpg is missing: run apt-get install debian-archive-keyring");

    /// <summary>Lines of apt.conf that the private configuration takes from the machine's.</summary>
    public static IReadOnlyList<string> Lines() =>
        [.. Run("apt-config", "dump", "--no-empty").Where(line => Inherited.Any(name => line.StartsWith(name, StringComparison.Ordinal)))];

    /// <summary>Where credentials for archives are kept: file and folder.</summary>
    public static IReadOnlyList<string> Credentials() =>
    [
        .. Run("apt-config", "shell", "FILE", "Dir::Etc::netrc/f", "PARTS", "Dir::Etc::netrcparts/d")
            .Select(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('\'')),
    ];

    /// <summary>
    /// The archive's address for a release: from the machine's source entries, the one whose release is named so, else the one of any other
    /// Debian release (an archive carries them all). Which entries are Debian's is guessed; apt proves it by the signature.
    /// </summary>
    /// <param name="release"><c>bookworm</c>, <c>bookworm-security</c>.</param>
    /// <returns>Null where the machine has none.</returns>
    public static string? ArchiveOf(string release)
    {
        // apt takes half a second, and is asked about several releases and files
        IReadOnlyList<(string Uri, string Release)> entries = Known
            .GetOrAdd(Environment.GetEnvironmentVariable("APT_CONFIG") ?? string.Empty, _ => new(Entries)).Value;
        bool security = IsSecurity(release);
        return entries.Where(entry => entry.Release == release).Select(entry => entry.Uri).FirstOrDefault()
            ?? entries.Where(entry => IsSecurity(entry.Release) == security).Select(entry => entry.Uri).FirstOrDefault();
    }

    /// <summary>The entries that are Debian's, those first whose address looks like it.</summary>
    private static IReadOnlyList<(string Uri, string Release)> Entries() =>
    [
        // --no-release-info: works also where nobody has run apt-get update yet, as in a fresh container
        .. Run("apt-get", "indextargets", "--no-release-info", "--format", "$(REPO_URI) $(RELEASE) $(COMPONENT)")
            .Select(line => line.Split(' ')).Where(parts => parts is [_, _, "main"])
            .Select(parts => (Uri: parts[0], Release: parts[1])).Distinct()
            .Where(entry => LooksLikeDebian(entry.Uri) || entry.Release.Split('-')[0] == MachinesRelease())
            .OrderByDescending(entry => LooksLikeDebian(entry.Uri)),
    ];

    /// <summary>True for a release of Debian's security archive.</summary>
    public static bool IsSecurity(string release) => release.EndsWith("-security", StringComparison.Ordinal);

    // the address of most copies of Debian's archives ends like this
    private static bool LooksLikeDebian(string uri) =>
        uri.TrimEnd('/').Split('/')[^1].ToLower(CultureInfo.InvariantCulture)
            is "debian" or "debian-security" or "debian.list" or "debian-security.list"
        || (Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed)
            && parsed.Host.EndsWith(".debian.org", StringComparison.OrdinalIgnoreCase));

    // for a copy under some other name; null on a machine that is not Debian
    private static string? MachinesRelease()
    {
        string[] lines = File.Exists("/etc/os-release") ? File.ReadAllLines("/etc/os-release") : [];
        const string name = "VERSION_CODENAME=";
        return lines.Contains("ID=debian")
            ? lines.FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..].Trim('"')
            : null;
    }

    private static string[] Run(string program, params string[] arguments)
    {
        try
        {
            string output = ProcessRunner.Run(new ProcessRequest(program, arguments)).StandardOutput;
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (ProcessFailedException e) when (e.ExitCode is null)
        {
            throw new BuildException(
                $"this is not a Debian system ({program} is missing), and Debian's archive can be read with apt only", e);
        }
    }
}
