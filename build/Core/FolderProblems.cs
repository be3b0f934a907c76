using System.ComponentModel;
using System.Diagnostics;

namespace Qcw.Build.Core;

/// <summary>Why a folder or file cannot be used, and what to do. The messages of .NET name neither an owner nor a remedy.</summary>
public static class FolderProblems
{
    private const int ReadOnlyFileSystem = 30;
    private const string Elsewhere = "name another folder (--artifacts, --mirror, TMPDIR)";

    // no space and no quota on Linux; the same on Windows
    private static readonly int[] NoSpace = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    // names of files that begin so are the probes of this class
    private const string Probe = ".qcw-probe";

    /// <summary>One sentence for a failed access.</summary>
    /// <param name="path">What was to be used, a full path.</param>
    /// <param name="e">What .NET said.</param>
    public static string Explain(string path, Exception e)
    {
        string place = Path.Exists(path) ? path : DiskSpace.Existing(path);
        for (string? above = path; above is not null; above = Path.GetDirectoryName(above))
        {
            if (above != path && File.Exists(above))
            {
                return $"{path} cannot be used: {above} is a file, and a folder is needed: move it away, or {Elsewhere}";
            }
        }

        if (e is IOException && NoSpace.Contains(e.HResult))
        {
            return $"{path} cannot be written: "
                + (DiskSpace.Shortage(place) ?? $"the file system or the quota of {place} is full: make room there");
        }

        string? owner = e is UnauthorizedAccessException && !Environment.IsPrivilegedProcess ? Owner(place) : null;
        int cause = (e.InnerException ?? e).HResult;
        return cause == ReadOnlyFileSystem ? $"{path} cannot be written: its file system is read-only: {Elsewhere}"
            : owner is not null
                ? $"{path} cannot be used: {place} belongs to {owner}, and this is {Environment.UserName}: "
                    + (owner == Environment.UserName
                        ? $"chmod -R u+rwX {place}"
                        : $"run as {owner}, or sudo chown -R {Environment.UserName} {place}")
                    + $", or {Elsewhere}"
            : $"{path} cannot be used: {e.Message}";
    }

    /// <summary>One sentence for an error that .NET raised somewhere: the path is the one that it quotes.</summary>
    /// <returns>Null where it quotes none.</returns>
    public static string? Explain(Exception e) =>
        e is IOException or UnauthorizedAccessException && e.Message.Split('\'') is [_, var path, ..] && Path.IsPathRooted(path)
            ? Explain(path, e)
            : null;

    /// <summary>Makes a folder, and ends the run where nothing can be written into it or into a folder in it.</summary>
    /// <param name="folder">Full path.</param>
    /// <param name="depth">How many levels below it are looked at.</param>
    /// <exception cref="BuildException">The message says what to do.</exception>
    public static void RequireWritable(string folder, int depth = 0)
    {
        try
        {
            Directory.CreateDirectory(folder);
            string probe = Path.Combine(folder, $"{Probe}-{Environment.ProcessId}");
            new FileStream(probe, FileMode.Create, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            foreach (string below in depth == 0 ? [] : Directory.GetDirectories(folder))
            {
                if (new DirectoryInfo(below).LinkTarget is null)
                {
                    RequireWritable(below, depth - 1);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(Explain(folder, e), e);
        }
    }

    /// <summary>Ends the run where programs in a folder cannot be started (a file system that is mounted noexec).</summary>
    /// <param name="folder">Full path; it is created.</param>
    /// <exception cref="BuildException">The message says what to do.</exception>
    public static void RequirePrograms(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string probe = Path.Combine(folder, $"{Probe}-{Environment.ProcessId}.sh");
        try
        {
            Files.Write(probe, "#!/bin/sh\n");
            File.SetUnixFileMode(probe, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using Process? started = Process.Start(new ProcessStartInfo(probe));
            started?.WaitForExit();
        }
        catch (Win32Exception e)
        {
            throw new BuildException(
                $"programs in {folder} cannot be started ({new Win32Exception(e.NativeErrorCode).Message}): "
                    + "its file system is mounted noexec; give --artifacts=DIR on another one, or mount it with exec",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BuildException(Explain(folder, e), e);
        }
        finally
        {
            File.Delete(probe);
        }
    }

    // .NET has no question for it; null where it cannot be found out
    private static string? Owner(string path)
    {
        try
        {
            ProcessResult list = ProcessRunner.Run(new ProcessRequest("ls", "-ld", path)
            {
                Environment = new Dictionary<string, string?> { ["LC_ALL"] = "C" },
            });
            return list.StandardOutput.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var owner, ..] ? owner : null;
        }
        catch (ProcessFailedException)
        {
            return null;
        }
    }
}
