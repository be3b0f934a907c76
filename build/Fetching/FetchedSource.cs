namespace Qcw.Build.Fetching;

/// <summary>What shape a fetched source has on disk.</summary>
public enum FetchedKind
{
    /// <summary>An archive file.</summary>
    Archive,

    /// <summary>A bare git repository that holds the pinned commit.</summary>
    GitRepository,

    /// <summary>A folder.</summary>
    Directory,
}

/// <summary>A verified source on disk.</summary>
/// <param name="Kind">Its shape.</param>
/// <param name="Path">Full path.</param>
/// <param name="ContentHash">Identifies the bytes: a sha256, or the commit id.</param>
public sealed record FetchedSource(FetchedKind Kind, string Path, string ContentHash);
