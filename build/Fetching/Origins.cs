using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Http;

namespace Qcw.Build.Fetching;

/// <summary>A place that a file can be fetched from.</summary>
public interface IFileOrigin
{
    /// <summary>An address or a path, for messages.</summary>
    string Location { get; }

    /// <summary>False for a file on this machine.</summary>
    bool NeedsNetwork { get; }

    /// <summary>Writes the file's bytes into the partial file. They are not verified yet.</summary>
    /// <returns>True if a wrong hash may be due to the transfer, so that fetching it again may help.</returns>
    /// <exception cref="BuildException">It failed; the message has the cause only, not the place.</exception>
    Task<bool> DeliverAsync(PartialFile partial, TransferProgress transfer, Action<string> notice, CancellationToken cancel);
}

/// <summary>A file on a web server.</summary>
public sealed class HttpOrigin(HttpDownloader downloader, Uri url) : IFileOrigin
{
    public string Location => url.AbsoluteUri;

    public bool NeedsNetwork => true;

    public Task<bool> DeliverAsync(PartialFile partial, TransferProgress transfer, Action<string> notice, CancellationToken cancel) =>
        downloader.DownloadAsync(url, partial, transfer, notice, cancel);
}

/// <summary>A file in a mirror folder. It is copied, because the mirror must not change.</summary>
public sealed class FolderOrigin(string path) : IFileOrigin
{
    public string Location => path;

    public bool NeedsNetwork => false;

    public async Task<bool> DeliverAsync(PartialFile partial, TransferProgress transfer, Action<string> notice, CancellationToken cancel)
    {
        partial.Delete();
        try
        {
            await using FileStream from = File.OpenRead(path);
            await using FileStream to = partial.OpenToAppend();
            DiskSpace.Require(partial.Path, from.Length, $"copying {Path.GetFileName(path)}");
            transfer.Begin(0, from.Length, path);
            await from.CopyToAsync(to, cancel);
            transfer.Add(to.Length);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(FolderProblems.Explain(e) ?? e.Message, e);
        }
    }
}
