namespace Qcw.Build.Fetching;

/// <summary>A file on a web server.</summary>
public sealed class HttpOrigin(HttpDownloader downloader, Uri url) : IFileOrigin
{
    /// <inheritdoc/>
    public string Location => url.AbsoluteUri;

    /// <inheritdoc/>
    public bool NeedsNetwork => true;

    /// <inheritdoc/>
    public Task<bool> DeliverAsync(PartialFile partial, Transfer transfer, Action<string> notice, CancellationToken cancel) =>
        downloader.DownloadAsync(url, partial, transfer, notice, cancel);
}
