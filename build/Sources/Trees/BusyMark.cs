namespace Qcw.Build.Sources.Trees;

/// <summary>
/// A file inside the repository that exists while the build writes there. A killed git leaves <c>index.lock</c> and the like behind. They
/// may be removed if this mark exists; otherwise they belong to a git that a person is running.
/// </summary>
internal sealed class BusyMark : IDisposable
{
    private readonly string file;

    /// <summary>Sets the mark.</summary>
    /// <exception cref="BuildException">Another git is using the tree.</exception>
    public BusyMark(WorkTree tree)
    {
        string index = Path.Combine(tree.Git.Folder, "index.lock");
        if (File.Exists(index))
        {
            throw new BuildException($"another git is using {tree.Root}; if none is running, delete {index}");
        }

        Directory.CreateDirectory(tree.PrivateFolder);
        file = FileOf(tree);
        File.WriteAllText(file, string.Empty);
    }

    /// <summary>
    /// Removes the locks of a run that was killed. To be called while holding the tree's <see cref="FileLock"/>: then that run has ended. A
    /// git that it started may still run, and is waited for.
    /// </summary>
    public static void RemoveLeftover(WorkTree tree)
    {
        if (!File.Exists(FileOf(tree)))
        {
            return;
        }

        OrphanedGit.WaitFor(tree.Git.Folder);
        string[] places = [tree.Git.Folder, tree.PrivateFolder];
        IEnumerable<string> locks = places.SelectMany(place => Directory.EnumerateFiles(place, "*.lock"))
            .Concat(Directory.EnumerateFiles(Path.Combine(tree.Git.Folder, "refs"), "*.lock", SearchOption.AllDirectories));
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
