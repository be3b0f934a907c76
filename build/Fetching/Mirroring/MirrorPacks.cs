using Qcw.Build.Steps;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>The packs of a mirror's repository.</summary>
internal sealed class MirrorPacks(GitProgram git, string repository)
{
    private readonly string folder = Path.Combine(repository, "objects", "pack");

    /// <summary>Deletes the packs that git finds damaged. What they had of other lines comes back when those are written.</summary>
    /// <returns>How many there were.</returns>
    public int DropDamaged()
    {
        string[] indexes = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.idx") : [];
        int count = 0;
        foreach (string index in indexes.Where(index => git.Try(repository, "verify-pack", index).ExitCode != 0))
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
    /// <exception cref="Processes.ProcessFailedException">git failed.</exception>
    public void Add(string cached, GitObjects objects)
    {
        string stem = cached + ".mirror";
        string list = string.Concat(objects.Present.Select(id => id + "\n"));
        string name = git.RunWithInput(list, cached, "pack-objects", "--quiet", "--threads=1", stem).StandardOutput.Trim();
        string pack = $"{stem}-{name}.pack";
        string index = $"{stem}-{name}.idx";
        string target = Path.Combine(folder, $"pack-{name}");
        try
        {
            MirrorFolder.Copy(pack, target + ".pack", Fingerprint.HashFile(pack));
            if (objects.HasHoles)
            {
                File.WriteAllBytes(target + ".promisor", []);
            }

            // last: by it git knows that there is a pack
            MirrorFolder.Copy(index, target + ".idx", Fingerprint.HashFile(index));
        }
        finally
        {
            File.Delete(pack);
            File.Delete(index);
        }
    }
}
