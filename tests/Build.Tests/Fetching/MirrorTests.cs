using Qcw.Build.Fetching;

namespace Qcw.Build.Tests.Fetching;

public sealed class MirrorTests
{
    private readonly HttpDownloader downloader = new(new HttpSettings());

    [OneTimeTearDown]
    public void TearDown() => downloader.Dispose();

    [Test]
    public void None_is_none() => Assert.That(Mirror.Parse(new FetchOptions()), Is.Null);

    [Test]
    public void A_folder_that_is_not_there_is_wrong_usage() =>
        Assert.That(() => Mirror.Parse(new FetchOptions("/no/such/mirror")), Throws.TypeOf<UsageException>().With.Message.Contains("/no/such/mirror"));

    [Test]
    public void A_server_cannot_be_used_offline() =>
        Assert.That(() => Mirror.Parse(new FetchOptions("https://example.org/m", Offline: true)), Throws.TypeOf<UsageException>().With.Message.Contains("--offline"));

    [TestCase("https://example.org/m")]
    [TestCase("https://example.org/m/")]
    public void A_servers_files_stand_below_its_address(string address)
    {
        Mirror mirror = Mirror.Parse(new FetchOptions(address))!;
        Assert.That(mirror.File("archives/qemu_7.2+dfsg.orig.tar.xz", downloader)!.Location, Is.EqualTo("https://example.org/m/archives/qemu_7.2%2Bdfsg.orig.tar.xz"));
        Assert.That(mirror.Repository("podman"), Is.EqualTo(new GitOrigin("https://example.org/m/git/podman.git", NeedsNetwork: true)));
    }

    [Test]
    public void A_folder_has_only_what_is_in_it()
    {
        Mirror mirror = Mirror.Parse(new FetchOptions(TestContext.CurrentContext.TestDirectory))!;
        Assert.That(mirror.File("archives/nothing", downloader), Is.Null);
        Assert.That(mirror.Repository("nothing"), Is.Null);
    }
}
