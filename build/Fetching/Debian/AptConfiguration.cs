using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Debian;

/// <summary>Which of Debian's indexes is read.</summary>
/// <param name="Suite">Code name of the suite.</param>
/// <param name="Source">True: of source packages; false: of binary packages.</param>
public sealed record AptIndex(string Suite, bool Source)
{
    /// <summary>Debian's name of the machines that the packages are for; null: those of this machine, or source packages.</summary>
    public string? Architecture { get; init; }

    /// <summary>
    /// True: it is read also when Debian does not vouch for it any more, because the copy of the archive is old. For what is shown to
    /// people, never for what is built.
    /// </summary>
    public bool MayBeExpired { get; init; }

    /// <summary>The index that lists a package.</summary>
    public static AptIndex Of(DebianPackage package) => new(package.Suite, Source: false)
    {
        // packages for all machines are in every index
        Architecture = package.Architecture == "all" || package.Architecture == OfThisMachine ? null : package.Architecture,
    };

    private static string OfThisMachine =>
        RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "arm64" : "amd64";
}

/// <summary>
/// A private apt for one Debian release, under <c>downloads/apt/&lt;release&gt;-source</c> or <c>-binary</c>: its own sources, indexes and
/// caches, Debian's keyring and no other, the machine's proxies. It reads nothing else of the machine's configuration, because that may
/// hold hooks (container images delete the machine's package cache after each update) and changes none of it.
/// </summary>
internal sealed partial class AptConfiguration(Paths paths, AptIndex index, ProxySettings proxies, BuildLog log)
{
    private readonly string release = index.Suite;
    private readonly bool source = index.Source;
    private readonly Lock gate = new();
    private readonly List<Uri> archives = [];
    private Task? update;

    // apt waits 30 seconds for a server, three times; it sleeps for ever if it cannot write what came
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // the binary packages of Debian 13 with updates and security take 140 MB, apt's cache included
    private const long IndexRoom = 200_000_000;

    /// <summary>The proxies that the archives are reached through, as the end of a message; empty where there are none.</summary>
    public string Through => string.Concat(archives.Select(proxies.Through).Distinct());

    private string Folder => Path.Combine(paths.Downloads, "apt", release + (source ? "-source" : "-binary") + Other("-"));

    private string ConfigurationFile => Path.Combine(Folder, "apt.conf");

    /// <summary>Brings the indexes up to date. Only the first call does so; the others wait for it.</summary>
    public Task UpdateAsync(CancellationToken cancel)
    {
        lock (gate)
        {
            return update ??= RunUpdateAsync(cancel);
        }
    }

    /// <summary>Runs a program of apt's in this configuration.</summary>
    /// <exception cref="ProcessFailedException">It failed.</exception>
    public Task<ProcessResult> RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        ProcessRunner.RunAsync(Request(program, arguments), cancel);

    /// <summary>Runs a program of apt's in this configuration; it may fail.</summary>
    public Task<ProcessResult> TryAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel) =>
        ProcessRunner.RunAsync(Request(program, arguments) with { AllowFailure = true }, cancel);

    private ProcessRequest Request(string program, IReadOnlyList<string> arguments) => new(program, arguments)
    {
        WorkingDirectory = Folder,
        Environment = new Dictionary<string, string?>(proxies.ForChild(archives)) { ["APT_CONFIG"] = ConfigurationFile, ["LC_ALL"] = "C" },
        Patience = Patience,
        LogFile = paths.Log("apt", "fetch"),
    };

    private async Task RunUpdateAsync(CancellationToken cancel)
    {
        using FileLock held = await FileLock.WaitAsync(
            Folder + ".lock",
            () => log.Step("debian", "fetch", $"waiting for another process that is reading the index of {release}"),
            cancel);
        DiskSpace.Require(Folder, IndexRoom, $"reading the index of {release}");
        Write();
        log.Step("debian", "fetch", $"reading the index of {release} ({(source ? "sources" : "binary packages")}) ...");

        // without error-mode any, apt-get counts an index that it could not read as success
        string[] old = index.MayBeExpired ? ["--option=Acquire::Check-Valid-Until=false"] : [];
        await RunAsync("apt-get", ["--quiet=2", "--error-on=any", .. old, "update"], cancel);
    }

    /// <summary>The fields of the signed file that vouches for the index of the suite itself, without its updates.</summary>
    /// <exception cref="BuildException">It is not there: the index has not been read.</exception>
    public IReadOnlyDictionary<string, string> Release()
    {
        string lists = Path.Combine(Folder, "state", "lists");
        string[] names = [$"*_dists_{release}_InRelease", $"*_dists_{release}_Release"];
        string file = names.SelectMany(name => Directory.GetFiles(lists, name)).FirstOrDefault()
            ?? throw new BuildException($"{lists} has no InRelease file of {release}");

        // the fields begin behind the head of the signature, which is a paragraph of its own
        return AptStanzas.Parse(File.ReadAllText(file)).FirstOrDefault(stanza => stanza.ContainsKey("Codename"))
            ?? throw new BuildException($"{file} has no field Codename, expected Debian's signed Release file");
    }

    private void Write()
    {
        string[] parts =
        [
            "state/lists/partial", "cache/archives/partial", "log",
            "etc/apt.conf.d", "etc/sources.list.d", "etc/preferences.d", "etc/trusted.gpg.d",
        ];
        foreach (string part in parts)
        {
            Directory.CreateDirectory(Path.Combine(Folder, part));
        }

        IReadOnlyList<string> credentials = AptSettings.Credentials();
        string[] lines =
        [
            $"Dir::State \"{Folder}/state\";",
            $"Dir::State::status \"{Folder}/state/status\";",
            $"Dir::Cache \"{Folder}/cache\";",
            $"Dir::Etc \"{Folder}/etc\";",
            $"Dir::Log \"{Folder}/log\";",
            .. credentials is [var file, var folder]
                ? (string[])[$"Dir::Etc::netrc \"{file}\";", $"Dir::Etc::netrcparts \"{folder}\";"] : [],
            .. index.Architecture is { } other ? (string[])[$"APT::Architecture \"{other}\";", $"APT::Architectures \"{other}\";"] : [],
            "Acquire::Languages \"none\";",
            "Acquire::Retries \"2\";",
            "Acquire::http::Timeout \"30\";",
            "Acquire::http::ConnectionTimeout \"10\";",
            "Acquire::https::Timeout \"30\";",
            "Acquire::https::ConnectionTimeout \"10\";",

            // as root, apt would switch to a user that cannot read a checkout in the home folder of root; all downloads are verified in any
            // case
            "APT::Sandbox::User \"root\";",
            .. TrustedAuthorities.File is { } trusted ? (string[])[$"Acquire::https::CAInfo \"{trusted}\";"] : [],
            .. AptSettings.Lines(),
        ];
        File.WriteAllText(Path.Combine(Folder, "state", "status"), string.Empty);
        Files.Write(Path.Combine(Folder, "etc", "sources.list"), string.Concat(Sources().Select(line => line + "\n")));
        Files.Write(ConfigurationFile, string.Concat(lines.Select(line => line + "\n")), secret: true);
    }

    private IEnumerable<string> Sources()
    {
        // updates and security: a newer revision there may be the only one whose index still names the file
        string[] releases = StableName().IsMatch(release) ? [release, release + "-updates", release + "-security"] : [release];
        foreach (string name in releases)
        {
            string? uri = AptSettings.ArchiveOf(name);
            if (uri is null && !AptSettings.IsSecurity(name))
            {
                throw new BuildException($"apt on this machine has no source for Debian's archive (main), so {name} cannot be read");
            }

            if (uri is null)
            {
                log.Warn($"apt on this machine has no source for Debian's security archive: {name} is left out");
                continue;
            }

            if (Uri.TryCreate(uri, UriKind.Absolute, out Uri? archive))
            {
                archives.Add(archive);
            }

            yield return $"{(source ? "deb-src" : "deb")} [{Other("arch=", " ")}signed-by={AptSettings.Keyring}] {uri} {name} main";
        }
    }

    /// <summary>The architecture between two texts where it is not this machine's; otherwise nothing.</summary>
    private string Other(string before, string after = "") =>
        index.Architecture is { } other ? before + other + after : string.Empty;

    // sid, unstable, experimental and things like bookworm-backports have no updates of their own
    [GeneratedRegex("^(?!sid$|unstable$|experimental$|rc-buggy$)[a-z]+$")]
    private static partial Regex StableName();
}
