using System.Collections.Concurrent;
using System.Globalization;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching.Debian;

/// <summary>
/// Debian's archive, read with apt under a private configuration. apt checks the archive's signature (Release, index, sha256) and uses its
/// own proxies and transports. This class asks it for single files only: archives lack some files, and a build does not need a whole source
/// package.
/// </summary>
public sealed class DebianArchive(Paths paths, ProxySettings proxies, BuildLog log)
{
    private const string Helper = "/usr/lib/apt/apt-helper";
    private readonly ConcurrentDictionary<AptIndex, AptConfiguration> configurations = new();

    /// <summary>Finds a source package's file in the index; of several versions of the package, one that has this file.</summary>
    /// <exception cref="BuildException">Not in the index, or with another hash than the pin's.</exception>
    public async Task<AptFile> FindAsync(DebianPlace source, CancellationToken cancel)
    {
        AptConfiguration apt = await UpdatedAsync(new AptIndex(source.Suite, Source: true), cancel);
        string stanzas = (await apt.TryAsync("apt-cache", ["showsrc", "--only-source", source.Package], cancel)).StandardOutput;
        var versions = AptStanzas.Parse(stanzas)
            .Select(stanza => (Version: stanza.GetValueOrDefault("Version", string.Empty), Sha256: HashOf(stanza, source.File)))
            .Where(version => version.Version.Length > 0).Distinct().ToList();
        var having = versions.Where(version => version.Sha256 is not null).ToList();
        if (having.Count == 0)
        {
            string known = versions.Count > 0
                ? $"it has the versions {string.Join(", ", versions.Select(v => v.Version))}"
                : "it does not have this package at all";
            string gone = versions.Count > 0 && DebianFile.IsPackaging(source.File)
                ? $"; Debian has removed the revision {DebianFile.RevisionOf(source.File)}, which a newer one replaces"
                : string.Empty;
            throw new BuildException(
                $"Debian's index of {source.Suite} lists no file {source.File} of the source package {source.Package}: {known}{gone}");
        }

        if (having.FirstOrDefault(version => version.Sha256 == (source.Sha256 ?? having[0].Sha256)) is not { Version: not null } match)
        {
            throw NotThePinned(source.File, source.Sha256, having[0].Sha256);
        }

        ProcessResult uris = await apt.RunAsync(
            "apt-get", ["source", "--download-only", "--only-source", "--print-uris", $"{source.Package}={match.Version}"], cancel);
        AptFile found = AptFile.Parse(uris.StandardOutput).First(file => file.Name == source.File);
        IEnumerable<string> places = AptStanzas.Parse(stanzas)
            .Where(stanza => HashOf(stanza, source.File) == found.Sha256)
            .Select(stanza => stanza.GetValueOrDefault("Directory")).OfType<string>().Distinct()
            .Select(folder => AddressOf(source.Suite, $"{folder}/{source.File}")).OfType<string>();
        return found with { Elsewhere = [.. places.Where(place => Uri.UnescapeDataString(place) != Uri.UnescapeDataString(found.Uri))] };
    }

    /// <summary>Finds the file of a binary package in the index, whatever versions of the package are newer.</summary>
    /// <exception cref="BuildException">Not in the index, or with another hash than the pin's.</exception>
    public async Task<AptFile> FindAsync(DebianPackage package, CancellationToken cancel)
    {
        AptConfiguration apt = await UpdatedAsync(AptIndex.Of(package), cancel);
        string stanzas = (await apt.TryAsync("apt-cache", ["show", package.Package], cancel)).StandardOutput;
        IReadOnlyList<IReadOnlyDictionary<string, string>> versions =
            [.. AptStanzas.Parse(stanzas).Where(stanza => stanza.ContainsKey("Version") && stanza.ContainsKey("SHA256"))];
        if (versions.FirstOrDefault(stanza => Path.GetFileName(stanza.GetValueOrDefault("Filename")) == package.File) is not { } found)
        {
            string known = versions.Count > 0
                ? $"it has the versions {string.Join(", ", versions.Select(stanza => stanza["Version"]))}"
                : "it does not have this package at all";
            throw new BuildException(
                $"Debian's index of {package.Suite} lists no file {package.File} of the binary package {package.Package}: {known}");
        }

        if (found["SHA256"] != package.Sha256)
        {
            throw NotThePinned(package.File, package.Sha256, found["SHA256"]);
        }

        ProcessResult uris = await apt.RunAsync(
            "apt-get", ["download", "--print-uris", $"{package.Package}={found["Version"]}"], cancel);
        return AptFile.Parse(uris.StandardOutput).First(file => file.Sha256 == package.Sha256);
    }

    /// <summary>Finds the current version of a binary package in the index, security updates included.</summary>
    /// <exception cref="BuildException">Not in the index.</exception>
    public async Task<(AptFile File, string Version)> FindAsync(FirmwarePackage package, CancellationToken cancel)
    {
        AptConfiguration apt = await UpdatedAsync(new AptIndex(package.Suite, Source: false), cancel);
        string uris = (await apt.TryAsync("apt-get", ["download", "--print-uris", package.Package], cancel)).StandardOutput;
        string stanzas = (await apt.TryAsync("apt-cache", ["show", package.Package], cancel)).StandardOutput;
        AptFile? file = AptFile.Parse(uris) is [var first, ..] ? first : null;
        string? version = AptStanzas.Parse(stanzas)
            .FirstOrDefault(stanza => stanza.GetValueOrDefault("SHA256") == file?.Sha256)?.GetValueOrDefault("Version");
        return file is not null && version is not null
            ? (file, version)
            : throw new BuildException($"Debian's index of {package.Suite} has no binary package {package.Package}");
    }

    /// <summary>What the index of a suite, with its updates, says of source packages.</summary>
    /// <exception cref="BuildException">The index cannot be read.</exception>
    public async Task<SourceIndex> SourcesAsync(
        string suite, IReadOnlyCollection<string> packages, bool mayBeExpired, CancellationToken cancel)
    {
        AptConfiguration apt = await UpdatedAsync(new AptIndex(suite, Source: true) { MayBeExpired = mayBeExpired }, cancel);
        string stanzas = (await apt.TryAsync("apt-cache", ["showsrc", "--only-source", .. packages], cancel)).StandardOutput;
        IReadOnlyDictionary<string, string> release = apt.Release();
        DateTimeOffset? Time(string field) => release.TryGetValue(field, out string? text)
            && DateTimeOffset.TryParseExact(
                text.Replace("UTC", "+00:00", StringComparison.Ordinal), "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time : null;
        return new SourceIndex(
            suite,
            Time("Date") ?? throw new BuildException($"Debian's index of {suite} does not say when it was made"),
            Time("Valid-Until"),
            SourcePackage.Merge(AptStanzas.Parse(stanzas).Select(SourcePackage.Of).OfType<SourcePackage>()));
    }

    /// <summary>A file of a source package that an index lists.</summary>
    /// <exception cref="BuildException">The machine's apt has no such archive.</exception>
    public static AptFile FileOf(string suite, SourcePackage package, SourcePackageFile file)
    {
        string[] places = [.. package.Folders
            .Select(folder => AddressOf(suite, $"{folder}/{Uri.EscapeDataString(file.Name)}")).OfType<string>()];
        return places.Length == 0
            ? throw new BuildException($"apt on this machine has no source for Debian's archive that has {package.Folders[0]}")
            : new AptFile(places[0], file.Name, file.Size, file.Sha256) { Elsewhere = places[1..] };
    }

    /// <summary>Downloads a file with apt's own transports; apt checks the hash.</summary>
    /// <exception cref="BuildException">It is not there, or not what the index says.</exception>
    public async Task DownloadAsync(AptIndex index, AptFile file, string target, CancellationToken cancel)
    {
        AptConfiguration apt = await UpdatedAsync(index, cancel);

        var problems = new List<string>();
        foreach (string place in file.Elsewhere.Prepend(file.Uri))
        {
            // with file: apt would not copy the file; with copy: it does
            string uri = place.StartsWith("file:", StringComparison.Ordinal) ? "copy:" + place["file:".Length..] : place;
            ProcessResult result = await apt.TryAsync(Helper, ["download-file", uri, target, "SHA256:" + file.Sha256], cancel);
            if (result.ExitCode == 0 && File.Exists(target))
            {
                return;
            }

            problems.Add($"apt could not download {uri}: {GitAttempt.LastLines(result.StandardError)}");
        }

        string all = string.Join("\n    ", problems);
        throw IsUntrusted(all) ? new TransferException(all, TransferFailure.Untrusted) : new BuildException(all);
    }

    /// <summary>The address of a file in the archive whose folders are named so; null: the machine's apt has no such archive.</summary>
    private static string? AddressOf(string suite, string path)
    {
        bool security = path.StartsWith("pool/updates/", StringComparison.Ordinal) && !AptSettings.IsSecurity(suite);
        string? archive = AptSettings.ArchiveOf(security ? suite + "-security" : suite);
        return archive is null ? null : archive.TrimEnd('/') + "/" + path;
    }

    private async Task<AptConfiguration> UpdatedAsync(AptIndex index, CancellationToken cancel)
    {
        AptConfiguration apt = configurations.GetOrAdd(index, key => new AptConfiguration(paths, key, proxies, log));
        try
        {
            await apt.UpdateAsync(cancel);
            return apt;
        }
        catch (ProcessFailedException e)
        {
            // every file of that release fails for this reason: one line is enough, the rest is in the log
            string[] lines = e.Message.Split('\n', StringSplitOptions.TrimEntries);
            string reason = lines.FirstOrDefault(line => line.StartsWith("E: ", StringComparison.Ordinal)) ?? lines[0];
            string? shortage = DiskSpace.Shortage(paths.Downloads);
            string message = $"apt could not read Debian's index of {index.Suite}: {reason}"
                + (shortage is null ? apt.Through : $"\n    {shortage}") + $"\n    full output: {paths.Log("apt", "fetch")}";
            throw IsUntrusted(e.Message) ? new TransferException(message, TransferFailure.Untrusted, inner: e)
                : new BuildException(message, e);
        }
    }

    // what apt, with GnuTLS or OpenSSL, says of a server's certificate
    private static bool IsUntrusted(string text) =>
        text.Contains("certificate verification failed", StringComparison.OrdinalIgnoreCase)
        || text.Contains("certificate verify failed", StringComparison.OrdinalIgnoreCase);

    private static BuildException NotThePinned(string file, string? pinned, string? inIndex) =>
        new($"{file} in Debian's signed index is not the pinned one\n      pinned: {pinned}\n      index:  {inIndex}");

    private static string? HashOf(IReadOnlyDictionary<string, string> stanza, string file) =>
        stanza.GetValueOrDefault("Checksums-Sha256", string.Empty).Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(parts => parts.Length == 3 && parts[2] == file)?[0];
}
