using Qcw.Build.Fetching;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>Archives pinned by a signature that GnuPG made (tests/fixtures/openpgp).</summary>
public sealed class SignedArchiveTests
{
    private const string Key = "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597";
    private const string OtherKey = "848B6012A892803DB887EFBE65E77705906C5CD0";
    private static readonly byte[] Good = Fixture("sample-1.0.tar");
    private FetchFixture fixture = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        fixture.Server.On("/sample-1.0.tar", HttpReply.File(Good));
        fixture.Server.On("/sample-1.0.tar.sig", HttpReply.File(Fixture("sample-1.0.tar.sig")));
        fixture.Server.On("/sample-1.0.tar.asc", HttpReply.File(Fixture("sample-1.0.tar.asc")));
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [TestCase("sig", false)]
    [TestCase("asc", false)]
    [TestCase("sig", true)]
    public async Task Fetches_what_the_pinned_key_signed(string ending, bool hashToo)
    {
        Component component = Signed("/sample-1.0.tar", "/sample-1.0.tar." + ending, hashToo ? Sample.Sha256(Good) : null);
        Assert.That(await fixture.FetchAsync(component), Is.EqualTo(Good));
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Offline: true));
        await fetcher.FetchAsync([component]);
        Assert.That(fetcher.Locate(component).ContentHash, Is.EqualTo(Sample.Sha256(Good)));
        Assert.That(fixture.Server.Requests, Has.Count.EqualTo(2), "the second time there is nothing to do");
    }

    [Test]
    public async Task Verifies_anew_when_the_key_changes()
    {
        await fixture.FetchAsync(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig"));
        string message = fixture.FetchError(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig", keyFile: "other.asc", key: OtherKey));
        Assert.That(message, Does.Contain("made by key 100D8912646CDCFD, not by the pinned key " + OtherKey));
    }

    [Test]
    public void Does_not_fetch_the_archive_of_a_strangers_signature()
    {
        fixture.Server.On("/sample-1.0.tar.sig", HttpReply.File(Fixture("sample-1.0.tar.other.sig")));
        string message = fixture.FetchError(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig"));
        Assert.That(message, Does.Contain("made by key " + OtherKey[^16..]).And.Contain(Key));
        Assert.That(fixture.Server.Requests.Select(request => request.Path), Is.All.EqualTo("/sample-1.0.tar.sig"));
    }

    [Test]
    public void Refuses_bytes_that_were_not_signed()
    {
        fixture.Server.On("/sample-1.0.tar", HttpReply.File([.. Good, 0]));
        Assert.That(
            fixture.FetchError(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig")),
            Does.Contain("/sample-1.0.tar").And.Contain("bad OpenPGP signature"));
        Assert.That(fixture.Partials, Is.Empty);
    }

    [Test]
    public void Refuses_signed_bytes_that_are_not_the_pinned_ones()
    {
        string message = fixture.FetchError(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig", new string('0', 64)));
        Assert.That(message, Does.Contain("expected: " + new string('0', 64)).And.Contain(Sample.Sha256(Good)));
    }

    [Test]
    public async Task Checks_the_signature_also_of_an_archive_that_was_cached_by_its_hash()
    {
        await fixture.FetchAsync(Archive(Good, fixture.Server.Url("/sample-1.0.tar")));
        fixture.Server.On("/sample-1.0.tar.sig", HttpReply.File(Fixture("sample-1.0.tar.other.sig")));
        Assert.That(fixture.FetchError(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig", Sample.Sha256(Good))), Does.Contain("made by key"));
    }

    [Test]
    public void Names_a_page_in_place_of_the_signature()
    {
        fixture.Server.On("/sample-1.0.tar.sig", HttpReply.Html("Moved"));
        Assert.That(
            fixture.FetchError(Signed("/sample-1.0.tar", "/sample-1.0.tar.sig")),
            Does.Contain("is not an OpenPGP signature").And.Contain("an HTML page (\"Moved\")"));
    }

    [Test]
    public async Task Takes_both_files_from_a_mirror_folder_offline()
    {
        fixture.Folder.Write("mirror/archives/sample-1.0.tar", Good);
        fixture.Folder.Write("mirror/signatures/sample-1.0.tar.sig", Fixture("sample-1.0.tar.sig"));
        byte[] bytes = await fixture.FetchAsync(
            Signed("/sample-1.0.tar", "/sample-1.0.tar.sig"), new FetchOptions(fixture.Folder["mirror"], Offline: true));
        Assert.That(bytes, Is.EqualTo(Good));
        Assert.That(fixture.Server.Requests, Is.Empty);
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Repository.Fixture("openpgp", name));

    private Component Signed(string path, string signature, string? sha256 = null, string keyFile = "key.asc", string key = Key) =>
        Component(
            new ArchiveSource(
                [fixture.Server.Url(path)], sha256,
                new DetachedSignature(fixture.Server.Url(signature), Repository.Fixture("openpgp", keyFile), key)));
}
