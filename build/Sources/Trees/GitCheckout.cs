using Qcw.Build.Fetching.Git;
using Qcw.Build.Sources.Archives;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Sources.Trees;

/// <summary>Writes the files of one commit of a bare repository, without the network and without changing that repository.</summary>
/// <param name="repository">The bare repository, a full path. It may lack what the patterns leave out.</param>
/// <param name="destination">The folder to make, a full path.</param>
internal sealed class GitCheckout(string repository, string destination)
{
    private readonly string scratch = ScratchOf(destination);

    /// <summary>The temporary repository of a checkout into a folder.</summary>
    public static string ScratchOf(string destination) => destination + ".checkout";

    /// <summary>Makes the folder. If that fails, nothing is left of it.</summary>
    /// <param name="commit">The full id.</param>
    /// <param name="sparse">Patterns as of <c>git sparse-checkout set --no-cone</c>; empty: everything.</param>
    /// <param name="epoch">The time all files get, seconds since 1970-01-01 UTC.</param>
    /// <exception cref="BuildException">The repository lacks something, or a file has a name or a link that is refused.</exception>
    public void Write(string commit, IReadOnlyList<string> sparse, long epoch)
    {
        Files.Delete(scratch);
        try
        {
            TreeFile.MakeFolder(destination);
            GitRepository git = Borrow();

            // links come as files that hold their target: they are made when all of them have been checked
            Require(git.TryCheckOut(commit, sparse), commit);
            MakeLinks(Check(git));
            SetTimes(new DirectoryInfo(destination), DateTimeOffset.FromUnixTimeSeconds(epoch).UtcDateTime);
        }
        catch
        {
            Files.Delete(destination);
            throw;
        }
        finally
        {
            Files.Delete(scratch);
        }
    }

    /// <summary>
    /// Requires that a commit names the pinned commit of a submodule: git's own way, or in a file with which meson would download it.
    /// </summary>
    /// <exception cref="BuildException">It names another one, or has no submodule there.</exception>
    public void RequireSubmodule(string commit, Submodule submodule)
    {
        string pin = submodule.Source.Commit;

        // 160000 commit <id><tab>path
        string found = Entry(commit, submodule.Path) is ["160000", "commit", var id, ..] ? $"the commit {id}"
            : MesonWrap.PathFor(submodule.Path) is { } file && Entry(commit, file) is [_, "blob", ..]
                ? WrapOf(commit, file).Names(submodule.Path)
            : "no submodule";
        if (found != $"the commit {pin}")
        {
            throw new BuildException($"{repository}: {submodule.Path} is {found} in {commit}, and the line pins the submodule {pin}");
        }
    }

    private string[] Entry(string commit, string path) =>
        new GitRepository(repository).Run("ls-tree", commit, "--", path).Split(' ', '\t');

    private MesonWrap WrapOf(string commit, string file) =>
        MesonWrap.Parse(new GitRepository(repository).Run("cat-file", "blob", $"{commit}:{file}"));

    private GitRepository Borrow()
    {
        var git = new GitRepository(scratch, destination);
        git.Initialize(WorkTree.BranchName);
        string objects = Path.Combine(repository, "objects").Replace('\\', '/');
        File.WriteAllText(Path.Combine(scratch, "objects", "info", "alternates"), objects + "\n");
        return git;
    }

    private void Require(ProcessResult result, string commit)
    {
        if (result.ExitCode != 0)
        {
            throw new BuildException($"{repository}: could not read the files of commit {commit}: {result.StandardError.Trim()}");
        }
    }

    private SortedDictionary<string, string> Check(GitRepository git)
    {
        var links = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in git.Lines("ls-files", "--stage", "-t"))
        {
            // H 100644 <id> 0<tab>path; S where the patterns leave it out
            string[] parts = line.Split('\t', 2);
            string[] fields = parts[0].Split(' ');
            string path = QuotedPath.Unquote(parts[1]);
            if (fields[0] == "S")
            {
                continue;
            }

            if (EntryPath.Problem(path, OperatingSystem.IsWindows()) is { } problem)
            {
                throw new BuildException($"{repository}: {path} is refused: {problem}");
            }

            if (fields[1] == "120000")
            {
                links.Add(path, File.ReadAllText(Path.Combine(destination, path)));
            }
        }

        foreach (string link in links.Keys)
        {
            if (LinkTarget.Problem(link, links) is { } problem)
            {
                throw new BuildException($"{repository}: {link} is refused: {problem}");
            }
        }

        return links;
    }

    private void MakeLinks(SortedDictionary<string, string> links)
    {
        foreach ((string link, string target) in links)
        {
            string path = Path.Combine(destination, link);
            File.Delete(path);
            TreeFile.Link(path, target);
        }
    }

    private static void SetTimes(DirectoryInfo folder, DateTime time)
    {
        foreach (FileSystemInfo child in folder.EnumerateFileSystemInfos().Where(child => child.LinkTarget is null))
        {
            if (child is DirectoryInfo below)
            {
                SetTimes(below, time);
            }

            TreeFile.SetTimeAndMode(child, time);
        }
    }
}
