using System.Runtime.Versioning;

namespace Qcw.Build.Sources.Archives;

/// <summary>Makes files, folders and links with the modes that all source trees have: 0644 and 0755.</summary>
internal static class TreeFile
{
    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Makes a folder and those above it.</summary>
    public static void MakeFolder(string path)
    {
        Directory.CreateDirectory(path);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, Runnable); // whatever the umask is
        }
    }

    /// <summary>Writes a file, replacing one that is there.</summary>
    public static void Write(string path, Stream? content, bool executable, DateTimeOffset modified)
    {
        using (FileStream file = File.Create(path))
        {
            content?.CopyTo(file);
        }

        Finish(path, executable, modified.UtcDateTime);
    }

    /// <summary>Copies a file with its time.</summary>
    public static void Copy(string source, string path)
    {
        File.Copy(source, path, overwrite: true);
        Finish(path, IsExecutable(source), File.GetLastWriteTimeUtc(source));
    }

    /// <summary>Makes a symbolic link. What it points to must be there if it is ever to be: Windows has two kinds.</summary>
    /// <exception cref="BuildException">Windows does not let this user make links.</exception>
    public static void Link(string path, string target)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.CreateSymbolicLink(path, target);
            return;
        }

        try
        {
            string native = target.Replace('/', '\\');
            if (Directory.Exists(Path.Combine(Path.GetDirectoryName(path)!, native)))
            {
                Directory.CreateSymbolicLink(path, native);
            }
            else
            {
                File.CreateSymbolicLink(path, native);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(
                $"the symbolic link {path} could not be created ({e.Message}): turn on Windows' developer mode, or run as administrator",
                e);
        }
    }

    /// <summary>Whether the owner may run it. Windows does not know.</summary>
    public static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & UnixFileMode.UserExecute) != 0;

    /// <summary>Gives a file or folder that something else has made the time and the mode of all trees.</summary>
    public static void SetTimeAndMode(FileSystemInfo entry, DateTime time)
    {
        if (!OperatingSystem.IsWindows())
        {
            SetMode(entry.FullName, entry is DirectoryInfo || IsExecutable(entry.FullName));
        }

        entry.LastWriteTimeUtc = time;
    }

    private static void Finish(string path, bool executable, DateTime modified)
    {
        if (!OperatingSystem.IsWindows())
        {
            SetMode(path, executable);
        }

        File.SetLastWriteTimeUtc(path, modified);
    }

    [UnsupportedOSPlatform("windows")]
    private static void SetMode(string path, bool executable) => File.SetUnixFileMode(path, executable ? Runnable : Plain);
}
