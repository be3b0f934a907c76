using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Fetching;

/// <summary>
/// Fetches one file: from the cache, else from the mirror, else from upstream. It gets into the cache only when it is verified.
/// </summary>
public sealed class FileFetcher(
    DownloadCache cache, MirrorSource? mirror, HttpDownloader downloader, ProgressMeter meter, BuildLog log, bool offline,
    StepLog? record = null)
{
    /// <summary>Fetches a file.</summary>
    /// <exception cref="MissingOfflineException">
    /// It is neither in the cache nor in a mirror folder, and the network is forbidden.
    /// </exception>
    /// <exception cref="BuildException">Every source failed; the message lists them.</exception>
    public async Task<FetchedFile> FetchAsync(FileRequest request, CancellationToken cancel)
    {
        using OpenEvent? entry = record?.BeginFetch(request.Owner, request.FileName);
        (FetchedFile file, string origin, bool network) = await LookAsync(request, cancel);
        entry?.Fetched(origin, network, new FileInfo(file.Path).Length);
        return file;
    }

    /// <summary>Fetches a file, and says where it came from in the words of <see cref="StepEvent.Origin"/>.</summary>
    private async Task<(FetchedFile File, string Origin, bool Network)> LookAsync(FileRequest request, CancellationToken cancel)
    {
        if (Cached(request) is { } cached)
        {
            return (cached, "cache", false);
        }

        using FileLock held = await cache.LockAsync(
            request.Key,
            () => log.Step(request.Owner, "fetch", $"{request.FileName}: waiting for another process that fetches it"),
            cancel);
        if (Cached(request) is { } meanwhile)
        {
            return (meanwhile, "cache", false);
        }

        IFileOrigin[] mirrored = [.. request.MirrorPaths.Select(path => mirror?.File(path, downloader)).OfType<IFileOrigin>()];
        IFileOrigin[] origins = [.. mirrored.Concat(request.Upstream).Where(origin => !offline || !origin.NeedsNetwork)];
        if (origins.Length == 0)
        {
            throw new MissingOfflineException(
                $"{request.Owner}: {request.FileName}",
                string.Join(" or ", request.Upstream.Select(origin => origin.Location)),
                request.MirrorPath);
        }

        var problems = new List<string>();
        bool untrusted = false;
        bool absent = true;
        bool wrong = false;
        using TransferProgress transfer = meter.Start(request.Owner, request.FileName);
        foreach (IFileOrigin origin in origins)
        {
            string? problem;
            try
            {
                problem = await TryAsync(request, origin, transfer, cancel);
                wrong |= problem is not null;
                absent = false;
            }
            catch (Exception e) when (e is BuildException or IOException or UnauthorizedAccessException)
            {
                problem = FolderProblems.Explain(e) ?? e.Message;
                untrusted |= (e as TransferException)?.Failure == TransferFailure.Untrusted;
                absent &= (e as TransferException)?.Failure == TransferFailure.Absent;
            }

            if (problem is null)
            {
                PartialFile partial = cache.Partial(request.Key);
                string sha256 = request.Sha256 ?? Files.Sha256(partial.Path);
                bool isMirror = mirrored.Contains(origin);
                cache.Record(sha256, request.FileName, isMirror ? Served.Mirror : origin.Location);
                return (
                    new FetchedFile(cache.Store(partial, sha256, request.FileName), sha256, origin.Location),
                    isMirror ? "mirror" : "upstream", origin.NeedsNetwork);
            }

            problems.Add($"{origin.Location}\n    {problem}");
            if (origin != origins[^1])
            {
                log.Warn($"{request.Owner}: {request.FileName}: {problems[^1]}\n    trying the next source");
            }
        }

        string reasons = string.Join("\n  ", problems);
        string mirrorPath = request.IsMirrored ? $" (in a mirror: {request.MirrorPath})" : string.Empty;
        throw new FetchException(
            $"{request.Owner}: {request.FileName} could not be fetched{mirrorPath}\n  {reasons}",
            untrusted ? Remedies.Certificate : request.Remedy)
        {
            IsAbsent = absent,
            IsWrong = wrong,
        };
    }

    private FetchedFile? Cached(FileRequest request) =>
        request.Sha256 is { } sha256 && cache.Contains(sha256, request.FileName)
            ? new FetchedFile(cache.PathOf(sha256, request.FileName), sha256, null)
            : null;

    // null: the partial file is verified; otherwise what is wrong, and the partial file is deleted
    private async Task<string?> TryAsync(FileRequest request, IFileOrigin origin, TransferProgress transfer, CancellationToken cancel)
    {
        PartialFile partial = cache.Partial(request.Key);
        void Notice(string text) => log.Step(request.Owner, "fetch", $"{request.FileName}: {text}");
        bool mayBeDamaged = await origin.DeliverAsync(partial, transfer, Notice, cancel);
        string? problem = FileCheck.Problem(request, partial.Path);
        if (problem is not null && mayBeDamaged)
        {
            partial.Delete();
            Notice("the resumed download is corrupt; starting over");
            await origin.DeliverAsync(partial, transfer, Notice, cancel);
            problem = FileCheck.Problem(request, partial.Path);
        }

        if (problem is not null)
        {
            partial.Delete();
        }

        return problem;
    }
}

/// <summary>A file to fetch, and how it is verified.</summary>
/// <param name="Owner">The component that messages name.</param>
/// <param name="FileName">Plain, without a folder.</param>
/// <param name="MirrorPath">Its path in a mirror: <c>archives/xz-5.2.9.tar.xz</c>.</param>
/// <param name="Upstream">Where to fetch it from if the mirror does not have it, in this order.</param>
/// <param name="Sha256">64 lower-case hex digits, or null where only <see cref="Verify"/> knows.</param>
public sealed record FileRequest(string Owner, string FileName, string MirrorPath, IReadOnlyList<IFileOrigin> Upstream, string? Sha256)
{
    /// <summary>Where a mirror may have it: the path under its own name first.</summary>
    public IEnumerable<string> MirrorPaths => IsMirrored ? OtherMirrorPaths.Prepend(MirrorPath) : [];

    /// <summary>False for what is no input of a build: a mirror has it nowhere.</summary>
    public bool IsMirrored { get; init; } = true;

    /// <summary>Paths of the same bytes under other names.</summary>
    public IReadOnlyList<string> OtherMirrorPaths { get; init; } = [];

    /// <summary>A further check of the bytes: throws <see cref="BuildException"/> with what is wrong.</summary>
    public Action<string>? Verify { get; init; }

    /// <summary>What a person can do if it cannot be fetched.</summary>
    public string Remedy { get; init; } = Remedies.Upstream;

    /// <summary>Names the unfinished download, the same in every process.</summary>
    public string Key => Sha256 ?? DownloadCache.KeyOf([FileName, .. Upstream.Select(origin => origin.Location)]);
}
