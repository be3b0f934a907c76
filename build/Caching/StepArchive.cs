using System.Formats.Tar;
using System.IO.Compression;
using Qcw.Build.Sources.Archives;

namespace Qcw.Build.Caching;

/// <summary>
/// A folder as one file: a compressed tar archive. The same folder gives the same bytes: members are sorted, modes are 0644 and 0755, and
/// all have one owner and one time. The time is long past, so that nothing that was made from such a folder looks older to make or ninja.
/// </summary>
public static class StepArchive
{
    /// <summary>What the name of an archive ends in.</summary>
    public const string Ending = ".tar.gz";

    private const string Top = "output";

    private const UnixFileMode Plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Runnable = Plain | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly DateTimeOffset Time = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Packs a folder.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="archive">The file to write, a full path.</param>
    public static void Pack(string folder, string archive)
    {
        using FileStream file = File.Create(archive);
        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(compressed, TarEntryFormat.Pax);
        Add(tar, new DirectoryInfo(folder), Top + "/");
        foreach ((string name, FileSystemInfo entry) in new DirectoryInfo(folder)
            .EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .Where(entry => !IsBelowLink(entry, folder))
            .Select(entry => ($"{Top}/{Path.GetRelativePath(folder, entry.FullName).Replace('\\', '/')}", entry))
            .OrderBy(entry => entry.Item1, StringComparer.Ordinal))
        {
            Add(tar, entry, entry is DirectoryInfo { LinkTarget: null } ? name + "/" : name);
        }
    }

    /// <summary>Unpacks an archive into a folder that is not there yet.</summary>
    /// <exception cref="BuildException">It is damaged, or something in it would be written elsewhere.</exception>
    public static void Unpack(string archive, string folder) => ArchiveExtractor.Extract(archive, folder);

    private static bool IsBelowLink(FileSystemInfo entry, string folder)
    {
        for (string? above = Path.GetDirectoryName(entry.FullName); above is not null && above.Length > folder.Length;
            above = Path.GetDirectoryName(above))
        {
            if (new DirectoryInfo(above).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(TarWriter tar, FileSystemInfo source, string name)
    {
        TarEntryType kind = source.LinkTarget is not null ? TarEntryType.SymbolicLink
            : source is DirectoryInfo ? TarEntryType.Directory : TarEntryType.RegularFile;
        bool runnable = kind is not TarEntryType.RegularFile
            || (!OperatingSystem.IsWindows() && (source.UnixFileMode & UnixFileMode.UserExecute) != 0);
        // .NET notes the time of an entry in a PAX record of its own as well
        var entry = new PaxTarEntry(kind, name) { Mode = runnable ? Runnable : Plain, ModificationTime = Time, Uid = 0, Gid = 0 };
        if (source.LinkTarget is { } target)
        {
            entry.LinkName = target.Replace('\\', '/');
        }

        if (kind is not TarEntryType.RegularFile)
        {
            tar.WriteEntry(entry);
            return;
        }

        using FileStream content = File.OpenRead(source.FullName);
        entry.DataStream = content;
        tar.WriteEntry(entry);
    }
}
