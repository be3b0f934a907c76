using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Mirroring;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>
/// Git repositories of a mirror that this program wrote: fetched from by path and from a plain web server, upstream being gone.
/// </summary>
public sealed class MirrorRepositoryTests
{
    private FetchFixture fixture = null!;
    private GitUpstream upstream = null!;

    private string Mirror => fixture.Folder["mirror"];

    private string Repository => fixture.Folder["mirror/git/pod.git"];

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        upstream = new GitUpstream(fixture.Folder);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [TestCase(0)]
    [TestCase(1)]
    public async Task A_commit_with_a_hole_is_fetched_by_path_again_and_again(int commit)
    {
        await WriteAsync(upstream.At(commit, GitUpstream.Sparse));
        Assert.That(SizeOf(Repository), Is.LessThan(100_000), "what is left out is not in the mirror");
        upstream.Delete();
        await ReadAsync(upstream.At(commit, GitUpstream.Sparse), new FetchOptions(Mirror, Offline: true));
        await ReadAsync(upstream.At(commit, GitUpstream.Sparse), new FetchOptions(Mirror, Offline: true));
    }

    [TestCase(0)]
    [TestCase(1)]
    public async Task A_commit_with_a_hole_is_fetched_from_a_plain_web_server(int commit)
    {
        await WriteAsync(upstream.At(commit, GitUpstream.Sparse));
        upstream.Delete();
        string output = await ReadAsync(upstream.At(commit, GitUpstream.Sparse), new FetchOptions(Serve()));
        Assert.That(
            output, Does.Contain("a mirror on a plain web server: taking its repository's packs").And.Contain("/mirror/git/pod.git"));
        Assert.That(fixture.Server.Requests.Count(request => request.Path.EndsWith(".pack", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    public async Task A_whole_commit_is_fetched_either_way_and_can_be_cloned()
    {
        await WriteAsync(upstream.At(1));
        upstream.Delete();
        await ReadAsync(upstream.At(1), new FetchOptions(Mirror, Offline: true));
        await ReadAsync(upstream.At(1), new FetchOptions(Serve()));
        GitUpstream.Git(fixture.Folder.Path, "clone", "--quiet", "file://" + Repository, fixture.Folder["clone"]);
        Assert.That(await File.ReadAllTextAsync(fixture.Folder["clone/main.go"]), Is.EqualTo("package main // two\n"));
    }

    [Test]
    public async Task Two_commits_live_in_one_repository()
    {
        await WriteAsync(upstream.At(1, GitUpstream.Sparse), upstream.At(2));
        upstream.Delete();
        foreach (string mirror in (string[])[Mirror, Serve()])
        {
            await ReadAsync(upstream.At(1, GitUpstream.Sparse), new FetchOptions(mirror));
            await ReadAsync(upstream.At(2), new FetchOptions(mirror));
        }

        GitUpstream.Git(Repository, "fsck", "--strict");
        GitUpstream.Git(Repository, "gc", "--quiet");
        await ReadAsync(upstream.At(1, GitUpstream.Sparse), new FetchOptions(Mirror, Offline: true));
    }

    [Test]
    public async Task What_one_line_left_out_another_line_adds()
    {
        await WriteAsync(upstream.At(1, GitUpstream.Sparse));
        await WriteAsync(upstream.At(1));
        upstream.Delete();
        await ReadAsync(upstream.At(1), new FetchOptions(Mirror, Offline: true));
        await ReadAsync(upstream.At(1), new FetchOptions(Serve()));
    }

    [Test]
    public async Task What_is_left_out_is_not_asked_for_on_the_network()
    {
        await WriteAsync(upstream.At(1, GitUpstream.Sparse));
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest("git", "cat-file", "blob", upstream.Commits[1] + ":vendor/big/b.c")
            {
                WorkingDirectory = Repository,
                AllowFailure = true,
            });
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.StandardError, Does.Contain("not allowed"));
        upstream.Delete();
        using var elsewhere = new FetchFixture();
        Assert.That(
            elsewhere.FetchError(Component(upstream.At(1)), new FetchOptions(Mirror, Offline: true)), Does.Contain("could not be fetched"),
            "a build that wants the file is told so");
    }

    [Test]
    public async Task A_damaged_pack_is_replaced()
    {
        await WriteAsync(upstream.At(1, GitUpstream.Sparse));
        string pack = Directory.GetFiles(Path.Combine(Repository, "objects/pack"), "*.pack").Single();
        byte[] bytes = await File.ReadAllBytesAsync(pack);
        bytes[bytes.Length / 2] ^= 0xff;
        File.Delete(pack);
        await File.WriteAllBytesAsync(pack, bytes);
        await WriteAsync(upstream.At(1, GitUpstream.Sparse));
        Assert.That(fixture.Output, Does.Contain("1 damaged pack was in it"));
        await ReadAsync(upstream.At(1, GitUpstream.Sparse), new FetchOptions(Mirror, Offline: true));
    }

    [Test]
    public async Task A_clone_that_somebody_put_there_keeps_its_history()
    {
        Directory.CreateDirectory(fixture.Folder["mirror/git"]);
        GitUpstream.Git(fixture.Folder.Path, "clone", "--quiet", "--bare", fixture.Folder["upstream/pod.git"], Repository);
        await WriteAsync(upstream.At(1, GitUpstream.Sparse));
        Assert.That(GitUpstream.Git(Repository, "rev-list", "--count", "main").Trim(), Is.EqualTo("3"));
        Assert.That(
            await File.ReadAllTextAsync(Path.Combine(Repository, "config")), Does.Not.Contain("promisor").And.Not.Contain("never"),
            "nothing is missing in it");
        upstream.Delete();
        await ReadAsync(upstream.At(1, GitUpstream.Sparse), new FetchOptions(Mirror, Offline: true));
    }

    [Test]
    public void A_clone_that_borrows_from_another_one_is_refused()
    {
        Directory.CreateDirectory(fixture.Folder["mirror/git"]);
        GitUpstream.Git(fixture.Folder.Path, "clone", "--quiet", "--bare", "--shared", fixture.Folder["upstream/pod.git"], Repository);
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), () => WriteAsync(upstream.At(1)))!.Message;
        Assert.That(message, Does.Contain(Repository + " borrows from another one").And.Contain("git repack -a -d"));
    }

    [Test]
    public async Task An_interrupted_run_is_finished()
    {
        await WriteAsync(upstream.At(1));
        File.Delete(Path.Combine(Repository, "shallow"));
        File.Delete(Path.Combine(Repository, "refs/heads/pinned-" + upstream.Commits[1]));
        File.Delete(Path.Combine(Repository, "info/refs"));
        fixture.Folder.Write("mirror/git/pod.git.partial/HEAD", []);
        await WriteAsync(upstream.At(1));
        await ReadAsync(upstream.At(1), new FetchOptions(Mirror, Offline: true));
        await ReadAsync(upstream.At(1), new FetchOptions(Serve()));
    }

    /// <summary>Writes a line of these sources into the mirror.</summary>
    private async Task WriteAsync(params GitSource[] sources)
    {
        Component[] components = [.. sources.Select((source, index) => Component(source) with { Name = $"pod{index}" })];
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Mirror) { WritesMirror = true });
        var line = new ReleaseLine("test", "a test", 0, components, [], []);
        await new MirrorWriter(fixture.Paths, fetcher, fixture.Log, Mirror).WriteAsync(line, MirrorSelection.Everything(line), _ => []);
    }

    /// <summary>Fetches from the mirror into a cache that has nothing, and checks out.</summary>
    private static async Task<string> ReadAsync(GitSource source, FetchOptions options)
    {
        using var elsewhere = new FetchFixture();
        using Fetcher fetcher = elsewhere.Fetcher(options);
        await fetcher.FetchAsync([Component(source)]);
        string tree = elsewhere.Unpack(Component(source), fetcher.Locate(Component(source)));
        Assert.That(File.Exists(Path.Combine(tree, "main.go")));
        Assert.That(File.Exists(Path.Combine(tree, "vendor/big/b.c")), Is.EqualTo(source.Sparse.Count == 0));
        return elsewhere.Output;
    }

    /// <summary>The mirror on a web server that knows nothing of git.</summary>
    private string Serve()
    {
        fixture.Server.Otherwise = exchange =>
        {
            string file = fixture.Folder[exchange.Path.Split('?')[0].TrimStart('/')];
            return File.Exists(file) ? HttpReply.File(File.ReadAllBytes(file))(exchange) : HttpReply.Status(404)(exchange);
        };
        return fixture.Server.Url("/mirror").AbsoluteUri;
    }

    private static long SizeOf(string folder) =>
        new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
