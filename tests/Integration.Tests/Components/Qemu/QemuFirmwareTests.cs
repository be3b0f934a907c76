using Qcw.Build.Components;
using Qcw.Build.Fetching;
using Qcw.Build.Fetching.Debian;
using Qcw.Integration.Tests.Sources;

namespace Qcw.Integration.Tests.Components.Qemu;

/// <summary>Where the firmware in QEMU's installer comes from: the line's packages, or QEMU's own source.</summary>
public sealed class QemuFirmwareTests
{
    private const string Package = "seabios_1.0-1_all.deb";
    private TemporaryFolder folder = null!;
    private RecordingLog log = null!;

    private Paths Paths => new(folder["root"], folder["artifacts"]);

    [SetUp]
    public void SetUp()
    {
        (folder, log) = (new TemporaryFolder(), new RecordingLog());
        string package = new TestPackage(folder, "seabios").File("usr/share/seabios/bios-256k.bin", "of the package")
            .File("usr/share/doc/seabios/copyright", "LGPL").Link("usr/share/seabios/vgabios.bin", "/usr/share/vgabios/a.bin")
            .File("usr/share/vgabios/a.bin", "behind a link").Build("mirror/firmware/" + Package);
        var file = new AptFile("https://example.org/" + Package, Package, new FileInfo(package).Length, Files.Sha256(package));
        new FirmwareRecord([new FirmwareEntry("seabios", "bookworm", "1.0-1", file)]).Write(folder["mirror/firmware/test.json"]);
    }

    [TearDown]
    public void TearDown()
    {
        folder.Dispose();
        log.Dispose();
    }

    [Test]
    public async Task A_qemu_without_firmware_gets_that_of_the_packages()
    {
        folder.Write("stage/share/keymaps/de", "keys");

        Made firmware = (await StageAsync())!;

        Assert.That(
            Directory.EnumerateFiles(firmware.Path, "*", SearchOption.AllDirectories)
                .Select(file => $"{Path.GetRelativePath(firmware.Path, file)}: {File.ReadAllText(file)}"),
            Is.EquivalentTo(
            [
                "share/bios-256k.bin: of the package", "share/vgabios.bin: behind a link", "licenses/seabios/copyright: LGPL",
            ]));
        Assert.That(firmware.By.Firmware, Is.EqualTo(new Dictionary<string, string> { ["seabios"] = "1.0-1" }));
        Assert.That(log.Text, Does.Not.Contain("not used"));
    }

    [Test]
    public async Task The_firmware_of_qemus_own_source_wins_and_the_log_says_so()
    {
        folder.Write("stage/share/bios-256k.bin", "of QEMU's source");

        Assert.That(await StageAsync(), Is.Null);
        Assert.That(
            log.Text, Does.Contain("QEMU's source has its own (share/bios-256k.bin): the line's packages are not used (seabios)"));
        Assert.That(Directory.Exists(Paths.Stage("qemu-firmware")), Is.False);
    }

    [Test]
    public void Packages_that_were_not_fetched_are_not_missed_where_they_are_not_used()
    {
        using var fetcher = new Fetcher(Paths, new FetchOptions(Offline: true), log.Log);
        folder.Create("stage");
        Assert.That(() => Firmware(fetcher).Stage(folder["stage"]), Throws.TypeOf<NotMadeException>());

        folder.Write("stage/share/bios-256k.bin", "of QEMU's source");
        Assert.That(Firmware(fetcher).Stage(folder["stage"]), Is.Null);
    }

    private static ReleaseLine Line() => Sample.Line() with
    {
        Firmware = [new FirmwarePackage("seabios", "bookworm", ["usr/share/seabios/*.bin"])],
    };

    private QemuFirmware Firmware(Fetcher fetcher) => new(Line(), Paths, fetcher, new StepRunner(log.Log), log.Log);

    private async Task<Made?> StageAsync()
    {
        using var fetcher = new Fetcher(Paths, new FetchOptions(folder["mirror"], Offline: true), log.Log);
        await fetcher.FetchFirmwareAsync(Line(), "qemu");
        return Firmware(fetcher).Stage(folder["stage"]);
    }
}
