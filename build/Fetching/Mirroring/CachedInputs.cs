using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Signatures;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>
/// Finds the verified files of a line in <c>artifacts/downloads</c>, and says where they stand in a mirror. What is not there is left out.
/// </summary>
internal sealed class CachedInputs(Paths paths, Fetcher fetcher)
{
    private readonly DownloadCache cache = new(paths.Downloads);

    /// <summary>The files of an input; a git repository is none.</summary>
    public IEnumerable<MirrorFile> FilesOf(Input input)
    {
        switch (input)
        {
            case ArchiveInput { Source: var archive } when fetcher.Find(input) is { } found:
                if (archive.Signature is { } signature && SignatureRecord.Read(cache, archive) is { } record)
                {
                    string name = SignatureRecord.SignatureName(archive);
                    yield return new MirrorFile(
                        MirrorLayout.Signature(name), input.Owner, signature.Url.AbsoluteUri, cache.PathOf(record.Signature, name),
                        record.Signature);
                }

                yield return File(found);
                break;
            case DebianInput or DebianPackageInput or PatchInput when fetcher.Find(input) is { } found:
                yield return File(found);
                break;
            default:
                break;
        }

        MirrorFile File(FetchedSource found) => new(input.MirrorPath!, input.Owner, input.Upstream, found.Path, found.ContentHash);
    }

    /// <summary>The firmware packages of a line, and behind them their record; nothing where one of them is missing.</summary>
    public IEnumerable<MirrorFile> Firmware(ReleaseLine line)
    {
        string path = FirmwareRecord.PathFor(cache, line);
        if (FirmwareRecord.Read(path, line.Firmware) is not { } record
            || !record.Packages.All(entry => cache.Contains(entry.File.Sha256, entry.File.Name)))
        {
            return [];
        }

        return record
            .Packages.Select(entry => new MirrorFile(
                MirrorLayout.Firmware(entry.File.Name), "firmware", entry.File.Uri, cache.PathOf(entry.File.Sha256, entry.File.Name),
                entry.File.Sha256))
            .Append(new MirrorFile(MirrorLayout.FirmwareRecord(line), "firmware", "Debian's signed index", path, Files.Sha256(path)));
    }
}
