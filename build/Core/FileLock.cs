namespace Qcw.Build.Core;

/// <summary>
/// A lock between processes, and between threads of one: an exclusively opened file. The operating system lets go of it when
/// the process ends, however it ends. The file stays: deleting it would let two processes hold "the" lock on different files.
/// </summary>
public sealed class FileLock : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly FileStream file;

    private FileLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock; calls <paramref name="waiting"/> once if somebody else has it.</summary>
    public static async Task<FileLock> AcquireAsync(string path, Action waiting, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        for (bool said = false; ; said = true)
        {
            try
            {
                return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (IsHeld(e))
            {
                if (!said)
                {
                    waiting();
                }

                await Task.Delay(Interval, cancel);
            }
        }
    }

    public void Dispose() => file.Dispose();

    // .NET gives the raw error: EWOULDBLOCK on Linux and macOS, a sharing or lock violation on Windows
    private static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
