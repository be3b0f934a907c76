using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Http;
using static Qcw.Integration.Tests.Fetching.FetchFixture;

namespace Qcw.Integration.Tests.Fetching;

/// <summary>Debian's archive as this machine's apt reaches it; one set of indexes for all tests.</summary>
public sealed class DebianTests
{
    // what the line takes from there: its own pin says which version
    private static readonly DebianSource Xz = (DebianSource)Repository.Lines.Load("debian13").Component("xz").Source;
    private static readonly FirmwarePackage Seabios = new("seabios", Xz.Suite, ["usr/share/seabios/bios.bin"]);
    private readonly FetchFixture fixture = new();

    private string Record => fixture.Folder["artifacts/downloads/apt/firmware-test.json"];

    [OneTimeTearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public async Task Fetches_the_original_archive_of_a_source_package()
    {
        byte[] bytes = await fixture.FetchAsync(Component(Xz));
        Assert.That(Sample.Sha256(bytes), Is.EqualTo(Xz.Sha256));
        Assert.That(await fixture.FetchAsync(Component(Xz), new FetchOptions(Offline: true)), Is.EqualTo(bytes));
    }

    [Test]
    public void Refuses_a_pin_that_Debians_signed_index_contradicts() => Assert.That(
        fixture.FetchError(Component(Xz with { Sha256 = new string('0', 64) })),
        Does.Contain(Xz.File).And.Contain("pinned: " + new string('0', 64)).And.Contain("index:  " + Xz.Sha256));

    [Test]
    public void Says_that_a_file_is_not_in_the_index() =>
        Assert.That(
            fixture.FetchError(Component(Xz with { File = "xz-utils_0.0.orig.tar.xz" })),
            Does.Match(
                $"index of {Xz.Suite} lists no file xz-utils_0\\.0\\.orig\\.tar\\.xz of the source package xz-utils: "
                    + "it has the versions [0-9]"));

    [Test]
    public void Says_that_a_package_is_not_in_the_index() => Assert.That(
        fixture.FetchError(Component(Xz with { Package = "no-such-package", Sha256 = new string('1', 64) })),
        Does.Contain("of the source package no-such-package: it does not have this package at all"));

    [Test]
    public void Says_that_a_suite_cannot_be_read() => Assert.That(
        fixture.FetchError(Component(Xz with { Suite = "nosuchsuite", Sha256 = new string('2', 64) })),
        Does.Contain("apt could not read Debian's index of nosuchsuite: E: ").And.Contain("apt-fetch.log"));

    [Test]
    public async Task Takes_a_file_that_one_archive_lacks_from_another()
    {
        byte[] bytes = Sample.Bytes(1000);
        string there = fixture.Folder.Write("security/sample_1.0-1.diff.gz", bytes);
        string missing = "copy:" + fixture.Folder["main/sample_1.0-1.diff.gz"];
        string target = fixture.Folder["got"];
        var archive = new DebianArchive(fixture.Paths, ProxySettings.None, fixture.Log);
        var file = new AptFile(missing, "sample_1.0-1.diff.gz", bytes.Length, Sample.Sha256(bytes));

        var index = new AptIndex(Xz.Suite, Source: true);
        await archive.DownloadAsync(index, file with { Elsewhere = ["file:" + there] }, target, CancellationToken.None);

        Assert.That(await File.ReadAllBytesAsync(target), Is.EqualTo(bytes));
        Assert.That(
            () => archive.DownloadAsync(
                index, file with { Elsewhere = [missing + ".too"] }, target + ".2", CancellationToken.None),
            Throws.TypeOf<BuildException>().With.Message.Contains(missing + ": ").And.Message.Contains(missing + ".too: "));
    }

    [Test]
    public async Task Takes_an_original_archive_from_a_mirror_offline()
    {
        byte[] bytes = Sample.Bytes(1000);
        fixture.Folder.Write("mirror/archives/sample_1.0.orig.tar.xz", bytes);
        Component component = Component(new DebianSource("sample", Xz.Suite, "sample_1.0.orig.tar.xz", Sample.Sha256(bytes)));
        Assert.That(await fixture.FetchAsync(component, new FetchOptions(fixture.Folder["mirror"], Offline: true)), Is.EqualTo(bytes));
    }

    [Test]
    public async Task Resolves_firmware_once_and_keeps_to_it()
    {
        File.Delete(Record);
        ReleaseLine line = Line(Seabios);
        using (Fetcher fetcher = fixture.Fetcher())
        {
            Assert.That(
                () => fetcher.LocateFirmware(line, "qemu"),
                Throws.InstanceOf<BuildException>().With.Message.Contains("have not been fetched yet"));
            FetchedPackage package = (await fetcher.FetchFirmwareAsync(line, "qemu")).Single();
            Assert.That(package.Version, Does.Match("^[0-9]"));
            Assert.That(Sample.Sha256(await File.ReadAllBytesAsync(package.Path)), Is.EqualTo(package.Sha256));
            Assert.That(Path.GetFileName(package.Path), Does.EndWith(".deb"));
            Assert.That(await File.ReadAllTextAsync(Record), Does.Contain(package.Version).And.Contain(package.Sha256));
        }

        using Fetcher offline = fixture.Fetcher(new FetchOptions(Offline: true));
        Assert.That(await offline.FetchFirmwareAsync(line, "qemu"), Is.EqualTo(offline.LocateFirmware(line, "qemu")));
        Assert.That(
            offline.LocateFirmware(Line(Seabios with { Files = ["another"] }), "qemu").Single().Package.Files,
            Is.EqualTo(new[] { "another" }));
    }

    [Test]
    public async Task Resolves_firmware_anew_when_asked_or_when_the_packages_change()
    {
        using (Fetcher fetcher = fixture.Fetcher(new FetchOptions(RefreshFirmware: true)))
        {
            await fetcher.FetchFirmwareAsync(Line(Seabios), "qemu");
        }

        Assert.That(fixture.Output, Does.Contain($"is what {Xz.Suite} has now"));
        using Fetcher offline = fixture.Fetcher(new FetchOptions(Offline: true));
        ReleaseLine other = Line(Seabios, new FirmwarePackage("ovmf", Xz.Suite, []));
        Assert.That(() => offline.LocateFirmware(other, "qemu"), Throws.InstanceOf<BuildException>());
        Assert.That(
            () => offline.FetchFirmwareAsync(other, "qemu"),
            Throws
                .InstanceOf<BuildException>()
                .With.Message.Contains("seabios, ovmf")
                .And.Message.Contains("firmware/test.json")
                .And.Message.Contains("--mirror DIR"));
    }

    [Test]
    public async Task Takes_firmware_from_a_mirror_folder_offline()
    {
        using (Fetcher fetcher = fixture.Fetcher())
        {
            FetchedPackage package = (await fetcher.FetchFirmwareAsync(Line(Seabios), "qemu")).Single();
            fixture.Folder.Write("firmware-mirror/firmware/test.json", await File.ReadAllBytesAsync(Record));
            fixture.Folder.Write("firmware-mirror/firmware/" + Path.GetFileName(package.Path), await File.ReadAllBytesAsync(package.Path));
        }

        using var elsewhere = new FetchFixture();
        using Fetcher offline = elsewhere.Fetcher(new FetchOptions(fixture.Folder["firmware-mirror"], Offline: true));
        Assert.That(await offline.FetchFirmwareAsync(Line(Seabios), "qemu"), Has.Count.EqualTo(1));
        Assert.That(elsewhere.Output, Does.Contain("versions as recorded in"));
    }

    [Test]
    public void Says_that_a_firmware_package_does_not_exist()
    {
        using Fetcher fetcher = fixture.Fetcher();
        Assert.That(
            () => fetcher.FetchFirmwareAsync(Line(Seabios with { Package = "no-such-firmware" }) with { Name = "other" }, "qemu"),
            Throws.InstanceOf<BuildException>().With.Message.Contains(
                $"Debian's index of {Xz.Suite} has no binary package no-such-firmware"));
    }

    [Test]
    public async Task Fetches_a_binary_package_of_this_machine_by_its_pin()
    {
        using (Fetcher fetcher = fixture.Fetcher())
        {
            FetchedPackage found = (await fetcher.FetchFirmwareAsync(Line(Seabios), "qemu")).Single();
            var pinned = new DebianPackage(Seabios.Package, Seabios.Suite, Path.GetFileName(found.Path), found.Sha256);
            using var elsewhere = new FetchFixture();
            Component component = Packages(pinned);
            Assert.That(await elsewhere.FetchAsync(component), Is.EqualTo(await File.ReadAllBytesAsync(found.Path)));
            Assert.That(
                elsewhere.Output, Does.Contain($"{pinned.File}: fetched").And.Contain($"Debian binary package seabios ({Xz.Suite})"));
            Assert.That(await elsewhere.FetchAsync(component, new FetchOptions(Offline: true)), Has.Length.GreaterThan(0));
        }
    }

    [Test]
    public async Task Fetches_a_binary_package_of_another_machine_and_names_what_is_not_as_pinned()
    {
        // what Debian has now is read out of the errors, as a person who writes a line would
        string other = RuntimeInformation.OSArchitecture == System.Runtime.InteropServices.Architecture.Arm64 ? "amd64" : "arm64";
        var hello = new DebianPackage("hello", Xz.Suite, $"hello_0_{other}.deb", new string('0', 64));
        string error = fixture.FetchError(Packages(hello));
        Assert.That(error, Does.Contain(
            $"Debian's index of {Xz.Suite} lists no file hello_0_{other}.deb of the binary package hello: it has the versions "));
        string version = Regex.Match(error, @"it has the versions (\S+)").Groups[1].Value;

        hello = hello with { File = $"hello_{version}_{other}.deb" };
        error = fixture.FetchError(Packages(hello));
        Assert.That(error, Does.Contain($"{hello.File} in Debian's signed index is not the pinned one").And.Contain(hello.Sha256));

        hello = hello with { Sha256 = Regex.Match(error, "index:  ([0-9a-f]{64})").Groups[1].Value };
        byte[] bytes = await fixture.FetchAsync(Packages(hello));
        string architecture = ProcessRunner.Run(
            new ProcessRequest("dpkg-deb", "--field", fixture.Folder.Write("hello.deb", bytes), "Architecture")).StandardOutput.Trim();
        Assert.That(architecture, Is.EqualTo(other));
    }

    [Test]
    public void Says_that_a_binary_package_is_not_in_the_index() => Assert.That(
        fixture.FetchError(Packages(new DebianPackage("no-such-package", Xz.Suite, "no-such-package_1_all.deb", new string('5', 64)))),
        Does.Contain("of the binary package no-such-package: it does not have this package at all"));

    [Test]
    public void Says_that_a_machine_is_not_Debian()
    {
        string? path = Environment.GetEnvironmentVariable("PATH");
        Environment.SetEnvironmentVariable("PATH", fixture.Folder.Path);
        try
        {
            Assert.That(fixture.FetchError(Component(Xz with { Sha256 = new string('4', 64) })),
                Does.Contain("this is not a Debian system"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Test]
    public async Task Leaves_the_machines_apt_alone()
    {
        await fixture.FetchAsync(Component(Xz));
        string configuration = fixture.Folder[$"artifacts/downloads/apt/{Xz.Suite}-source/apt.conf"];
        if (!File.Exists(configuration))
        {
            // the archive came from the cache, so nobody needed apt
            fixture.FetchError(Component(Xz with { Package = "no-such-package", Sha256 = new string('3', 64) }));
        }

        var environment = new Dictionary<string, string?> { ["APT_CONFIG"] = configuration };
        string dump = ProcessRunner.Run(new ProcessRequest("apt-config", "dump") { Environment = environment }).StandardOutput;
        Assert.That(dump, Does.Contain($"Dir::State \"{fixture.Folder["artifacts"]}")
            .And.Contain($"Dir::Cache \"{fixture.Folder["artifacts"]}").And.Contain($"Dir::Etc \"{fixture.Folder["artifacts"]}"));
        Assert.That(dump, Does.Not.Contain("Post-Invoke::"), "hooks of the machine, such as those of container images, must not run");
    }

    private static Component Packages(DebianPackage package) => Component(new DebianPackagesSource([package], "usr"));

    private static ReleaseLine Line(params FirmwarePackage[] packages) => new("test", "a test", 0, [], [], packages);
}
