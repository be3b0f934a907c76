using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching;

/// <summary>A place where a file can be had.</summary>
public interface IFileOrigin
{
    /// <summary>For people: an address or a path.</summary>
    string Location { get; }

    /// <summary>True where the network is needed.</summary>
    bool NeedsNetwork { get; }

    /// <summary>Brings the file's bytes, not yet verified, into the partial file.</summary>
    /// <returns>True if a wrong hash may be the transfer's fault.</returns>
    /// <exception cref="BuildException">It cannot be had here; the message is about the cause only.</exception>
    Task<bool> DeliverAsync(PartialFile partial, Transfer transfer, Action<string> notice, CancellationToken cancel);
}

/// <summary>A file on a web server.</summary>
public sealed class HttpOrigin(HttpDownloader downloader, Uri url) : IFileOrigin
{
    public string Location => url.AbsoluteUri;

    public bool NeedsNetwork => true;

    public Task<bool> DeliverAsync(PartialFile partial, Transfer transfer, Action<string> notice, CancellationToken cancel) =>
        downloader.DownloadAsync(url, partial, transfer, notice, cancel);
}

/// <summary>A file in a mirror folder. It is copied: the mirror is somebody's own.</summary>
public sealed class FolderOrigin(string path) : IFileOrigin
{
    public string Location => path;

    public bool NeedsNetwork => false;

    public async Task<bool> DeliverAsync(PartialFile partial, Transfer transfer, Action<string> notice, CancellationToken cancel)
    {
        partial.Delete();
        try
        {
            await using FileStream from = File.OpenRead(path);
            await using FileStream to = partial.OpenToAppend();
            transfer.Begin(0, from.Length, path);
            await from.CopyToAsync(to, cancel);
            transfer.Add(to.Length);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(e.Message, e);
        }
    }
}
