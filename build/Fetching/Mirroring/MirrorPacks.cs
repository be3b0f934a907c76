using Qcw.Build.Fetching.Git;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>The packs of a mirror's repository.</summary>
internal sealed class MirrorPacks(GitRepository git)
{
    private readonly string folder = Path.Combine(git.Folder, "objects", "pack");

    /// <summary>Deletes the packs that git finds damaged. What they had of other lines comes back when those are written.</summary>
    /// <returns>How many there were.</returns>
    public int DropDamaged()
    {
        string[] indexes = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.idx") : [];
        int count = 0;
        foreach (string index in indexes.Where(index => git.Try("verify-pack", index).ExitCode != 0))
        {
            foreach (string ending in (string[])[".idx", ".rev", ".bitmap", ".promisor", ".keep", ".pack"])
            {
                File.Delete(Path.ChangeExtension(index, ending));
            }

            count++;
        }

        return count;
    }

    /// <summary>Adds the objects as a pack. git makes it beside the cache and not here: it can only rename within a file system.</summary>
    /// <exception cref="ProcessFailedException">git failed.</exception>
    public void Add(GitRepository cache, GitObjects objects)
    {
        string stem = cache.Folder + ".mirror";
        string list = string.Concat(objects.Present.Select(id => id + "\n"));
        string name = cache.RunWithInput(list, "pack-objects", "--quiet", "--threads=1", stem).Trim();
        string pack = $"{stem}-{name}.pack";
        string index = $"{stem}-{name}.idx";
        string target = Path.Combine(folder, $"pack-{name}");
        try
        {
            Files.Copy(pack, target + ".pack", Files.Sha256(pack));
            if (objects.HasHoles)
            {
                File.WriteAllBytes(target + ".promisor", []);
            }

            // last: by it git knows that there is a pack
            Files.Copy(index, target + ".idx", Files.Sha256(index));
        }
        finally
        {
            File.Delete(pack);
            File.Delete(index);
        }
    }
}

/// <summary>The objects of one commit: itself, its trees and its files.</summary>
/// <param name="Present">The ids of those that a repository has, every one read and compared with its id.</param>
/// <param name="HasHoles">True where it lacks some.</param>
internal sealed record GitObjects(IReadOnlySet<string> Present, bool HasHoles)
{
    /// <summary>Looks into a repository; null where it does not have the commit, or an object of it is damaged.</summary>
    public static GitObjects? Of(GitRepository git, string commit)
    {
        ProcessResult result = git.Try("rev-list", "--objects", "--verify-objects", "--missing=print", "--no-walk", commit);
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
