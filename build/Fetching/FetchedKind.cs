namespace Qcw.Build.Fetching;

/// <summary>What a fetched source is on disk.</summary>
public enum FetchedKind
{
    /// <summary>A tar archive, compressed or not.</summary>
    Archive,

    /// <summary>A bare git repository that has the pinned commit and every blob of its sparse checkout.</summary>
    GitRepository,

    /// <summary>A folder given on the command line; it is somebody's own and must not be changed.</summary>
    Directory,
}
