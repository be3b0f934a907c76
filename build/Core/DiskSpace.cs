namespace Qcw.Build.Core;

/// <summary>What is free on the file system that a path is on, or will be on.</summary>
public static class DiskSpace
{
    /// <summary>Room for small things: logs, locks, records. Less than this counts as full.</summary>
    public const long Floor = 16_000_000;

    /// <summary>Ends the run where a step cannot have the room that it needs.</summary>
    /// <param name="path">The file or folder that is going to be written; it need not exist.</param>
    /// <param name="needed">Bytes, an estimate.</param>
    /// <param name="what">For the message: <c>unpacking qemu</c>.</param>
    /// <exception cref="BuildException">The file system has less; the message names it, both figures and what to do.</exception>
    public static void Require(string path, long needed, string what)
    {
        if (FreeAt(path) is { } free && free < needed)
        {
            throw new BuildException(
                $"{what} needs about {ByteSize.Format(needed)}, and the file system of {Existing(path)} has {ByteSize.Format(free)} free: "
                    + Remedy);
        }
    }

    /// <summary>A line that names a full file system, for the end of another error; null where none of these paths is on one.</summary>
    public static string? Shortage(params IEnumerable<string?> paths) =>
        paths.OfType<string>().FirstOrDefault(path => FreeAt(path) < Floor) is { } full
            ? $"the file system of {Existing(full)} is full ({ByteSize.Format(FreeAt(full)!.Value)} free): {Remedy}"
            : null;

    /// <summary>The nearest folder on the way to a path that is there.</summary>
    internal static string Existing(string path)
    {
        string place = path;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
        {
            place = parent;
        }

        return place;
    }

    private const string Remedy = "make room there, or name a folder on another one (--artifacts, --mirror)";

    // null: it does not say, as file systems of the kernel and some of networks do not
    private static long? FreeAt(string path)
    {
        try
        {
            string place = Existing(Path.GetFullPath(path));
            var drive = new DriveInfo(OperatingSystem.IsWindows() ? Path.GetPathRoot(place)! : place);
            return drive.TotalSize > 0 ? drive.AvailableFreeSpace : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
