namespace Qcw.Build.Fetching;

/// <summary>A file in Debian's archive, found in its index when it is asked for.</summary>
/// <param name="archive">The archive.</param>
/// <param name="location">For people.</param>
/// <param name="suite">The release whose index lists it.</param>
/// <param name="source">True for a file of a source package.</param>
/// <param name="find">Looks it up.</param>
public sealed class AptOrigin(DebianArchive archive, string location, string suite, bool source, Func<CancellationToken, Task<AptFile>> find) : IFileOrigin
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public string Location => location;

    /// <inheritdoc/>
    public bool NeedsNetwork => true;

    /// <inheritdoc/>
    public async Task<bool> DeliverAsync(PartialFile partial, Transfer transfer, Action<string> notice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(partial);
        ArgumentNullException.ThrowIfNull(transfer);
        AptFile file = await find(cancel).ConfigureAwait(false);

        // apt has no way to know what somebody else's half file is a half of
        partial.Delete();
        Directory.CreateDirectory(Path.GetDirectoryName(partial.Path)!);
        transfer.Begin(0, file.Size, "Debian's archive");
        Task download = archive.DownloadAsync(suite, source, file, partial.Path, cancel);
        while (await Task.WhenAny(download, Task.Delay(Interval, cancel)).ConfigureAwait(false) != download)
        {
            cancel.ThrowIfCancellationRequested();
            transfer.Add(partial.Length - transfer.Done);
        }

        await download.ConfigureAwait(false);
        transfer.Add(partial.Length - transfer.Done);
        return false;
    }
}
