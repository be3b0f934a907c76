using Qcw.Build.Fetching;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>One commit of a repository that the test makes: shallow, and without what is left out.</summary>
public sealed class GitFetchTests
{
    private static readonly string[] Sparse = ["/*", "!/vendor/big/"];
    private FetchFixture fixture = null!;
    private string commit = null!;

    private string Upstream => fixture.Folder["upstream/pod.git"];

    private string Cached => fixture.Folder[$"artifacts/downloads/git/pod-{commit}.git"];

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        string work = fixture.Folder["work"];
        fixture.Folder.Write("work/main.go", "package main\n"u8.ToArray());
        fixture.Folder.Write("work/vendor/small/a.go", "package small\n"u8.ToArray());
        fixture.Folder.Write("work/vendor/big/b.c", Sample.Bytes(200_000));
        Git(work, "init", "--quiet", "--initial-branch=main");
        Commit(work, "one");
        commit = Git(work, "rev-parse", "HEAD").Trim();
        fixture.Folder.Write("work/main.go", "package main // later\n"u8.ToArray());
        Commit(work, "two");
        Directory.CreateDirectory(Path.GetDirectoryName(Upstream)!);
        Git(fixture.Folder.Path, "clone", "--quiet", "--bare", work, Upstream);
        Git(Upstream, "config", "uploadpack.allowFilter", "true");
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task Fetches_the_commit_alone_and_no_blob_that_is_left_out()
    {
        Component component = Pod();
        using Fetcher fetcher = fixture.Fetcher();
        await fetcher.FetchAsync([component]);
        Assert.That(fetcher.Locate(component).Kind, Is.EqualTo(FetchedKind.GitRepository));
        Assert.That(fetcher.Locate(component).Path, Is.EqualTo(Cached));
        Assert.That(Git(Cached, "rev-list", "--count", "HEAD").Trim(), Is.EqualTo("1"), "shallow");
        Assert.That(
            Git(Cached, "rev-list", "--objects", "--missing=print", "HEAD").Split('\n').Count(line => line.StartsWith('?')), Is.EqualTo(1),
            "b.c alone is missing");
        Assert.That(
            new DirectoryInfo(Cached).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length), Is.LessThan(100_000));
        Assert.That(fixture.Output, Does.Contain($"git {commit[..12]}: fetched"));
    }

    [Test]
    public async Task Is_complete_for_later_phases_when_upstream_is_gone()
    {
        await FetchAsync(Pod());
        Directory.Delete(fixture.Folder["upstream"], recursive: true);
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Offline: true));
        await fetcher.FetchAsync([Pod()]);
        string tree = fixture.Unpack(Pod(), fetcher.Locate(Pod()));
        Assert.That(
            Directory.EnumerateFiles(tree, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(tree, file)),
            Is.EquivalentTo(new[] { "main.go", "vendor/small/a.go" }));
        Assert.That(await File.ReadAllTextAsync(Path.Combine(tree, "main.go")), Is.EqualTo("package main\n"));
    }

    [Test]
    public async Task Never_reaches_for_the_network_afterwards()
    {
        await FetchAsync(Pod());
        ProcessResult result = ProcessRunner.Run(
            new ProcessRequest("git", "cat-file", "blob", commit + ":vendor/big/b.c") { WorkingDirectory = Cached, AllowFailure = true });
        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.StandardError, Does.Contain("not allowed"));
    }

    [Test]
    public async Task Fetches_everything_where_nothing_is_left_out()
    {
        await FetchAsync(Pod(sparse: []));
        Assert.That(Git(Cached, "rev-list", "--objects", "--missing=print", "HEAD"), Does.Not.Contain("?"));
    }

    [Test]
    public async Task Fetches_again_when_other_paths_are_left_out()
    {
        await FetchAsync(Pod());
        Assert.That(fixture.FetchError(Pod(sparse: []), new FetchOptions(Offline: true)), Does.Contain("--offline"));
        await FetchAsync(Pod(sparse: []));
        Assert.That(Git(Cached, "rev-list", "--objects", "--missing=print", "HEAD"), Does.Not.Contain("?"));
    }

    [Test]
    public void Says_that_a_commit_is_not_there()
    {
        string wrong = new('d', 40);
        Assert.That(fixture.FetchError(Pod(wrong)), Does.Contain($"has no commit {wrong}").And.Contain("git/pod.git"));
    }

    [Test]
    public void Says_that_a_repository_is_not_there()
    {
        Directory.Delete(Upstream, recursive: true);
        Assert.That(fixture.FetchError(Pod()), Does.Contain("does not appear to be a git repository"));
    }

    [Test]
    public async Task Announces_a_server_that_does_not_filter()
    {
        Git(Upstream, "config", "uploadpack.allowFilter", "false");
        await FetchAsync(Pod());
        Assert.That(fixture.Output, Does.Contain("the server does not filter"));
    }

    [Test]
    public async Task Announces_and_takes_the_whole_history_from_a_plain_web_server()
    {
        Git(Upstream, "update-server-info");
        fixture.Server.Otherwise = exchange =>
        {
            string file = fixture.Folder["upstream/" + exchange.Path.Split('?')[0].TrimStart('/')];
            return File.Exists(file) ? ServeFileAsync(file, exchange) : HttpReply.Status(404)(exchange);
        };
        Component component = Component(new GitSource(fixture.Server.Url("/pod.git"), commit, Sparse));
        await FetchAsync(component);
        Assert.That(fixture.Output, Does.Contain("fetching its whole history"));
        Assert.That(Git(Cached, "rev-parse", "HEAD").Trim(), Is.EqualTo(commit));
    }

    [Test]
    public async Task Starts_over_after_an_interrupted_fetch()
    {
        fixture.Folder.Write($"artifacts/downloads/git/pod-{commit}.git.partial/shallow.lock", []);
        await FetchAsync(Pod());
        Assert.That(Git(Cached, "rev-parse", "HEAD").Trim(), Is.EqualTo(commit));
        Assert.That(
            Directory.GetFileSystemEntries(fixture.Folder["artifacts/downloads/git"]).Select(Path.GetFileName),
            Is.EquivalentTo([$"pod-{commit}.git", $"pod-{commit}.git.lock"]),
            "neither settings, which may hold passwords, nor scratch folders stay");
    }

    [Test]
    public async Task Takes_a_mirror_folder_offline()
    {
        Directory.CreateDirectory(fixture.Folder["mirror/git"]);
        Directory.Move(Upstream, fixture.Folder["mirror/git/pod.git"]);
        await FetchAsync(Pod(), new FetchOptions(fixture.Folder["mirror"], Offline: true));
        Assert.That(Git(Cached, "rev-parse", "HEAD").Trim(), Is.EqualTo(commit));
    }

    [Test]
    public async Task Is_not_led_astray_by_the_persons_git()
    {
        string hostile = fixture.Folder.Write(
            "gitconfig", $"[init]\n\ttemplateDir = {fixture.Folder["nowhere"]}\n[fetch]\n\tprune = true\n[core]\n\tautocrlf = true\n");
        string? before = Environment.GetEnvironmentVariable("GIT_CONFIG_GLOBAL");
        Environment.SetEnvironmentVariable("GIT_CONFIG_GLOBAL", hostile);
        Environment.SetEnvironmentVariable("GIT_DIR", fixture.Folder["elsewhere"]);
        try
        {
            using Fetcher fetcher = fixture.Fetcher();
            await fetcher.FetchAsync([Pod()]);
            Assert.That(fetcher.Locate(Pod()).Path, Is.EqualTo(Cached));
        }
        finally
        {
            Environment.SetEnvironmentVariable("GIT_CONFIG_GLOBAL", before);
            Environment.SetEnvironmentVariable("GIT_DIR", null);
        }
    }

    private static async Task ServeFileAsync(string file, HttpExchange exchange) =>
        await HttpReply.WithoutRanges(await File.ReadAllBytesAsync(file))(exchange);

    private async Task FetchAsync(Component component, FetchOptions? options = null)
    {
        using Fetcher fetcher = fixture.Fetcher(options);
        await fetcher.FetchAsync([component]);
    }

    private Component Pod(string? at = null, string[]? sparse = null) =>
        Component(new GitSource(new Uri("file://" + Upstream), at ?? commit, sparse ?? Sparse));

    private static void Commit(string work, string message)
    {
        Git(work, "add", "--all");
        Git(work, "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "-m", message);
    }

    private static string Git(string folder, params string[] arguments) =>
        ProcessRunner.Run(new ProcessRequest("git", arguments) { WorkingDirectory = folder }).StandardOutput;
}
