namespace Qcw.Build.Core;

/// <summary>
/// A lock between processes, and between threads of one process: a file that is opened exclusively. The operating system releases it when
/// the process ends, however it ends. The file is never deleted: otherwise two processes could hold the same lock on different files.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, and waits for it where another holds it.</summary>
    /// <param name="path">The lock file, a full path; its folder is created.</param>
    /// <param name="waiting">Called once, before the first wait.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="BuildException">The file cannot be opened for another reason than that it is locked.</exception>
    public static async Task<FileLock> WaitAsync(string path, Action waiting, CancellationToken cancel)
    {
        for (bool said = false; ; said = true)
        {
            if (TryOpen(path) is { } file)
            {
                return new FileLock(file);
            }

            if (!said)
            {
                waiting();
            }

            await Task.Delay(Interval, cancel);
        }
    }

    /// <summary>Takes the lock, or fails at once where another holds it.</summary>
    /// <param name="path">The lock file, a full path; its folder is created.</param>
    /// <param name="refusal">The message where another holds it: who uses what, and what to do.</param>
    /// <exception cref="BuildException">Another holds it, or the file cannot be opened.</exception>
    public static FileLock TakeOrRefuse(string path, string refusal) =>
        TryOpen(path) is { } file ? new FileLock(file) : throw new BuildException($"{refusal} (it holds {path})");

    public void Dispose() => file.Dispose();

    // null: another holds it
    private static FileStream? TryOpen(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException("the lock file " + FolderProblems.Explain(path, e), e);
        }
    }

    // .NET passes the raw error on: EWOULDBLOCK on Linux and macOS, a sharing or lock violation on Windows
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
