using Qcw.Build.Fetching;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Trees;

/// <summary>Writes the plain files of a fetched source, whatever its kind, into a new folder.</summary>
internal static class SourceFiles
{
    /// <summary>Makes the folder. If that fails, nothing is left of it.</summary>
    /// <param name="component">What it is the source of.</param>
    /// <param name="source">The verified source on disk.</param>
    /// <param name="destination">The folder to make, a full path.</param>
    /// <param name="sourceDateEpoch">The time of files whose source has none (git), seconds since 1970-01-01 UTC.</param>
    public static void Write(Component component, FetchedSource source, string destination, long sourceDateEpoch)
    {
        switch (source.Kind)
        {
            case FetchedKind.Archive:
                ArchiveExtractor.Extract(source.Path, destination);
                break;
            case FetchedKind.GitRepository:
                new GitCheckout(source.Path, destination).Write(CommitOf(component, source), SparseOf(component), sourceDateEpoch);
                break;
            case FetchedKind.Directory:
                DirectoryCopy.Write(source.Path, destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(source), source.Kind, null);
        }
    }

    /// <summary>The paths that are left out or in, as patterns of git's sparse checkout; empty: everything.</summary>
    public static IReadOnlyList<string> SparseOf(Component component) => component.Source is GitSource git ? git.Sparse : [];

    private static string CommitOf(Component component, FetchedSource source) =>
        component.Source is GitSource git ? git.Commit : source.ContentHash;
}
