using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Sources.Trees;

/// <summary>
/// Copies a folder by the rules of an archive: the same modes, nothing that points outside. Git's own folder is left out.
/// </summary>
internal static class DirectoryCopy
{
    /// <summary>Makes the copy. If that fails, nothing is left of it.</summary>
    public static void Write(string source, string destination)
    {
        try
        {
            var tree = new TreeWriter(source, destination, OperatingSystem.IsWindows());
            tree.Add(new ArchiveEntry("source", ArchiveEntryKind.Directory, false, DateTimeOffset.UnixEpoch, null, null));
            AddChildren(tree, new DirectoryInfo(source), "source");
            tree.Finish();
        }
        catch
        {
            Files.Delete(destination);
            throw;
        }
    }

    private static void AddChildren(TreeWriter tree, DirectoryInfo folder, string name)
    {
        foreach (FileSystemInfo child in folder.EnumerateFileSystemInfos().OrderBy(child => child.Name, StringComparer.Ordinal))
        {
            string path = $"{name}/{child.Name}";
            if (EntryPath.IsGitFolder(child.Name))
            {
                continue; // of submodules too, where it is a file
            }

            if (child.LinkTarget is { } target)
            {
                string to = target.Replace(Path.DirectorySeparatorChar, '/');
                tree.Add(new ArchiveEntry(path, ArchiveEntryKind.SymbolicLink, false, child.LastWriteTimeUtc, to, null));
            }
            else if (child is DirectoryInfo below)
            {
                tree.Add(new ArchiveEntry(path, ArchiveEntryKind.Directory, false, child.LastWriteTimeUtc, null, null));
                AddChildren(tree, below, path);
            }
            else
            {
                using FileStream content = File.OpenRead(child.FullName);
                bool executable = TreeFile.IsExecutable(child.FullName);
                tree.Add(new ArchiveEntry(path, ArchiveEntryKind.File, executable, child.LastWriteTimeUtc, null, content));
            }
        }
    }
}
