namespace Qcw.Build.Sources.Trees;

/// <summary>
/// A file inside the repository while we write there. Git leaves <c>index.lock</c> and the like behind when it is killed; they
/// may be removed where this mark shows that they are ours. Without it they belong to a git that a person is running.
/// </summary>
internal sealed class BusyMark : IDisposable
{
    private readonly string file;

    /// <summary>Sets the mark.</summary>
    /// <exception cref="BuildException">Another git is at work in the tree.</exception>
    public BusyMark(WorkTree tree)
    {
        string index = Path.Combine(tree.Git.Directory, "index.lock");
        if (File.Exists(index))
        {
            throw new BuildException($"another git is at work in {tree.Root}; if there is none, delete {index}");
        }

        Directory.CreateDirectory(tree.PrivateFolder);
        file = FileOf(tree);
        File.WriteAllText(file, string.Empty);
    }

    /// <summary>
    /// Removes the locks of a run that was killed. To be called while holding the tree's <see cref="FileLock"/>: then there
    /// is no such run any more, but a git that it started may outlive it, and is waited for.
    /// </summary>
    public static void RemoveLeftover(WorkTree tree)
    {
        if (!File.Exists(FileOf(tree)))
        {
            return;
        }

        OrphanedGit.WaitFor(tree.Git.Directory);
        string[] places = [tree.Git.Directory, tree.PrivateFolder];
        IEnumerable<string> locks = places.SelectMany(place => Directory.EnumerateFiles(place, "*.lock"))
            .Concat(Directory.EnumerateFiles(Path.Combine(tree.Git.Directory, "refs"), "*.lock", SearchOption.AllDirectories));
        foreach (string leftover in locks.ToArray())
        {
            File.Delete(leftover);
        }

        File.Delete(FileOf(tree));
    }

    /// <summary>Removes the mark.</summary>
    public void Dispose() => File.Delete(file);

    private static string FileOf(WorkTree tree) => Path.Combine(tree.PrivateFolder, "busy");
}
