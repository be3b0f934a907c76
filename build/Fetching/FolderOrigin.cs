namespace Qcw.Build.Fetching;

/// <summary>A file in a mirror folder. It is copied: the mirror is somebody's own.</summary>
public sealed class FolderOrigin(string path) : IFileOrigin
{
    /// <inheritdoc/>
    public string Location => path;

    /// <inheritdoc/>
    public bool NeedsNetwork => false;

    /// <inheritdoc/>
    public async Task<bool> DeliverAsync(PartialFile partial, Transfer transfer, Action<string> notice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(partial);
        ArgumentNullException.ThrowIfNull(transfer);
        partial.Delete();
        try
        {
            await using FileStream from = File.OpenRead(path);
            await using FileStream to = partial.OpenToAppend();
            transfer.Begin(0, from.Length, path);
            await from.CopyToAsync(to, cancel).ConfigureAwait(false);
            PartialFile.FlushToDisk(to);
            transfer.Add(to.Length);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(e.Message, e);
        }
    }
}
