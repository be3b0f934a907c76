using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Git;
using Qcw.Build.Fetching.Http;
using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Tests.Fetching.Mirroring;

public sealed class MirrorTests
{
    private readonly HttpDownloader downloader = new(new HttpSettings(), ProxySettings.None);

    [OneTimeTearDown]
    public void TearDown() => downloader.Dispose();

    [Test]
    public void None_is_none() => Assert.That(MirrorSource.Parse(new FetchOptions()), Is.Null);

    [Test]
    public void A_folder_that_is_not_there_is_wrong_usage() =>
        Assert.That(
            () => MirrorSource.Parse(new FetchOptions("/no/such/mirror")),
            Throws.TypeOf<UsageException>().With.Message.Contains("/no/such/mirror"));

    [Test]
    public void A_server_cannot_be_used_offline() =>
        Assert.That(
            () => MirrorSource.Parse(new FetchOptions("https://example.org/m", Offline: true)),
            Throws.TypeOf<UsageException>().With.Message.Contains("--offline"));

    [TestCase("https://example.org/m")]
    [TestCase("https://example.org/m/")]
    public void A_servers_files_stand_below_its_address(string address)
    {
        MirrorSource mirror = MirrorSource.Parse(new FetchOptions(address))!;
        Assert.That(
            mirror.File("archives/qemu_7.2+dfsg.orig.tar.xz", downloader)!.Location,
            Is.EqualTo("https://example.org/m/archives/qemu_7.2%2Bdfsg.orig.tar.xz"));
        Assert.That(mirror.Repository("podman"), Is.EqualTo(new GitOrigin("https://example.org/m/git/podman.git", NeedsNetwork: true)));
    }

    [Test]
    public void A_folder_has_only_what_is_in_it()
    {
        MirrorSource mirror = MirrorSource.Parse(new FetchOptions(TestContext.CurrentContext.TestDirectory))!;
        Assert.That(mirror.File("archives/nothing", downloader), Is.Null);
        Assert.That(mirror.Repository("nothing"), Is.Null);
    }

    [Test]
    public void A_folder_that_this_run_writes_need_not_exist() =>
        Assert.That(
            MirrorSource.Parse(new FetchOptions("/no/such/mirror") { WritesMirror = true })!.File("archives/nothing", downloader),
            Is.Null);

    [Test]
    public void The_folder_to_write_is_asked_for() =>
        Assert.That(
            () => MirrorSource.FolderToWrite(null),
            Throws.TypeOf<UsageException>().With.Message.Contains("--mirror=DIR is missing"));

    [TestCase("http://example.org/m")]
    [TestCase("HTTPS://example.org/m")]
    public void Nothing_is_written_onto_a_server(string address) =>
        Assert.That(
            () => MirrorSource.FolderToWrite(address),
            Throws.TypeOf<UsageException>().With.Message.Contains(address).And.Message.Contains("not onto a server"));

    [Test]
    public void Nothing_is_written_into_a_file() =>
        Assert.That(
            () => MirrorSource.FolderToWrite(typeof(MirrorTests).Assembly.Location),
            Throws.TypeOf<UsageException>().With.Message.Contains("is a file"));

    [TestCase("https://example.org/m", "https://example.org/m/go")]
    [TestCase("https://example.org/a,b/m/", "https://example.org/a%2Cb/m/go")]
    public void Go_modules_come_from_below_a_servers_address(string address, string proxy) =>
        Assert.That(MirrorSource.Parse(new FetchOptions(address))!.GoProxy, Is.EqualTo(proxy));

    [Test]
    public void Go_modules_come_from_a_folder_that_has_them()
    {
        using var folder = new TemporaryFolder();
        string path = Directory.CreateDirectory(Path.Combine(folder.Path, "a b,c|d")).FullName;
        MirrorSource mirror = MirrorSource.Parse(new FetchOptions(path))!;
        Assert.That(mirror.GoProxy, Is.Null);
        Directory.CreateDirectory(Path.Combine(path, "go"));
        Assert.That(mirror.GoProxy, Is.EqualTo($"file://{folder.Path}/a%20b%2Cc%7Cd/go"));
    }

    [Test]
    public void The_layout_is_that_of_the_documentation()
    {
        var line = Sample.Line() with { Name = "2023.04" };
        var component = Sample.Component("qemu", "1");
        var patch = new RemotePatch("0001-one", "/x/0001-one.json", new Uri("https://example.org/1.patch"), "0", "x", "x", "x", null);
        string documentation = File.ReadAllText(Path.Combine(Repository.Root, "docs", "mirror.md"));
        foreach ((string path, string documented) in (IEnumerable<(string, string)>)
                [
                    (MirrorLayout.Archive("<file name>"), "`archives/<file name>`"),
                    (MirrorLayout.Signature("<file name>"), "`signatures/<file name>`"),
                    (MirrorLayout.Repository("<repository name>"), "`git/<repository name>.git`"),
                    (
                        MirrorLayout.Patch(component with { Name = "<component>" }, patch with { Name = "<name>" }),
                        "`patches/<component>/<name>.patch`"),
                    (MirrorLayout.FirmwareRecord(line with { Name = "<line>" }), "`firmware/<line>.json`"),
                    (MirrorLayout.Firmware("<file name>.deb"), "`firmware/<file name>.deb`"),
                    (MirrorLayout.Inventory("<line>"), "`inventory/<line>.json`"),
                    (MirrorLayout.GoModules + "/", "`go/`"),
                ])
        {
            Assert.That($"`{path}`", Is.EqualTo(documented));
            Assert.That(documentation, Does.Contain(documented));
        }
    }
}
