using Qcw.Build.Fetching;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>Debian's archive as this machine's apt reaches it; one set of indexes for all tests.</summary>
public sealed class DebianTests
{
    private const string Xz = "xz-utils_5.4.1.orig.tar.xz";
    private const string XzHash = "5d9827aa1875b21c288f78864bb26d2650b436ea8d2cad364e4921eb6266a5a5";
    private static readonly FirmwarePackage Seabios = new("seabios", "bookworm", ["usr/share/seabios/bios.bin"]);
    private readonly FetchFixture fixture = new();

    private string Record => fixture.Folder["artifacts/downloads/apt/firmware-test.json"];

    [OneTimeTearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task Fetches_the_original_archive_of_a_source_package()
    {
        byte[] bytes = await fixture.FetchAsync(Debian("xz-utils", Xz, XzHash));
        Assert.That(Sample.Sha256(bytes), Is.EqualTo(XzHash));
        Assert.That(await fixture.FetchAsync(Debian("xz-utils", Xz, XzHash), new FetchOptions(Offline: true)), Is.EqualTo(bytes));
    }

    [Test]
    public void Refuses_a_pin_that_Debians_signed_index_contradicts() => Assert.That(
        fixture.FetchError(Debian("xz-utils", Xz, new string('0', 64))),
        Does.Contain(Xz).And.Contain("pinned: " + new string('0', 64)).And.Contain("index:  " + XzHash));

    [Test]
    public void Says_that_a_file_is_not_in_the_index() => Assert.That(
        fixture.FetchError(Debian("xz-utils", "xz-utils_9.9.orig.tar.xz", XzHash)),
        Does.Contain("index of bookworm lists no file xz-utils_9.9.orig.tar.xz of the source package xz-utils, which has the versions 5."));

    [Test]
    public void Says_that_a_package_is_not_in_the_index() => Assert.That(
        fixture.FetchError(Debian("no-such-package", Xz, new string('1', 64))),
        Does.Contain("of the source package no-such-package, which does not have this package at all"));

    [Test]
    public void Says_that_a_suite_cannot_be_read() => Assert.That(
        fixture.FetchError(Component(new DebianSource("xz-utils", "nosuchsuite", Xz, new string('2', 64)))),
        Does.Contain("apt could not read the index of Debian's nosuchsuite: E: ").And.Contain("apt-fetch.log"));

    [Test]
    public async Task Takes_an_original_archive_from_a_mirror_offline()
    {
        byte[] bytes = Sample.Bytes(1000);
        fixture.Folder.Write("mirror/archives/sample_1.0.orig.tar.xz", bytes);
        Component component = Debian("sample", "sample_1.0.orig.tar.xz", Sample.Sha256(bytes));
        Assert.That(await fixture.FetchAsync(component, new FetchOptions(fixture.Folder["mirror"], Offline: true)), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Resolves_firmware_once_and_keeps_to_it()
    {
        File.Delete(Record);
        ReleaseLine line = Line(Seabios);
        using (Fetcher fetcher = fixture.Fetcher())
        {
            Assert.That(() => fetcher.LocateFirmware(line), Throws.InstanceOf<BuildException>().With.Message.Contains("have not been fetched yet"));
            FetchedPackage package = (await fetcher.FetchFirmwareAsync(line)).Single();
            Assert.That(package.Version, Does.StartWith("1.16"));
            Assert.That(Sample.Sha256(await File.ReadAllBytesAsync(package.Path)), Is.EqualTo(package.Sha256));
            Assert.That(Path.GetFileName(package.Path), Does.EndWith(".deb"));
            Assert.That(await File.ReadAllTextAsync(Record), Does.Contain(package.Version).And.Contain(package.Sha256));
        }

        using Fetcher offline = fixture.Fetcher(new FetchOptions(Offline: true));
        Assert.That(await offline.FetchFirmwareAsync(line), Is.EqualTo(offline.LocateFirmware(line)));
        Assert.That(offline.LocateFirmware(Line(Seabios with { Files = ["another"] })).Single().Package.Files, Is.EqualTo(new[] { "another" }));
    }

    [Test]
    public async Task Resolves_firmware_anew_when_asked_or_when_the_packages_change()
    {
        using (Fetcher fetcher = fixture.Fetcher(new FetchOptions(RefreshFirmware: true)))
        {
            await fetcher.FetchFirmwareAsync(Line(Seabios));
        }

        Assert.That(fixture.Output, Does.Contain("is what bookworm has now"));
        using Fetcher offline = fixture.Fetcher(new FetchOptions(Offline: true));
        ReleaseLine other = Line(Seabios, new FirmwarePackage("ovmf", "bookworm", []));
        Assert.That(() => offline.LocateFirmware(other), Throws.InstanceOf<BuildException>());
        Assert.That(
            () => offline.FetchFirmwareAsync(other),
            Throws.InstanceOf<BuildException>().With.Message.Contains("seabios, ovmf").And.Message.Contains("firmware/test.json").And.Message.Contains("--mirror DIR"));
    }

    [Test]
    public async Task Takes_firmware_from_a_mirror_folder_offline()
    {
        using (Fetcher fetcher = fixture.Fetcher())
        {
            FetchedPackage package = (await fetcher.FetchFirmwareAsync(Line(Seabios))).Single();
            fixture.Folder.Write("firmware-mirror/firmware/test.json", await File.ReadAllBytesAsync(Record));
            fixture.Folder.Write("firmware-mirror/firmware/" + Path.GetFileName(package.Path), await File.ReadAllBytesAsync(package.Path));
        }

        using var elsewhere = new FetchFixture();
        using Fetcher offline = elsewhere.Fetcher(new FetchOptions(fixture.Folder["firmware-mirror"], Offline: true));
        Assert.That(await offline.FetchFirmwareAsync(Line(Seabios)), Has.Count.EqualTo(1));
        Assert.That(elsewhere.Output, Does.Contain("versions as recorded in"));
    }

    [Test]
    public void Says_that_a_firmware_package_does_not_exist()
    {
        using Fetcher fetcher = fixture.Fetcher();
        Assert.That(
            () => fetcher.FetchFirmwareAsync(Line(Seabios with { Package = "no-such-firmware" }) with { Name = "other" }),
            Throws.InstanceOf<BuildException>().With.Message.Contains("Debian's index of bookworm has no binary package no-such-firmware"));
    }

    [Test]
    public void Says_that_a_machine_is_not_Debian()
    {
        string? path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", fixture.Folder.Path);
        try
        {
            Assert.That(fixture.FetchError(Debian("xz-utils", Xz, new string('4', 64))), Does.Contain("this is not a Debian system"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Test]
    public async Task Leaves_the_machines_apt_alone()
    {
        await fixture.FetchAsync(Debian("xz-utils", Xz, XzHash));
        string configuration = fixture.Folder["artifacts/downloads/apt/bookworm-source/apt.conf"];
        if (!File.Exists(configuration))
        {
            // the archive came from the cache, so nobody needed apt
            fixture.FetchError(Debian("no-such-package", Xz, new string('3', 64)));
        }

        string dump = ProcessRunner.Run(new ProcessRequest("apt-config", "dump") { Environment = new Dictionary<string, string?> { ["APT_CONFIG"] = configuration } }).StandardOutput;
        Assert.That(dump, Does.Contain($"Dir::State \"{fixture.Folder["artifacts"]}").And.Contain($"Dir::Cache \"{fixture.Folder["artifacts"]}").And.Contain($"Dir::Etc \"{fixture.Folder["artifacts"]}"));
        Assert.That(dump, Does.Not.Contain("Post-Invoke::"), "hooks of the machine, such as those of container images, must not run");
    }

    private static Component Debian(string package, string file, string sha256) => Component(new DebianSource(package, "bookworm", file, sha256));

    private static ReleaseLine Line(params FirmwarePackage[] packages) => new("test", "a test", 0, [], [], packages);
}
