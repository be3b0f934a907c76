using Qcw.Build.Fetching;
using Qcw.Build.Sources.Trees;
using static Qcw.Integration.Tests.Fetching.FetchFixture;
using static Qcw.Tests.Support.TestRepository;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>One input from several places: one after the other is switched off, and the next is named.</summary>
public sealed class OriginTests
{
    private const string Prefix = "sample-1.0/";
    private FetchFixture fixture = null!;
    private string commit = null!;
    private byte[] archive = null!;

    private Uri First => fixture.Server.Url("/first/sample-1.0.tar.gz");

    private Uri Second => fixture.Server.Url("/second/sample-1.0.tar.gz");

    private Uri Repository => new("file://" + fixture.Folder["upstream/sample.git"]);

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        (commit, _) = Publish("sample", "main.c", "int main(void) { return 0; }\n");

        // as GitHub makes the archive of a tag
        Git(
            fixture.Folder["upstream/sample.git"], "-c", "tar.tar.gz.command=gzip -cn", "archive", "--format=tar.gz",
            "--prefix=" + Prefix, "--output=" + fixture.Folder["archive.tar.gz"], commit);
        archive = File.ReadAllBytes(fixture.Folder["archive.tar.gz"]);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task One_place_after_the_other_is_switched_off_and_the_next_serves_the_same_bytes()
    {
        fixture.Server.On("/first/sample-1.0.tar.gz", HttpReply.File(archive));
        fixture.Server.On("/second/sample-1.0.tar.gz", HttpReply.File(archive));
        fixture.Folder.Write("mirror/archives/sample_1.0.orig.tar.gz", archive);
        var mirrored = new FetchOptions(fixture.Folder["mirror"]);

        string[] served =
        [
            await ServedByAsync(mirrored),
            await ServedByAsync(),
            await ServedByAsync(without: "/first/sample-1.0.tar.gz"),
            await ServedByAsync(without: "/second/sample-1.0.tar.gz"),
        ];

        Assert.That(served, Is.EqualTo(
            ["a mirror", First.AbsoluteUri, Second.AbsoluteUri, $"git archive of {Repository.AbsoluteUri} at {commit}"]));
        Assert.That(fixture.Output, Does.Contain($"{First}\n    ").And.Contain("trying the next source"));
    }

    [Test]
    public async Task A_repository_in_a_mirror_folder_serves_an_archive_offline()
    {
        Git(
            fixture.Folder.Path, "clone", "--quiet", "--bare", fixture.Folder["upstream/sample.git"],
            fixture.Folder["mirror/git/sample.git"]);
        Directory.Delete(fixture.Folder["upstream"], recursive: true);

        byte[] fetched = await fixture.FetchAsync(SampleComponent(), new FetchOptions(fixture.Folder["mirror"], Offline: true));

        Assert.That(fetched, Is.EqualTo(archive));
    }

    [Test]
    public void Where_no_place_has_it_all_of_them_are_listed()
    {
        Directory.Delete(fixture.Folder["upstream"], recursive: true);

        Assert.That(
            fixture.FetchError(SampleComponent()),
            Does.Contain(First.AbsoluteUri).And.Contain(Second.AbsoluteUri).And.Contain($"git archive of {Repository.AbsoluteUri}"));
    }

    [Test]
    public async Task A_repository_is_fetched_from_its_next_address()
    {
        var source = new GitSource(new Uri("file://" + fixture.Folder["upstream/gone.git"]), commit, []) { AlsoAt = [Repository] };

        FetchedSource fetched = await FetchAsync(Component(source));

        Assert.That(fetched.ServedBy, Is.EqualTo(Repository.AbsoluteUri));
    }

    [Test]
    public async Task An_alternative_is_taken_where_the_source_cannot_be_fetched_and_kept_afterwards()
    {
        Component component = Archive(archive, First) with { Alternatives = [new GitSource(Repository, commit, [])] };

        FetchedSource fetched = await FetchAsync(component);
        fixture.Server.On("/first/sample-1.0.tar.gz", HttpReply.File(archive));
        FetchedSource again = await FetchAsync(component);

        Assert.That(fetched.Source, Is.SameAs(component.Alternatives[0]));
        Assert.That(fixture.Output, Does.Contain("trying an alternative of the line: " + component.Alternatives[0].Location));
        Assert.That(again.Path, Is.EqualTo(fetched.Path), "what is there is not exchanged");
        Assert.That(File.Exists(Path.Combine(fixture.Unpack(component, fetched), "main.c")));
    }

    [Test]
    public async Task The_source_is_preferred_to_its_alternatives()
    {
        fixture.Server.On("/first/sample-1.0.tar.gz", HttpReply.File(archive));
        Component component = Archive(archive, First) with { Alternatives = [new GitSource(Repository, commit, [])] };

        Assert.That((await FetchAsync(component)).Source, Is.SameAs(component.Source));
    }

    [Test]
    public void Offline_the_source_and_its_alternatives_are_one_entry()
    {
        Component component = Archive(archive, First) with { Alternatives = [new GitSource(Repository, commit, [])] };

        Assert.That(fixture.FetchError(component, new FetchOptions(Offline: true)), Does.Contain(
            $"sample: sample-1.0.tar.gz\n    upstream: {First}\n    in a mirror: archives/sample-1.0.tar.gz\n"
                + $"  or instead sample: git commit {commit}\n    upstream: {Repository.AbsoluteUri}\n    in a mirror: git/sample.git"));
    }

    [Test]
    public async Task A_submodule_stands_in_its_folder()
    {
        (string inner, Uri innerUrl) = Publish("inner", "keys.csv", "a,b\n");
        string outer = PublishWithSubmodule(inner, innerUrl);
        Component component = Component(Outer(outer, inner, innerUrl));

        FetchedSource fetched = await FetchAsync(component);

        string tree = fixture.Unpack(component, fetched);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(tree, "ui", "keys", "keys.csv")), Is.EqualTo("a,b\n"));
    }

    [Test]
    public async Task A_submodule_with_another_commit_than_the_repository_names_is_refused()
    {
        (string inner, Uri innerUrl) = Publish("inner", "keys.csv", "a,b\n");
        string outer = PublishWithSubmodule(inner, innerUrl);
        (string other, Uri otherUrl) = Publish("other", "keys.csv", "c,d\n");
        Component component = Component(Outer(outer, other, otherUrl));

        FetchedSource fetched = await FetchAsync(component);

        Assert.That(() => fixture.Unpack(component, fetched), Throws.TypeOf<BuildException>().With.Message.Contains(
            $"ui/keys is the commit {inner} in {outer}, and the line pins the submodule {other}"));
        Assert.That(Directory.Exists(fixture.Paths.Source("sample-1.0")), Is.False);
    }

    [Test]
    public async Task A_subproject_of_meson_stands_in_its_folder_although_the_repository_ignores_that()
    {
        (string inner, Uri innerUrl) = Publish("inner", "keys.csv", "a,b\n");
        string outer = PublishWithWrap($"[wrap-git]\nurl = {innerUrl}\nrevision = {inner}\ndepth = 1\n\n[provide]\nrevision = other\n");
        Component component = Component(Outer(outer, inner, innerUrl, "subprojects/keys"));

        FetchedSource fetched = await FetchAsync(component);

        string tree = fixture.Unpack(component, fetched);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(tree, "subprojects", "keys", "keys.csv")), Is.EqualTo("a,b\n"));
        Made patched = new SourceTree(fixture.Paths, new StepRunner(fixture.Log), fixture.Log, 0).Apply(component, fetched, []);
        Assert.That(Git(patched.Path, "ls-files", "subprojects").Split('\n'), Does.Contain("subprojects/keys/keys.csv"));
    }

    [TestCase("[wrap-git]\nrevision = 0123456789012345678901234567890123456789\n", "the commit 0123456789012345678901234567890123456789")]
    [TestCase("[wrap-git]\nrevision = v1.0\n", "the commit v1.0")]
    [TestCase(
        "[wrap-file]\nsource_url = x\n", "no git repository in keys.wrap (it has [wrap-file], and [wrap-git] with a revision is expected)")]
    [TestCase("[wrap-git]\nurl = x\n", "no git repository in keys.wrap (it has [wrap-git], and [wrap-git] with a revision is expected)")]
    [TestCase("[wrap-git]\nrevision = INNER\ndirectory = locks\n", "not the folder of keys.wrap (that is subprojects/locks)")]
    [TestCase(
        "[wrap-git]\nrevision = INNER\npatch_directory = keys\n",
        "more than the commit INNER (keys.wrap has patch_directory, and qcw does not apply it)")]
    public async Task A_subproject_that_is_not_what_the_wrap_file_names_is_refused(string wrap, string found)
    {
        (string inner, Uri innerUrl) = Publish("inner", "keys.csv", "a,b\n");
        string outer = PublishWithWrap(wrap.Replace("INNER", inner, StringComparison.Ordinal));
        Component component = Component(Outer(outer, inner, innerUrl, "subprojects/keys"));

        FetchedSource fetched = await FetchAsync(component);

        Assert.That(() => fixture.Unpack(component, fetched), Throws.TypeOf<BuildException>().With.Message.EndsWith(
            $"subprojects/keys is {found.Replace("INNER", inner, StringComparison.Ordinal)} in {outer}, "
                + $"and the line pins the submodule {inner}"));
        Assert.That(Directory.Exists(fixture.Paths.Source("sample-1.0")), Is.False);
    }

    [TestCase("subprojects/locks")]
    [TestCase("other/keys")]
    [TestCase("subprojects/keys/below")]
    public async Task A_folder_that_no_wrap_file_names_is_refused(string path)
    {
        (string inner, Uri innerUrl) = Publish("inner", "keys.csv", "a,b\n");
        string outer = PublishWithWrap($"[wrap-git]\nrevision = {inner}\n");
        Component component = Component(Outer(outer, inner, innerUrl, path));

        FetchedSource fetched = await FetchAsync(component);

        Assert.That(() => fixture.Unpack(component, fetched), Throws.TypeOf<BuildException>().With.Message.EndsWith(
            $"{path} is no submodule in {outer}, and the line pins the submodule {inner}"));
    }

    private GitSource Outer(string outer, string inner, Uri innerUrl, string path = "ui/keys") =>
        new(new Uri("file://" + fixture.Folder["upstream/outer.git"]), outer, [])
        {
            Submodules = [new Submodule(path, new GitSource(innerUrl, inner, []))],
        };

    private Component SampleComponent() => Component(new ArchiveSource([First, Second], Qcw.Tests.Support.Sample.Sha256(archive), null)
    {
        AlsoAt =
        [
            new DebianCopy("sample", "bookworm", "sample_1.0.orig.tar.gz", null),
            new GitArchive(Repository, commit, Prefix),
        ],
    });

    /// <summary>Fetches the sample into an empty cache, and says what served it.</summary>
    private async Task<string> ServedByAsync(FetchOptions? options = null, string? without = null)
    {
        if (without is not null)
        {
            fixture.Server.On(without, HttpReply.Status(404));
        }

        if (Directory.Exists(fixture.Paths.Downloads))
        {
            Directory.Delete(fixture.Paths.Downloads, recursive: true);
        }

        FetchedSource fetched = await FetchAsync(SampleComponent(), options);
        Assert.That(await File.ReadAllBytesAsync(fetched.Path), Is.EqualTo(archive));
        return fetched.ServedBy!;
    }

    private async Task<FetchedSource> FetchAsync(Component component, FetchOptions? options = null)
    {
        using Fetcher fetcher = fixture.Fetcher(options);
        await fetcher.FetchAsync([component]);
        return fetcher.Locate(component);
    }

    /// <summary>A repository with one file, bare and with its work tree.</summary>
    private (string Commit, Uri Url) Publish(string name, string file, string text)
    {
        fixture.Folder.Write($"work/{name}/{file}", text);
        return (Publish(name), new Uri("file://" + fixture.Folder[$"upstream/{name}.git"]));
    }

    private string Publish(string name)
    {
        string made = Commit(fixture.Folder[$"work/{name}"]);
        fixture.Folder.Create("upstream");
        Git(fixture.Folder.Path, "clone", "--quiet", "--bare", fixture.Folder[$"work/{name}"], fixture.Folder[$"upstream/{name}.git"]);
        return made;
    }

    private string PublishWithWrap(string wrap)
    {
        fixture.Folder.Write("work/outer/subprojects/keys.wrap", wrap);
        fixture.Folder.Write("work/outer/.gitignore", "/subprojects/keys\n");
        return Publish("outer");
    }

    private string PublishWithSubmodule(string inner, Uri innerUrl)
    {
        string work = fixture.Folder.Create("work/outer");
        Git(work, "init", "--quiet", "--initial-branch=main");
        Git(work, "submodule", "--quiet", "add", innerUrl.AbsoluteUri, "ui/keys");
        Git(Path.Combine(work, "ui", "keys"), "checkout", "--quiet", inner);
        return Publish("outer");
    }
}
