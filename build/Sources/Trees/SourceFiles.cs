using Qcw.Build.Fetching;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Trees;

/// <summary>Writes the plain files of a fetched source, whatever its kind, into a new folder.</summary>
internal static class SourceFiles
{
    /// <summary>Makes the folder. If that fails, nothing is left of it.</summary>
    /// <param name="source">The verified source on disk.</param>
    /// <param name="destination">The folder to make, a full path.</param>
    /// <param name="sourceDateEpoch">The time of files whose source has none (git), seconds since 1970-01-01 UTC.</param>
    public static void Write(FetchedSource source, string destination, long sourceDateEpoch)
    {
        switch (source.Kind)
        {
            case FetchedKind.Archive:
                ArchiveExtractor.Extract(source.Path, destination);
                break;
            case FetchedKind.GitRepository:
                WriteGit(source, (GitSource)source.Source!, destination, sourceDateEpoch);
                break;
            case FetchedKind.Directory:
                DirectoryCopy.Write(source.Path, destination);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(source), source.Kind, null);
        }
    }

    /// <summary>The paths that are left out or in, as patterns of git's sparse checkout; empty: everything.</summary>
    public static IReadOnlyList<string> SparseOf(FetchedSource source) => source.Source is GitSource git ? git.Sparse : [];

    private static void WriteGit(FetchedSource source, GitSource git, string destination, long sourceDateEpoch)
    {
        var checkout = new GitCheckout(source.Path, destination);
        foreach ((Submodule submodule, _) in source.Submodules)
        {
            checkout.RequireSubmodule(git.Commit, submodule);
        }

        checkout.Write(git.Commit, git.Sparse, sourceDateEpoch);
        try
        {
            foreach ((Submodule submodule, string repository) in source.Submodules)
            {
                // git has made an empty folder for a submodule, and nothing for a subproject of meson
                string folder = Path.Combine(destination, submodule.Path);
                Files.Delete(folder);
                new GitCheckout(repository, folder).Write(submodule.Source.Commit, submodule.Source.Sparse, sourceDateEpoch);
            }
        }
        catch
        {
            Files.Delete(destination);
            throw;
        }
    }
}
