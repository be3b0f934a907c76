using Qcw.Build.Output;
using Qcw.Build.Steps;

namespace Qcw.Build.Fetching;

/// <summary>Gets a single file: from the cache, else from the mirror, else from upstream; verified before anybody sees it.</summary>
public sealed class FileFetcher(DownloadCache cache, Mirror? mirror, HttpDownloader downloader, TransferMeter meter, BuildLog log, bool offline)
{
    /// <summary>Fetches a file.</summary>
    /// <exception cref="MissingOfflineException">It is nowhere, and the network is forbidden.</exception>
    /// <exception cref="BuildException">Every place failed; the message lists them.</exception>
    public async Task<FetchedFile> FetchAsync(FileRequest request, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Cached(request) is { } cached)
        {
            return cached;
        }

        using FileLock held = await cache.LockAsync(
            request.Key, () => log.Step(request.Owner, "fetch", $"{request.FileName}: another process fetches it, waiting"), cancel).ConfigureAwait(false);
        if (Cached(request) is { } meanwhile)
        {
            return meanwhile;
        }

        List<IFileOrigin> origins = Origins(request);
        if (origins.Count == 0)
        {
            throw new MissingOfflineException(
                $"{request.Owner}: {request.FileName}", string.Join(" or ", request.Upstream.Select(origin => origin.Location)), request.MirrorPath);
        }

        var problems = new List<string>();
        using Transfer transfer = meter.Start(request.Owner, request.FileName);
        foreach (IFileOrigin origin in origins)
        {
            string? problem = await TryAsync(request, origin, transfer, cancel).ConfigureAwait(false);
            if (problem is null)
            {
                PartialFile partial = cache.Partial(request.Key);
                string sha256 = request.Sha256 ?? Fingerprint.HashFile(partial.Path);
                return new FetchedFile(cache.Store(partial, sha256, request.FileName), sha256, origin.Location);
            }

            problems.Add($"{origin.Location}\n    {problem}");
            if (origin != origins[^1])
            {
                log.Warn($"{request.Owner}: {request.FileName}: {problems[^1]}\n    trying the next place");
            }
        }

        throw new FetchException(
            $"{request.Owner}: {request.FileName} could not be fetched (in a mirror: {request.MirrorPath})\n  {string.Join("\n  ", problems)}", request.Remedy);
    }

    private FetchedFile? Cached(FileRequest request) =>
        request.Sha256 is { } sha256 && cache.Contains(sha256, request.FileName)
            ? new FetchedFile(cache.PathOf(sha256, request.FileName), sha256, null)
            : null;

    private List<IFileOrigin> Origins(FileRequest request) =>
        [.. new[] { mirror?.File(request.MirrorPath, downloader) }.OfType<IFileOrigin>().Concat(request.Upstream).Where(o => !offline || !o.NeedsNetwork)];

    // null: the partial file is the right one; otherwise what is wrong, and what was wrong is deleted
    private async Task<string?> TryAsync(FileRequest request, IFileOrigin origin, Transfer transfer, CancellationToken cancel)
    {
        PartialFile partial = cache.Partial(request.Key);
        void Notice(string text) => log.Step(request.Owner, "fetch", $"{request.FileName}: {text}");
        try
        {
            bool mayBeDamaged = await origin.DeliverAsync(partial, transfer, Notice, cancel).ConfigureAwait(false);
            string? problem = FileCheck.Problem(request, partial.Path);
            if (problem is not null && mayBeDamaged)
            {
                partial.Delete();
                Notice("what was put together from several parts is wrong; once more from the first byte");
                await origin.DeliverAsync(partial, transfer, Notice, cancel).ConfigureAwait(false);
                problem = FileCheck.Problem(request, partial.Path);
            }

            if (problem is not null)
            {
                partial.Delete();
            }

            return problem;
        }
        catch (Exception e) when (e is BuildException or IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
