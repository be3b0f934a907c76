using System.IO.Compression;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Verifying;

/// <summary>What a file of a release is, as far as explaining a difference goes.</summary>
public enum FileKind
{
    /// <summary>A setup program made with NSIS.</summary>
    Nsis,

    /// <summary>An exe or a DLL.</summary>
    Pe,

    /// <summary>An MSI installer.</summary>
    Msi,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>Lines of UTF-8.</summary>
    Text,

    /// <summary>Anything else.</summary>
    Bytes,
}

/// <summary>Unpacks files of releases. Nothing that is unpacked is ever started.</summary>
/// <param name="tools">The programs of this machine.</param>
/// <param name="scratch">A folder that may be deleted, a full path.</param>
public sealed class Unpacking(ToolFinder tools, string scratch)
{
    private static readonly byte[] CompoundFile = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

    private int count;

    /// <summary>What a file is, by its first bytes.</summary>
    public static FileKind KindOf(string file)
    {
        byte[] head = new byte[64 * 1024];
        using (FileStream stream = File.OpenRead(file))
        {
            head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        }

        return head.AsSpan().StartsWith("PK\x03\x04"u8) ? FileKind.Zip
            : head.AsSpan().StartsWith(CompoundFile) ? FileKind.Msi
            : PeImage.IsPe(file) ? NsisHeader.IsNsis(file) ? FileKind.Nsis : FileKind.Pe
            : head.Contains((byte)0) ? FileKind.Bytes
            : FileKind.Text;
    }

    /// <summary>Unpacks a file.</summary>
    /// <param name="file">A full path.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>A folder with what is in it; null: nothing is.</returns>
    /// <exception cref="BuildException">It cannot be unpacked: it is damaged, or the program for it is missing.</exception>
    public string? Unpack(string file, FileKind kind)
    {
        string folder = Path.Combine(scratch, $"{++count}");
        switch (kind)
        {
            case FileKind.Nsis:
                // -snl-: no symbolic links
                Run("7zz", "x", "-y", "-snl-", "-bso0", "-bsp0", "-o" + folder, file);
                break;
            case FileKind.Msi:
                RequireInside(file, Run("msiextract", "--list", file));
                Run("msiextract", "--directory", folder, file);
                break;
            case FileKind.Zip:
                Unzip(file, folder);
                break;
            default:
                return null;
        }

        return folder;
    }

    /// <summary>Writes the tables and streams of an MSI down.</summary>
    /// <param name="msi">A full path.</param>
    /// <returns>A folder with <c>TABLE.idt</c> for each table, and each stream in <c>_Streams</c>.</returns>
    /// <exception cref="BuildException">It is damaged, or the program for it is missing.</exception>
    public string Tables(string msi)
    {
        string folder = Directory.CreateDirectory(Path.Combine(scratch, $"{++count}")).FullName;
        foreach (string what in (string[])["tables", "streams"])
        {
            RequireInside(msi, Run("msiinfo", what, msi));
        }

        Run("msidump", "--tables", "--streams", "--directory", folder, msi);
        return folder;
    }

    /// <summary>The files below a folder: their paths in it, with slashes, sorted.</summary>
    public static SortedDictionary<string, string> FilesBelow(string folder) => new(
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Where(path => new FileInfo(path).LinkTarget is null)
                .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            : [],
        StringComparer.Ordinal);

    private static void Unzip(string file, string folder)
    {
        try
        {
            ZipFile.ExtractToDirectory(file, folder); // refuses names that lead out
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new BuildException($"{file} cannot be unpacked: {e.Message}", e);
        }
    }

    // names in a file may lead anywhere: looked at before anything is written
    private static void RequireInside(string file, ProcessResult names)
    {
        if (names.StandardOutput.Split('\n').FirstOrDefault(LeadsOut) is { } bad)
        {
            throw new BuildException($"{file} would put a file outside its folder: {bad}");
        }
    }

    private static bool LeadsOut(string name) =>
        name.StartsWith('/') || name.Contains('\\', StringComparison.Ordinal) || name.Split('/').Contains("..");

    private ProcessResult Run(string tool, params string[] arguments)
    {
        var found = tools.Find(ToolCatalog.Find(tool));
        return found.Path is { } path
            ? ProcessRunner.Run(new ProcessRequest(path, arguments))
            : throw new BuildException($"{tool} is not here ({found.Tool.DebianPackage}, or {found.Tool.Elsewhere})");
    }
}
