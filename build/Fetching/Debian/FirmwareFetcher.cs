using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching.Debian;

/// <summary>Fetches the firmware packages of a line: in the recorded versions, or, the first time, in the current ones.</summary>
public sealed class FirmwareFetcher(
    DownloadCache cache, FileFetcher files, DebianArchive debian, MirrorSource? mirror, HttpDownloader downloader, BuildLog log,
    FetchOptions options)
{
    /// <summary>Fetches what is missing; without the network where everything is recorded and cached.</summary>
    /// <returns>The failures; empty if everything is there.</returns>
    public async Task<IReadOnlyList<BuildException>> FetchAsync(ReleaseLine line, CancellationToken cancel)
    {
        if (line.Firmware.Count == 0)
        {
            return [];
        }

        using FileLock held = await FileLock.WaitAsync(
            RecordOf(line) + ".lock", () => log.Step("firmware", "fetch", "waiting for another process that is fetching them"), cancel);
        var failures = new List<BuildException>();
        try
        {
            FirmwareRecord record = await RecordAsync(line, cancel);
            foreach (FirmwareEntry entry in record.Packages)
            {
                await FetchAsync(entry, failures, cancel);
            }

            if (failures.Count == 0)
            {
                // last: a record means that everything it names is in the cache
                record.Write(RecordOf(line));
            }
        }
        catch (BuildException e)
        {
            failures.Add(e);
        }

        return failures;
    }

    /// <summary>What was fetched, or null if it was not, or the line asks for other packages now. Never uses the network.</summary>
    public IReadOnlyList<FetchedPackage>? Locate(ReleaseLine line)
    {
        return line.Firmware.Count == 0 ? []
            : FirmwareRecord.Read(RecordOf(line), line.Firmware) is { } record ? Located(line, record) : null;
    }

    private async Task FetchAsync(FirmwareEntry entry, List<BuildException> failures, CancellationToken cancel)
    {
        try
        {
            FetchedFile file = await files.FetchAsync(Request(entry), cancel);
            log.Step("firmware", "fetch", $"{entry.Package} {entry.Version}: {FetchReport.Text(file)}");
        }
        catch (BuildException e)
        {
            failures.Add(e);
        }
    }

    private string RecordOf(ReleaseLine line) => FirmwareRecord.PathFor(cache, line);

    private async Task<FirmwareRecord> RecordAsync(ReleaseLine line, CancellationToken cancel)
    {
        string path = RecordOf(line);
        if (!options.RefreshFirmware)
        {
            if (FirmwareRecord.Read(path, line.Firmware) is { } known)
            {
                return known;
            }

            if (Mirrored(line) is { } mirrored)
            {
                return mirrored;
            }
        }

        if (options.Offline)
        {
            string names = string.Join(", ", line.Firmware.Select(package => package.Package));
            throw new MissingOfflineException(
                $"firmware: the Debian packages {names}{(options.RefreshFirmware ? " (to be refreshed)" : string.Empty)}",
                "Debian's archive", MirrorLayout.FirmwareRecord(line) + " and the .deb files beside it");
        }

        var entries = new List<FirmwareEntry>();
        foreach (FirmwarePackage package in line.Firmware)
        {
            (AptFile file, string version) = await debian.FindAsync(package, cancel);
            log.Step("firmware", "fetch", $"{package.Package}: {version} is what {package.Suite} has now");
            entries.Add(new FirmwareEntry(package.Package, package.Suite, version, file));
        }

        return new FirmwareRecord(entries);
    }

    // Debian's signature was checked when the mirror was made; what is left of it there is the hashes in this record
    private FirmwareRecord? Mirrored(ReleaseLine line)
    {
        if (mirror?.File(MirrorLayout.FirmwareRecord(line), downloader) is not FolderOrigin origin)
        {
            return null;
        }

        FirmwareRecord? record = FirmwareRecord.Read(origin.Location, line.Firmware);
        log.Step(
            "firmware",
            "fetch",
            record is null ? $"{origin.Location} lists other packages: not used" : $"versions as recorded in {origin.Location}");
        return record;
    }

    private FileRequest Request(FirmwareEntry entry)
    {
        string location = $"Debian binary package {entry.Package} {entry.Version} ({entry.Suite})";
        var origin = new AptOrigin(debian, location, new AptIndex(entry.Suite, Source: false), _ => Task.FromResult(entry.File));
        return new FileRequest("firmware", entry.File.Name, MirrorLayout.Firmware(entry.File.Name), [origin], entry.File.Sha256)
        {
            Remedy = Remedies.Firmware,
        };
    }

    private List<FetchedPackage>? Located(ReleaseLine line, FirmwareRecord record) =>
        record.Packages.All(entry => cache.Contains(entry.File.Sha256, entry.File.Name))
            ? [.. line.Firmware.Zip(record.Packages, (package, entry) =>
                new FetchedPackage(package, entry.Version, entry.File.Sha256, cache.PathOf(entry.File.Sha256, entry.File.Name)))]
            : null;
}
