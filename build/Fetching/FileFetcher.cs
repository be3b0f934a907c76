using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching;

/// <summary>A file that is wanted, and how one knows that it is the right one.</summary>
/// <param name="Owner">The component, for people.</param>
/// <param name="FileName">Plain, without a folder.</param>
/// <param name="MirrorPath">Where it stands in a mirror: <c>archives/xz-5.2.9.tar.xz</c>.</param>
/// <param name="Upstream">Where it can be had, in order, behind the mirror.</param>
/// <param name="Sha256">64 lower-case hex digits, or null where only <see cref="Verify"/> knows.</param>
public sealed record FileRequest(string Owner, string FileName, string MirrorPath, IReadOnlyList<IFileOrigin> Upstream, string? Sha256)
{
    /// <summary>A further check of the bytes: throws <see cref="BuildException"/> with what is wrong.</summary>
    public Action<string>? Verify { get; init; }

    /// <summary>What a person can do where it cannot be had.</summary>
    public string Remedy { get; init; } = Remedies.Upstream;

    /// <summary>Names the file while it is under way, also for other processes.</summary>
    public string Key => Sha256 ?? DownloadCache.KeyOf([FileName, .. Upstream.Select(origin => origin.Location)]);
}

/// <summary>Gets a single file: from the cache, else from the mirror, else from upstream; verified before anybody sees it.</summary>
public sealed class FileFetcher(DownloadCache cache, MirrorSource? mirror, HttpDownloader downloader, TransferMeter meter, BuildLog log, bool offline)
{
    /// <summary>Fetches a file.</summary>
    /// <exception cref="MissingOfflineException">It is nowhere, and the network is forbidden.</exception>
    /// <exception cref="BuildException">Every place failed; the message lists them.</exception>
    public async Task<FetchedFile> FetchAsync(FileRequest request, CancellationToken cancel)
    {
        if (Cached(request) is { } cached)
        {
            return cached;
        }

        using FileLock held = await cache.LockAsync(
            request.Key, () => log.Step(request.Owner, "fetch", $"{request.FileName}: another process fetches it, waiting"), cancel);
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
            string? problem = await TryAsync(request, origin, transfer, cancel);
            if (problem is null)
            {
                PartialFile partial = cache.Partial(request.Key);
                string sha256 = request.Sha256 ?? Files.Sha256(partial.Path);
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
            bool mayBeDamaged = await origin.DeliverAsync(partial, transfer, Notice, cancel);
            string? problem = FileCheck.Problem(request, partial.Path);
            if (problem is not null && mayBeDamaged)
            {
                partial.Delete();
                Notice("what was put together from several parts is wrong; once more from the first byte");
                await origin.DeliverAsync(partial, transfer, Notice, cancel);
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
