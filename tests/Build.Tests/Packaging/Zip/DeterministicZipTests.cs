using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Build.Tests.Packaging.Zip;

public sealed class DeterministicZipTests
{
    private const long Epoch = 1_682_899_200; // 2023-05-01T00:00:00Z

    private TemporaryFolder folder = null!;
    private readonly DateTime written = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);

    [SetUp]
    public void MakeFolder() => folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void Holds_what_was_given_sorted_and_dated()
    {
        string zip = Write(Epoch, ("b", "second"), ("a/z", "first"));

        using ZipArchive archive = ZipFile.OpenRead(zip);
        Assert.That(archive.Entries.Select(entry => entry.FullName), Is.EqualTo(new[] { "a/z", "b" }));
        Assert.That(archive.Entries.Select(entry => entry.LastWriteTime.DateTime), Is.All.EqualTo(new DateTime(2023, 5, 1)));
        using var reader = new StreamReader(archive.Entries[0].Open());
        Assert.That(reader.ReadToEnd(), Is.EqualTo("first"));
    }

    [Test]
    public void Same_contents_give_the_same_bytes()
    {
        byte[] one = File.ReadAllBytes(Write(Epoch, ("a", "x"), ("b", "y")));
        byte[] other = File.ReadAllBytes(Write(Epoch, ("b", "y"), ("a", "x")));
        Assert.That(other, Is.EqualTo(one));
    }

    [Test]
    public void Headers_are_those_of_every_system()
    {
        // an empty file, so that only the headers are compared
        byte[] bytes = File.ReadAllBytes(Write(Epoch, ("a", string.Empty)));
        Assert.That(Convert.ToHexStringLower(bytes), Is.EqualTo(
            "504b03041400020000000000a15600000000000000000000000001000000" + "61"
            + "504b010214031400020000000000a156000000000000000000000000010000000000000000000000a48100000000" + "61"
            + "504b050600000000010001002f0000001f0000000000"));
    }

    /// <summary>If a newer SharpCompress compresses differently, <see cref="DeterministicZip.Format"/> has to change too.</summary>
    [Test]
    public void Compressed_bytes_are_those_of_every_system_and_runtime()
    {
        string zip = Write(Epoch, ("a", string.Concat(Enumerable.Range(0, 20_000).Select(number => $"{number * 7919 % 10_007} "))));
        Assert.That(new FileInfo(zip).Length, Is.LessThan(60_000));
        Assert.That(
            Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(zip))),
            Is.EqualTo("1f3c6ca9cfce3f03dfb363a066129ed88a7ffba262762935de76ece1e539a83c"));
        Assert.That(DeterministicZip.Format, Is.EqualTo("zip 2"));
    }

    [Test]
    public void Every_kind_of_content_survives()
    {
        byte[] random = new byte[50_000];
        new Random(1).NextBytes(random);
        var contents = new Dictionary<string, byte[]>
        {
            ["check"] = "123456789"u8.ToArray(),
            ["empty"] = [],
            ["grüße.txt"] = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("grüße ", 50_000))),
            ["random"] = random,
        };
        string zip = folder["out.zip"];
        DeterministicZip.Write(
            zip, [.. contents.Select((item, index) => new InstalledFile(folder.Write($"in/{index}", item.Value), item.Key))], Epoch);

        using ZipArchive archive = ZipFile.OpenRead(zip);
        Assert.That(archive.Entries.ToDictionary(entry => entry.FullName, Read), Is.EqualTo(contents));
        Assert.That(archive.Entries.Select(entry => entry.ExternalAttributes), Is.All.EqualTo(0x81A4 << 16), "a regular file, rw-r--r--");
        Assert.That(archive.GetEntry("check")!.Crc32, Is.EqualTo(0xCBF43926), "the check value of this CRC");
        Assert.That(archive.GetEntry("random")!.CompressedLength, Is.EqualTo(random.Length), "stored, because it cannot be compressed");
        Assert.That(archive.GetEntry("grüße.txt")!.CompressedLength, Is.LessThan(5_000));
    }

    [TestCase(0, 1980)]
    [TestCase(253_402_300_799, 2107)]
    public void Times_outside_the_format_become_its_ends(long epoch, int year)
    {
        using ZipArchive archive = ZipFile.OpenRead(Write(epoch, ("a", "x")));
        Assert.That(archive.Entries[0].LastWriteTime.Year, Is.EqualTo(year));
    }

    [TestCase("../a", "contains '..'")]
    [TestCase("/a", "empty part")]
    [TestCase("a\\b", "'\\'")]
    [TestCase("nul.txt", "device")]
    public void A_name_that_Windows_cannot_have_is_refused(string name, string reason) =>
        Assert.That(() => Write(Epoch, (name, "x")), Throws.InstanceOf<BuildException>().With.Message.Contains(reason));

    [Test]
    public void Two_names_that_differ_in_letter_case_only_are_refused() =>
        Assert.That(() => Write(Epoch, ("a", "x"), ("A", "y")), Throws.InstanceOf<BuildException>().With.Message.Contains("two entries"));

    [Test]
    public void A_failure_leaves_the_archive_that_was_there()
    {
        string zip = Write(Epoch, ("a", "x"));
        byte[] before = File.ReadAllBytes(zip);
        Assert.That(() => DeterministicZip.Write(zip, [new InstalledFile(folder["gone"], "a")], Epoch),
            Throws.InstanceOf<FileNotFoundException>());
        Assert.That(File.ReadAllBytes(zip), Is.EqualTo(before));
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private string Write(long epoch, params (string Name, string Text)[] entries)
    {
        string zip = folder["out.zip"];
        DeterministicZip.Write(zip, [.. entries.Select((entry, index) => new InstalledFile(Input(index, entry.Text), entry.Name))], epoch);
        return zip;
    }

    private string Input(int index, string text)
    {
        string file = folder.Write($"in/{index}-{Guid.NewGuid():N}", text);
        File.SetLastWriteTimeUtc(file, written);
        return file;
    }
}
