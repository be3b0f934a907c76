namespace Qcw.Build.Fetching.Git;

/// <summary>Writes the files of a fetched commit into a folder, without those that the sparse patterns leave out.</summary>
public static class SparseCheckout
{
    /// <summary>
    /// Checks a repository of the cache out. The folder becomes a plain tree of files (no <c>.git</c>); the repository stays as it is
    /// and the network is not used.
    /// </summary>
    /// <param name="repository">What <see cref="Fetcher.Locate"/> gave.</param>
    /// <param name="source">The source it was fetched for.</param>
    /// <param name="folder">Full path; made if it is not there.</param>
    /// <param name="logFile">Full path of the log that gets git's output.</param>
    public static void Run(string repository, GitSource source, string folder, string logFile) =>
        Run(new GitProgram(GitProgram.NoConfiguration, logFile), repository, source, folder);

    internal static void Run(GitProgram git, string repository, GitSource source, string folder)
    {
        Directory.CreateDirectory(folder);
        string index = folder + ".index";
        File.Delete(index);
        try
        {
            // the patterns are read from the repository, where they also stay for whoever wants to know
            Directory.CreateDirectory(Path.Combine(repository, "info"));
            File.WriteAllText(
                Path.Combine(repository, "info", "sparse-checkout"), string.Concat(source.Sparse.DefaultIfEmpty("/*").Select(pattern => pattern + "\n")));
            git.RunWithIndex(
                index,
                repository,
                "--work-tree=" + folder, "-c", "core.bare=false", "-c", "core.sparseCheckout=true", "-c", "core.sparseCheckoutCone=false",
                "-c", "core.autocrlf=false", "-c", "core.symlinks=true",
                "read-tree", "-m", "-u", "--no-recurse-submodules", source.Commit);
        }
        finally
        {
            File.Delete(index);
        }
    }
}
