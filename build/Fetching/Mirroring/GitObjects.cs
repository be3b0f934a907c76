using Qcw.Build.Processes;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>The objects of one commit: itself, its trees and its files.</summary>
/// <param name="Present">The ids of those that a repository has, every one read and compared with its id.</param>
/// <param name="HasHoles">True where it lacks some.</param>
internal sealed record GitObjects(IReadOnlySet<string> Present, bool HasHoles)
{
    /// <summary>Looks into a repository; null where it does not have the commit, or an object of it is damaged.</summary>
    public static GitObjects? Of(GitProgram git, string repository, string commit)
    {
        ProcessResult result = git.Try(repository, "rev-list", "--objects", "--verify-objects", "--missing=print", "--no-walk", commit);
        if (result.ExitCode != 0)
        {
            return null;
        }

        string[] lines = result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return new GitObjects(
            lines.Where(line => line[0] != '?').Select(line => line.Split(' ')[0]).ToHashSet(StringComparer.Ordinal),
            lines.Any(line => line[0] == '?'));
    }

    /// <summary>True where a repository has all of these.</summary>
    public bool AreIn(GitObjects? other) => other is not null && Present.IsSubsetOf(other.Present);
}
