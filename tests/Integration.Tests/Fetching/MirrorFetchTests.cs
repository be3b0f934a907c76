using Qcw.Build.Fetching;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>Cache, then mirror, then upstream; and what <c>--offline</c> leaves of that.</summary>
public sealed class MirrorFetchTests
{
    private static readonly byte[] Good = Sample.Bytes(10_000);
    private static readonly byte[] Diff = "--- a/x\n+++ b/x\n"u8.ToArray();
    private FetchFixture fixture = null!;

    private Uri Upstream => fixture.Server.Url("/upstream/sample-1.0.tar.xz");

    private string Mirror => fixture.Folder["mirror"];

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        Directory.CreateDirectory(Mirror);
        fixture.Server.On("/upstream/sample-1.0.tar.xz", HttpReply.File(Good));
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task A_folder_is_asked_before_upstream()
    {
        string file = fixture.Folder.Write("mirror/archives/sample-1.0.tar.xz", Good);
        Assert.That(await fixture.FetchAsync(Archive(Good, Upstream), new FetchOptions(Mirror)), Is.EqualTo(Good));
        Assert.That(fixture.Server.Requests, Is.Empty);
        Assert.That(fixture.Output, Does.Contain("from " + file));
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(Good), "the mirror keeps its file");
    }

    [Test]
    public async Task A_file_that_a_folder_does_not_have_comes_from_upstream()
    {
        Assert.That(await fixture.FetchAsync(Archive(Good, Upstream), new FetchOptions(Mirror)), Is.EqualTo(Good));
        Assert.That(fixture.Output, Does.Contain("from " + Upstream));
    }

    [Test]
    public async Task A_wrong_file_in_a_folder_is_reported_left_alone_and_fetched_from_upstream()
    {
        string file = fixture.Folder.Write("mirror/archives/sample-1.0.tar.xz", [1, 2, 3]);
        Assert.That(await fixture.FetchAsync(Archive(Good, Upstream), new FetchOptions(Mirror)), Is.EqualTo(Good));
        Assert.That(fixture.Output, Does.Contain("warning:").And.Contain(file).And.Contain("wrong sha256"));
        Assert.That(File.Exists(file));
    }

    [Test]
    public async Task A_server_is_asked_before_upstream()
    {
        fixture.Server.On("/mirror/archives/sample-1.0.tar.xz", HttpReply.File(Good));
        Assert.That(
            await fixture.FetchAsync(Archive(Good, Upstream), new FetchOptions(fixture.Server.Url("/mirror").AbsoluteUri)),
            Is.EqualTo(Good));
        Assert.That(fixture.Server.Requests.Select(request => request.Path), Is.EqualTo(new[] { "/mirror/archives/sample-1.0.tar.xz" }));
    }

    [Test]
    public async Task A_file_that_a_server_does_not_have_comes_from_upstream()
    {
        Assert.That(
            await fixture.FetchAsync(Archive(Good, Upstream), new FetchOptions(fixture.Server.Url("/mirror").AbsoluteUri)),
            Is.EqualTo(Good));
        Assert.That(fixture.Output, Does.Contain("HTTP status 404").And.Contain("from " + Upstream));
    }

    [Test]
    public async Task Remote_patches_come_with_their_component()
    {
        fixture.Folder.Write("mirror/patches/sample/0002-two.patch", Diff);
        RemotePatch one = Patch("0001-one", fixture.Server.On("/one.patch", HttpReply.File(Diff)));
        RemotePatch two = Patch("0002-two", fixture.Server.Url("/two.patch"));
        Component component = Component(Archive(Good, Upstream).Source, one, two, new LocalPatch("0003-ours", "/x/0003-ours.patch"));
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Mirror));
        Assert.That(
            () => fetcher.LocatePatches(component),
            Throws.InstanceOf<BuildException>().With.Message.Contains("the patch 0001-one has not been fetched yet"));
        await fetcher.FetchAsync([component]);
        Assert.That(await File.ReadAllBytesAsync(fetcher.Find(new PatchInput(component, one))!.Path), Is.EqualTo(Diff));
        Assert.That(await File.ReadAllBytesAsync(fetcher.Find(new PatchInput(component, two))!.Path), Is.EqualTo(Diff));
    }

    [Test]
    public void A_patch_that_is_a_web_page_is_refused_by_name()
    {
        RemotePatch patch = Patch("0001-one", fixture.Server.On("/one.patch", HttpReply.Html("Sign in")));
        using Fetcher fetcher = fixture.Fetcher();
        Component component = Component(Archive(Good, Upstream).Source, patch);
        string message = Assert.ThrowsAsync(Is.InstanceOf<BuildException>(), () => fetcher.FetchAsync([component]))!.Message;
        Assert.That(message, Does.Contain("0001-one.patch").And.Contain("an HTML page (\"Sign in\")"));
    }

    [Test]
    public async Task Offline_is_content_with_the_cache()
    {
        await fixture.FetchAsync(Archive(Good, Upstream));
        Assert.That(await fixture.FetchAsync(Archive(Good, Upstream), new FetchOptions(Offline: true)), Is.EqualTo(Good));
    }

    [Test]
    public void Offline_lists_all_that_is_missing_and_what_to_do()
    {
        Component archive = Component(Archive(Good, Upstream).Source, Patch("0001-one", fixture.Server.Url("/one.patch")));
        Component git = Component(new GitSource(new Uri("https://example.org/pod.git"), new string('1', 40), []));
        Component debian = Component(new DebianSource("xz-utils", "bookworm", "xz-utils_5.4.1.orig.tar.xz", new string('2', 64)));
        Component signed = Component(
            new ArchiveSource(
                [new Uri("https://example.org/qemu.tar.xz")],
                null,
                new DetachedSignature(
                    new Uri("https://example.org/qemu.tar.xz.sig"), Repository.Fixture("openpgp", "key.asc"),
                    "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597")));
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Mirror, Offline: true));
        string message = Assert
            .ThrowsAsync(Is.InstanceOf<BuildException>(), () => fetcher.FetchAsync([archive, git, debian, signed]))!
            .Message;
        Assert.That(
            message,
            Does.Contain("these 5 are in neither the cache nor the mirror")
                .And.Contain(Upstream.AbsoluteUri)
                .And.Contain("archives/sample-1.0.tar.xz")
                .And.Contain("/one.patch")
                .And.Contain("patches/sample/0001-one.patch")
                .And.Contain("https://example.org/pod.git")
                .And.Contain("git/pod.git")
                .And.Contain("xz-utils_5.4.1.orig.tar.xz")
                .And.Contain("signatures/qemu.tar.xz.sig")
                .And.Contain("run once without --offline, or give --mirror DIR"));
        Assert.That(fixture.Server.Requests, Is.Empty);
    }

    [Test]
    public void Offline_with_a_mirror_on_the_network_is_wrong_usage() =>
        Assert.That(
            () => fixture.Fetcher(new FetchOptions(fixture.Server.Url("/mirror").AbsoluteUri, Offline: true)),
            Throws.TypeOf<UsageException>());

    [Test]
    public async Task Local_sources_are_used_where_they_are()
    {
        string file = fixture.Folder.Write("my/sample.tar", Good);
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Offline: true));
        Component archive = Component(new LocalSource(file, Sample.Sha256(Good)));
        Component folder = Component(new LocalSource(Path.GetDirectoryName(file)!, "abc"));
        await fetcher.FetchAsync([archive, folder, Component(new RecipeSource())]);
        Assert.That(fetcher.Locate(archive), Is.EqualTo(
            new FetchedSource(FetchedKind.Archive, file, Sample.Sha256(Good)) { Source = archive.Source }));
        Assert.That(fetcher.Locate(folder).Kind, Is.EqualTo(FetchedKind.Directory));
        File.Delete(file);
        Assert.That(() => fetcher.Locate(archive), Throws.InstanceOf<BuildException>().With.Message.Contains(file));
    }

    private static RemotePatch Patch(string name, Uri url) =>
        new(name, $"/x/{name}.json", url, Sample.Sha256(Diff), "somebody", "open", "a test", null);
}
