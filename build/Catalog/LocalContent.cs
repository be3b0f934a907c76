namespace Qcw.Build.Catalog;

/// <summary>Hashes what a one-off source contains, so that a changed file makes the steps run again.</summary>
internal static class LocalContent
{
    /// <summary>
    /// sha256 of a file's bytes; of a directory, over the sorted relative paths, the executable bit (where the file system has one), the
    /// targets of symbolic links and the contents. <c>.git</c> is left out at every depth, empty directories as well: git does not keep
    /// them either.
    /// </summary>
    /// <exception cref="IOException">Something cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be read.</exception>
    public static string Hash(string path) => Directory.Exists(path) ? HashDirectory(path) : Files.Sha256(path);

    /// <summary>True for a file without bytes and for a directory without files.</summary>
    public static bool IsEmpty(string path) =>
        Directory.Exists(path)
            ? !Entries(new DirectoryInfo(path), string.Empty).Any()
            : new FileInfo(path).Length == 0;

    private static string HashDirectory(string path)
    {
        var fingerprint = new Fingerprint();
        foreach ((string relative, FileSystemInfo file) in Entries(new DirectoryInfo(path), string.Empty))
        {
            fingerprint.Add(relative, Describe(file));
        }

        return fingerprint.Hash;
    }

    private static string Describe(FileSystemInfo file)
    {
        if (file.LinkTarget is { } target)
        {
            return $"link {target}";
        }

        bool executable = !OperatingSystem.IsWindows() && file.UnixFileMode.HasFlag(UnixFileMode.UserExecute);
        return $"{(executable ? "executable" : "file")} {Files.Sha256(file.FullName)}";
    }

    private static IEnumerable<(string Relative, FileSystemInfo File)> Entries(DirectoryInfo directory, string prefix)
    {
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos())
        {
            if (entry.Name == ".git")
            {
                continue;
            }

            // a link is an entry of its own: following it could leave the directory, or never end
            if (entry is DirectoryInfo { LinkTarget: null } child)
            {
                foreach ((string Relative, FileSystemInfo File) file in Entries(child, $"{prefix}{child.Name}/"))
                {
                    yield return file;
                }
            }
            else
            {
                yield return (prefix + entry.Name, entry);
            }
        }
    }
}
