using System.Diagnostics;
using System.Globalization;
using System.Text;
using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Sources.Trees;

/// <summary>Finds a git that still runs although the build that started it was killed.</summary>
internal static class OrphanedGit
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Waits until no git that was started by <see cref="GitRepository"/> works on that repository.</summary>
    /// <exception cref="BuildException">One does not end.</exception>
    /// <remarks>
    /// On Linux they are known by their environment, which names the repository. Windows needs no such search: there a lock file that a
    /// process holds open cannot be deleted, and that failure is reported.
    /// </remarks>
    public static void WaitFor(string gitDirectory)
    {
        if (!Directory.Exists("/proc/self"))
        {
            return;
        }

        byte[] wanted = Encoding.UTF8.GetBytes($"GIT_DIR={gitDirectory}\0");
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id)
                && Environment(folder).AsSpan().IndexOf(wanted) >= 0 && !Ended(id))
            {
                throw new BuildException($"git (process {id}) of an earlier run is still using {gitDirectory}: end it and try again");
            }
        }
    }

    private static byte[] Environment(string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, "environ"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // it has ended, or belongs to another user
        }
    }

    private static bool Ended(int id)
    {
        try
        {
            using Process process = Process.GetProcessById(id);
            return process.WaitForExit(Patience);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return true; // it has ended
        }
    }
}
