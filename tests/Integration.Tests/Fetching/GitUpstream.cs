namespace Qcw.Integration.Tests.Fetching;

/// <summary>
/// An upstream repository <c>pod</c> of three commits, each a change of <c>main.go</c>, with a large file that a build leaves out.
/// </summary>
internal sealed class GitUpstream
{
    /// <summary>Patterns that leave the large file out.</summary>
    public static readonly IReadOnlyList<string> Sparse = ["/*", "!/vendor/big/"];

    private readonly string path;

    /// <summary>Makes it.</summary>
    public GitUpstream(TemporaryFolder folder)
    {
        path = folder["upstream/pod.git"];
        string work = folder["work"];
        folder.Write("work/vendor/small/a.go", "package small\n"u8.ToArray());
        folder.Write("work/vendor/big/b.c", Sample.Bytes(200_000));
        Git(work, "init", "--quiet", "--initial-branch=main");
        var commits = new List<string>();
        foreach (string text in (string[])["one", "two", "three"])
        {
            folder.Write("work/main.go", $"package main // {text}\n");
            Git(work, "add", "--all");
            Git(work, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "-m", text);
            commits.Add(Git(work, "rev-parse", "HEAD").Trim());
        }

        Commits = commits;
        Directory.CreateDirectory(folder["upstream"]);
        Git(work, "clone", "--quiet", "--bare", work, path);
        Git(path, "config", "uploadpack.allowFilter", "true");
    }

    /// <summary>The commits, oldest first.</summary>
    public IReadOnlyList<string> Commits { get; }

    /// <summary>A commit as a source.</summary>
    public GitSource At(int commit, params IReadOnlyList<string> sparse) => new(new Uri("file://" + path), Commits[commit], sparse);

    /// <summary>Takes it off the net.</summary>
    public void Delete() => Directory.Delete(path, recursive: true);

    /// <summary>Runs git.</summary>
    public static string Git(string folder, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("git", arguments) { WorkingDirectory = folder }).StandardOutput;
}
