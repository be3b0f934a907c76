namespace Qcw.Build.Compiling.Go;

/// <summary>
/// A second view of a source tree that has some files more: a folder to run <c>go build</c> in, while the tree itself stays as it is. Go's
/// own means for that, <c>-overlay</c>, does not know <c>.syso</c> files (Go 1.19: "open ./….syso: no such file or directory").
/// </summary>
/// <remarks>
/// The folders that get a file, and those above them, are real ones with copies of the tree's files, so that Go neither writes through a
/// link nor refuses to embed one. Everything else is a link to the tree: on Windows that needs the developer mode or an administrator.
/// Git's folder is left out: the view is no work tree.
/// </remarks>
public static class SourceView
{
    /// <summary>Makes the view. One that is there already is replaced.</summary>
    /// <param name="source">The source tree, a full path.</param>
    /// <param name="view">Where the view is made, a full path outside the source tree.</param>
    /// <param name="additions">The additional files: path from the tree's root with slashes, and content.</param>
    /// <exception cref="BuildException">A file is there already, or its folder is not; or the view would be inside the tree.</exception>
    public static void Make(string source, string view, IReadOnlyDictionary<string, byte[]> additions)
    {
        if ((view + Path.DirectorySeparatorChar).StartsWith(source + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            throw new BuildException($"a view of the source tree {source} cannot be inside it, in {view}");
        }

        Files.Delete(view);
        MakeFolder(source, view);
        foreach ((string path, byte[] content) in additions)
        {
            string folder = string.Empty;
            foreach (string name in path.Split('/')[..^1])
            {
                folder = Path.Combine(folder, name);
                MakeFolder(Path.Combine(source, folder), Path.Combine(view, folder));
            }

            if (Path.Exists(Path.Combine(source, path)))
            {
                throw new BuildException($"{path} cannot be added to {source}: the source tree has a file of that name");
            }

            File.WriteAllBytes(Path.Combine(view, path), content);
        }
    }

    /// <summary>Makes one folder of the view a real one; nothing happens where it is one.</summary>
    private static void MakeFolder(string source, string folder)
    {
        if (!Directory.Exists(source))
        {
            throw new BuildException($"there is no folder {source} to add a file to");
        }

        if (new DirectoryInfo(folder) is { Exists: true, LinkTarget: null })
        {
            return;
        }

        Files.Delete(folder); // the link
        Directory.CreateDirectory(folder);
        foreach (FileSystemInfo entry in new DirectoryInfo(source).EnumerateFileSystemInfos().Where(entry => entry.Name != ".git"))
        {
            string path = Path.Combine(folder, entry.Name);
            if (entry is DirectoryInfo)
            {
                Directory.CreateSymbolicLink(path, entry.FullName);
            }
            else if (entry.LinkTarget is not null)
            {
                File.CreateSymbolicLink(path, entry.FullName);
            }
            else
            {
                File.Copy(entry.FullName, path);
            }
        }
    }
}
