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
