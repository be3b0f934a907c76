using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Mirroring;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>
/// A line with an input of every kind: written into a mirror, and fetched from there by a machine that has nothing and no network.
/// </summary>
public sealed class MirrorWriteTests
{
    private static readonly byte[] Xz = Sample.Bytes(10_000);
    private static readonly byte[] Sdk = Sample.Bytes(20_000, seed: 2);
    private static readonly byte[] Deb = Sample.Bytes(5_000, seed: 3);
    private static readonly byte[] Diff = "--- a/x\n+++ b/x\n"u8.ToArray();
    private static readonly string[] All =
    [
        "archives/go.linux-amd64.tar.gz",
        "archives/go.windows-amd64.zip",
        "archives/sample-1.0.tar",
        "archives/xz-1.0.tar.xz",
        "firmware/bios.deb",
        "firmware/test.json",
        "patches/xz/0001-one.patch",
        "signatures/sample-1.0.tar.sig",
    ];

    private FetchFixture fixture = null!;
    private GitUpstream upstream = null!;
    private ReleaseLine line = null!;

    private string Mirror => fixture.Folder["mirror"];

    [SetUp]
    public void SetUp()
    {
        fixture = new FetchFixture();
        upstream = new GitUpstream(fixture.Folder);
        var patch = new RemotePatch(
            "0001-one", "/x/0001-one.json", fixture.Server.On("/one.patch", HttpReply.File(Diff)), Sample.Sha256(Diff), "somebody", "open",
            "a test", null);
        var signature = new DetachedSignature(
            fixture.Server.On("/sample-1.0.tar.sig", HttpReply.File(Fixture("sample-1.0.tar.sig"))),
            Repository.Fixture("openpgp", "key.asc"), "A0CAEDA78064AA391E0EB4B6421F51A7BE34A597");
        var signed = new ArchiveSource([fixture.Server.On("/sample-1.0.tar", HttpReply.File(Fixture("sample-1.0.tar")))], null, signature);
        line = new ReleaseLine(
            "test", "a test", 0,
            [
                Component(Pinned("xz-1.0.tar.xz", Xz), patch) with { Name = "xz", Needs = ["library"] },
                Component(upstream.At(1, GitUpstream.Sparse)) with { Name = "podman" },
                Component(Pinned("xz-1.0.tar.xz", Xz)) with { Name = "qemu" },
            ],
            [Component(signed) with { Name = "library" }, Component(new RecipeSource()) with { Name = "toolchain" }],
            [new FirmwarePackage("bios", "bookworm", [])])
        {
            Go = new GoVersions(new Version(1, 18), new Version(1, 21), new GoSdk("1.20.14", new Dictionary<string, ArchiveSource>
            {
                ["linux-amd64"] = Pinned("go.linux-amd64.tar.gz", Sdk),
                ["windows-amd64"] = Pinned("go.windows-amd64.zip", Sdk),
            })),
        };

        // as an earlier fetch from Debian leaves it
        fixture.Folder.Write($"artifacts/downloads/{Sample.Sha256(Deb)}/bios.deb", Deb);
        new FirmwareRecord([
            new FirmwareEntry(
                "bios",
                "bookworm",
                "1-1",
                new AptFile("http://example.org/bios.deb", "bios.deb", Deb.Length, Sample.Sha256(Deb))),
        ]).Write(fixture.Folder["artifacts/downloads/apt/firmware-test.json"]);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task A_machine_without_network_and_cache_finds_everything()
    {
        await WriteAsync();
        Assert.That(
            Files().Where(file => !file.StartsWith("git/", StringComparison.Ordinal)),
            Is.EqualTo([".lock", .. All[..6], "inventory/test.json", .. All[6..]]));
        Assert.That(
            fixture.Output,
            Does.Contain("xz-1.0.tar.xz: written, 10.0 kB")
                .And.Contain($"The mirror of test in {Mirror}: 9 written, 0 up to date, 0 missing; "));
        int requests = fixture.Server.Requests.Count;
        upstream.Delete();

        using var elsewhere = new FetchFixture();
        using Fetcher fetcher = elsewhere.Fetcher(new FetchOptions(Mirror, Offline: true));
        await fetcher.FetchAsync([.. MirrorSelection.Everything(line).Components]);
        await fetcher.FetchFirmwareAsync(line, "qemu");
        IReadOnlyList<Component> all = MirrorSelection.Everything(line).Components;
        foreach (Component component in all.Where(component => component.Source is not RecipeSource))
        {
            Assert.That(() => fetcher.Locate(component), Throws.Nothing);
        }

        Assert.That(fetcher.IsComplete(line.Component("xz")));
        Assert.That(fetcher.LocateFirmware(line, "qemu").Single().Version, Is.EqualTo("1-1"));
        Assert.That(fixture.Server.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task A_second_run_changes_nothing()
    {
        await WriteAsync();
        string[] before = [.. Files()];
        var past = new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        foreach (string file in before)
        {
            File.SetLastWriteTimeUtc(fixture.Folder["mirror/" + file], past);
        }

        await WriteAsync();
        Assert.That(Files(), Is.EqualTo(before));
        Assert.That(Files().Select(file => File.GetLastWriteTimeUtc(fixture.Folder["mirror/" + file])), Is.All.EqualTo(past));
        Assert.That(fixture.Output, Does.Contain(": 0 written, 9 up to date"));
        Assert.That(
            fixture
                .Output.Split('\n')
                .Count(text =>
                    text.Contains(" mirror ", StringComparison.Ordinal) && text.EndsWith("up to date", StringComparison.Ordinal)),
            Is.EqualTo(9));
    }

    [Test]
    public async Task A_wrong_file_is_replaced_and_strangers_are_left_alone()
    {
        await WriteAsync();
        fixture.Folder.Write("mirror/archives/xz-1.0.tar.xz", [1, 2, 3]);
        fixture.Folder.Write("mirror/archives/of-another-line.tar", [4]);
        await WriteAsync();
        Assert.That(await File.ReadAllBytesAsync(fixture.Folder["mirror/archives/xz-1.0.tar.xz"]), Is.EqualTo(Xz));
        Assert.That(
            fixture.Output,
            Does.Contain($"xz-1.0.tar.xz: replaced, it had other content (sha256 {Sample.Sha256([1, 2, 3])})")
                .And.Contain(": 1 written, 8 up to date"));
        Assert.That(fixture.Folder["mirror/archives/of-another-line.tar"], Does.Exist);
    }

    [Test]
    public async Task What_cannot_be_had_does_not_keep_the_rest_out()
    {
        fixture.Server.On("/xz-1.0.tar.xz", HttpReply.Status(404));
        fixture.Server.On("/one.patch", HttpReply.Html("Sign in"));
        upstream.Delete();
        string message = Assert.ThrowsAsync(Is.TypeOf<BuildException>(), () => WriteAsync())!.Message;
        Assert.That(message, Does.Contain("xz-1.0.tar.xz could not be fetched").And.Contain("0001-one.patch").And.Contain("git commit"));
        Assert.That(Files(), Is.SupersetOf(All.Except(["archives/xz-1.0.tar.xz", "patches/xz/0001-one.patch"])));
        Assert.That(
            await File.ReadAllTextAsync(fixture.Folder["mirror/inventory/test.json"]),
            Does.Not.Contain("xz-1.0").And.Contain("sample-1.0.tar.sig"));
    }

    [Test]
    public async Task Offline_writes_what_is_there_and_lists_the_rest()
    {
        await fixture.FetchAsync(Archive(Xz, fixture.Server.Url("/xz-1.0.tar.xz")));
        string message = Assert
            .ThrowsAsync(Is.TypeOf<BuildException>(), () => WriteAsync(new FetchOptions(Mirror, Offline: true) { WritesMirror = true }))!
            .Message;
        Assert.That(
            message,
            Does.Contain("these 5 are in neither the cache nor the mirror")
                .And.Contain("signatures/sample-1.0.tar.sig")
                .And.Contain("git/pod.git"));
        Assert.That(
            Files(),
            Is.EquivalentTo((string[])
                [".lock", "archives/xz-1.0.tar.xz", "firmware/bios.deb", "firmware/test.json", "inventory/test.json"]));
    }

    [Test]
    public async Task Another_machine_adds_its_line_to_what_is_there_offline()
    {
        await WriteAsync();
        using var elsewhere = new FetchFixture();
        using Fetcher fetcher = elsewhere.Fetcher(new FetchOptions(Mirror, Offline: true) { WritesMirror = true });
        ReleaseLine other = line with { Name = "other", Firmware = [] };
        await new MirrorWriter(elsewhere.Paths, fetcher, elsewhere.Log, Mirror).WriteAsync(
            other, MirrorSelection.Everything(other), _ => []);
        Assert.That(elsewhere.Output, Does.Contain(": 0 written, 7 up to date"));
        Assert.That(
            Directory.GetFiles(fixture.Folder["mirror/inventory"]).Select(Path.GetFileName),
            Is.EquivalentTo((string[])["other.json", "test.json"]));
    }

    [Test]
    public async Task Further_files_are_treated_like_the_rest()
    {
        string module = fixture.Folder.Write("module.zip", Sample.Bytes(100));
        var file = new MirrorFile(
            MirrorLayout.GoModules + "/example.org/m/@v/v1.0.0.zip", "gocat", "https://example.org/m", module,
            Sample.Sha256(Sample.Bytes(100)));
        await WriteAsync(null, file);
        Assert.That(await File.ReadAllBytesAsync(fixture.Folder["mirror/go/example.org/m/@v/v1.0.0.zip"]), Is.EqualTo(Sample.Bytes(100)));
        Assert.That(MirrorSource.Parse(new FetchOptions(Mirror))!.GoProxy, Is.EqualTo(new Uri(fixture.Folder["mirror/go"]).AbsoluteUri));
        string wrong = Assert
            .ThrowsAsync(
                Is.TypeOf<BuildException>(), () => WriteAsync(null, file with { Path = "go/wrong.zip", Sha256 = Sample.Sha256(Xz) })
            )!
            .Message;
        Assert.That(wrong, Does.Contain(module + " is damaged").And.Contain(Sample.Sha256(Xz)));
        Assert.That(fixture.Folder["mirror/go/wrong.zip"], Does.Not.Exist);
    }

    [Test]
    public async Task Files_beside_those_of_the_line_are_written_too()
    {
        string package = fixture.Folder.Write("make.pkg.tar.zst", Sample.Bytes(100));
        using Fetcher fetcher = fixture.Fetcher(new FetchOptions(Mirror) { WritesMirror = true });
        var file = new MirrorFile(
            MirrorLayout.Msys2 + "/make.pkg.tar.zst", "msys2", "MSYS2's packages", package, Sample.Sha256(Sample.Bytes(100)));
        await new MirrorWriter(fixture.Paths, fetcher, fixture.Log, Mirror) { Others = [file] }.WriteAsync(
            line, MirrorSelection.Everything(line), _ => []);
        Assert.That(Files(), Does.Contain("msys2/make.pkg.tar.zst"));
        Assert.That(fetcher.MirrorFolder(MirrorLayout.Msys2), Is.EqualTo(fixture.Folder["mirror/msys2"]));
        Assert.That(fetcher.MirrorFolder("nothing"), Is.Null);
    }

    [Test]
    public void Two_different_files_of_one_name_are_refused_by_name()
    {
        fixture.Server.On("/elsewhere/xz-1.0.tar.xz", HttpReply.File(Sdk));
        var twin = new ArchiveSource([fixture.Server.Url("/elsewhere/xz-1.0.tar.xz")], Sample.Sha256(Sdk), null);
        line = line with { Components = [.. line.Components, Component(twin) with { Name = "twin" }] };
        string message = Assert.ThrowsAsync(Is.TypeOf<BuildException>(), () => WriteAsync())!.Message;
        Assert.That(
            message,
            Does.Contain("archives/xz-1.0.tar.xz: a mirror has one file of a name").And.Contain("twin: ").And.Contain("/elsewhere/"));
        Assert.That(Files(), Is.SupersetOf(All.Except(["archives/xz-1.0.tar.xz"])));
    }

    [Test]
    public void A_folder_that_cannot_be_made_is_named()
    {
        string file = fixture.Folder.Write("file", []);
        using Fetcher fetcher = fixture.Fetcher();
        var writer = new MirrorWriter(fixture.Paths, fetcher, fixture.Log, Path.Combine(file, "mirror"));
        Assert.That(
            () => writer.WriteAsync(line, MirrorSelection.Everything(line), _ => []),
            Throws.TypeOf<BuildException>().With.Message.Contains($"{Path.Combine(file, "mirror")} cannot be used: {file} is a file"));
    }

    private async Task WriteAsync(FetchOptions? options = null, params MirrorFile[] further)
    {
        using Fetcher fetcher = fixture.Fetcher(options ?? new FetchOptions(Mirror) { WritesMirror = true });
        ReleaseLine whole = further.Length == 0
            ? line
            : line with
            {
                Components = [line.Components[0] with { NeedsModules = true }, .. line.Components.Skip(1)],
            };
        await new MirrorWriter(fixture.Paths, fetcher, fixture.Log, Mirror).WriteAsync(
            whole, MirrorSelection.Everything(whole), _ => further);
    }

    private IEnumerable<string> Files() => Directory.GetFiles(Mirror, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Mirror, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private ArchiveSource Pinned(string name, byte[] bytes) =>
        new([fixture.Server.On("/" + name, HttpReply.File(bytes))], Sample.Sha256(bytes), null);

    private static byte[] Fixture(string name) => File.ReadAllBytes(Repository.Fixture("openpgp", name));
}
