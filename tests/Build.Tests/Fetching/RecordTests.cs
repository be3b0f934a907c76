using Qcw.Build.Fetching.Cache;
using Qcw.Build.Fetching.Debian;
using Qcw.Build.Fetching.Signatures;

namespace Qcw.Build.Tests.Fetching;

public sealed class RecordTests
{
    private static readonly FirmwarePackage Seabios = new("seabios", "bookworm", ["usr/share/seabios/bios.bin"]);
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_firmware_record_is_read_back()
    {
        WriteFirmware();
        FirmwareRecord? record = FirmwareRecord.Read(FirmwarePath, [Seabios]);
        Assert.That(record!.Packages.Single(), Is.EqualTo(Entry));
    }

    [Test]
    public void A_firmware_record_does_not_depend_on_which_files_are_taken_out()
    {
        WriteFirmware();
        Assert.That(FirmwareRecord.Read(FirmwarePath, [Seabios with { Files = [] }])!.Packages, Is.EqualTo([Entry]));
    }

    [Test]
    public void A_firmware_record_of_other_packages_does_not_count()
    {
        WriteFirmware();
        Assert.That(FirmwareRecord.Read(FirmwarePath, [Seabios, Seabios with { Package = "ovmf" }]), Is.Null);
        Assert.That(FirmwareRecord.Read(FirmwarePath, [Seabios with { Suite = "trixie" }]), Is.Null);
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("null")]
    [TestCase("{\"packages\": [{\"package\": \"seabios\", \"suite\": \"bookworm\"}]}")]
    [TestCase("{\"packages\": [null]}")]
    public void A_damaged_firmware_record_counts_as_none(string text)
    {
        File.WriteAllText(FirmwarePath, text);
        Assert.That(FirmwareRecord.Read(FirmwarePath, [Seabios]), Is.Null);
    }

    [Test]
    public void A_signature_record_counts_for_its_pins_only()
    {
        var cache = new DownloadCache(folder.Path);
        string keyFile = folder.Write("key.asc", "key");
        var signature = new DetachedSignature(new Uri("https://example.org/a.tar.sig"), keyFile, new string('A', 40));
        var source = new ArchiveSource([new Uri("https://example.org/a.tar")], null, signature);
        Put("aa", "a.tar");
        new SignatureRecord("aa", "bb").Write(cache, source);
        Assert.That(SignatureRecord.Read(cache, source), Is.Null, "the signature itself is not in the cache");
        Put("bb", "a.tar.sig");
        Assert.That(SignatureRecord.Read(cache, source), Is.EqualTo(new SignatureRecord("aa", "bb")));
        Assert.That(SignatureRecord.Read(cache, source with { Urls = [new Uri("https://example.net/a.tar")] }), Is.Null);
        Assert.That(SignatureRecord.Read(cache, source with { Sha256 = "aa" }), Is.Null);
        Assert.That(
            SignatureRecord.Read(cache, source with { Signature = signature with { KeyFingerprint = new string('B', 40) } }), Is.Null);
        File.WriteAllText(keyFile, "another key");
        Assert.That(SignatureRecord.Read(cache, source), Is.Null);
    }

    [TestCase("../evil")]
    [TestCase("")]
    [TestCase("..")]
    [TestCase("a/b")]
    [TestCase("a\\b")]
    public void The_cache_takes_plain_file_names_only(string name) =>
        Assert.That(() => new DownloadCache(folder.Path).PathOf("aa", name), Throws.TypeOf<BuildException>());

    private static FirmwareEntry Entry =>
        new(
            "seabios",
            "bookworm",
            "1.16.2-1",
            new AptFile("http://example.org/seabios.deb", "seabios_1.16.2-1_all.deb", 162656, new string('a', 64)));

    private string FirmwarePath => folder["firmware.json"];

    private void WriteFirmware() => new FirmwareRecord([Entry]).Write(FirmwarePath);

    private void Put(string sha256, string name) => folder.Write($"{sha256}/{name}", "x");
}
