using System.Security.Cryptography;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Qcw.Build.Core;

/// <summary>What the build does with files: one way to delete, to replace, to compare and to hash them.</summary>
public static class Files
{
    /// <summary>What the name of a file or folder ends in until it is complete. Nothing takes such a file for an output.</summary>
    public const string PartialSuffix = ".partial";

    private const int BufferSize = 128 * 1024;

    /// <summary>
    /// Deletes a file, a link, or a folder with all that is in it, read-only files too. Links are deleted, not followed. Does nothing where
    /// the path does not exist.
    /// </summary>
    public static void Delete(string path)
    {
        if (new DirectoryInfo(path) is { LinkTarget: null, Exists: true } folder)
        {
            MakeWritable(folder);
            Directory.Delete(path, recursive: true);
        }
        else if (OperatingSystem.IsWindows() && Directory.Exists(path))
        {
            Directory.Delete(path); // a link to a folder, which is not a file on Windows
        }
        else if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }
    }

    /// <summary>Replaces a file by a text, as <see cref="Write(string, Action{FileStream}, bool)"/> does.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="text">Written as UTF-8 without a byte order mark.</param>
    /// <param name="secret">True: only the owner may read the file (proxy settings may hold passwords).</param>
    public static void Write(string path, string text, bool secret = false) =>
        Write(path, file => file.Write(Encoding.UTF8.GetBytes(text)), secret);

    /// <summary>
    /// Replaces a file. The bytes are written to <c>&lt;path&gt;.partial</c>, flushed to the disk and renamed: at every moment, also after
    /// a power failure, the file is the old one or the new one. If writing fails, the old file stays and the partial one is deleted.
    /// </summary>
    /// <param name="path">Full path; folders that are missing are created.</param>
    /// <param name="content">Writes the bytes. The stream can be read and positioned.</param>
    /// <param name="secret">True: only the owner may read the file.</param>
    /// <exception cref="IOException">
    /// It could not be written, or another process is writing the same file: callers that share a file hold a <see cref="FileLock"/>.
    /// </exception>
    public static void Write(string path, Action<FileStream> content, bool secret = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string partial = path + PartialSuffix;
        FileStream file = Create(partial, secret); // outside try: if another process has it open, it is not ours to delete
        try
        {
            using (file)
            {
                content(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    /// <summary>
    /// Replaces a file by a copy of another, as <see cref="Write(string, Action{FileStream}, bool)"/> does. The copy has the same Unix
    /// mode, but can always be written by its owner.
    /// </summary>
    /// <param name="source">Full path.</param>
    /// <param name="target">Full path.</param>
    /// <param name="sha256">What the bytes must be, 64 lower-case hex digits; null: anything.</param>
    /// <exception cref="BuildException">The bytes have another hash; the target is unchanged.</exception>
    public static void Copy(string source, string target, string? sha256 = null) => Write(target, to =>
    {
        using (FileStream from = File.OpenRead(source))
        {
            from.CopyTo(to, BufferSize);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(to.SafeFileHandle, File.GetUnixFileMode(from.SafeFileHandle) | UnixFileMode.UserWrite);
            }
        }

        to.Position = 0;
        if (sha256 is not null && HashOf(to) is var got && got != sha256)
        {
            throw new BuildException($"{source} is damaged: delete it and run again\n    expected: {sha256}\n    got:      {got}");
        }
    });

    /// <summary>
    /// Puts what another program made under a temporary name in its place: a file after it was flushed to the disk, a folder as it is. What
    /// is there is replaced.
    /// </summary>
    /// <param name="made">Full path, on the same file system as <paramref name="target"/>.</param>
    /// <param name="target">Full path.</param>
    public static void Replace(string made, string target)
    {
        if (Directory.Exists(made))
        {
            Delete(target);
            Directory.Move(made, target);
            return;
        }

        // Windows flushes through a handle that may write only; elsewhere any will do, also for a file that is read-only
        using (SafeFileHandle file = File.OpenHandle(made, access: OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read))
        {
            RandomAccess.FlushToDisk(file);
        }

        if (Directory.Exists(target))
        {
            Delete(target);
        }

        File.Move(made, target, overwrite: true);
    }

    /// <summary>sha256 of a file's bytes: 64 lower-case hex digits.</summary>
    public static string Sha256(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return HashOf(stream);
    }

    /// <summary>sha512 of a file's bytes: 128 lower-case hex digits.</summary>
    public static string Sha512(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA512.HashData(stream));
    }

    /// <summary>Bytes of a file, or of all files in a folder.</summary>
    public static long SizeOf(string path) => Directory.Exists(path)
        ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : new FileInfo(path).Length;

    /// <summary>True where both files have the same bytes.</summary>
    public static bool SameBytes(string one, string other)
    {
        using FileStream left = File.OpenRead(one);
        using FileStream right = File.OpenRead(other);
        if (left.Length != right.Length)
        {
            return false;
        }

        Span<byte> ours = new byte[BufferSize];
        Span<byte> theirs = new byte[BufferSize];
        while (true)
        {
            int count = left.ReadAtLeast(ours, BufferSize, throwOnEndOfStream: false);
            int same = right.ReadAtLeast(theirs, BufferSize, throwOnEndOfStream: false);
            if (!ours[..count].SequenceEqual(theirs[..same]))
            {
                return false;
            }

            if (count == 0)
            {
                return true;
            }
        }
    }

    private static string HashOf(Stream stream) => Convert.ToHexStringLower(SHA256.HashData(stream));

    private static FileStream Create(string path, bool secret)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!secret || OperatingSystem.IsWindows())
        {
            return new FileStream(path, options);
        }

        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.SetUnixFileMode(file.SafeFileHandle, options.UnixCreateMode.Value); // one that a killed run left may be readable
        return file;
    }

    /// <summary>Windows does not delete read-only files, as git's objects and Go's modules are. Elsewhere the folder decides.</summary>
    private static void MakeWritable(DirectoryInfo folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            return;
        }

        var belowNoLinks = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (FileInfo file in folder.EnumerateFiles("*", belowNoLinks).Where(file => file.IsReadOnly))
        {
            file.IsReadOnly = false;
        }
    }
}
