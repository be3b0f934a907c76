using System.Text;
using Qcw.Build.Sources.Archives;

namespace Qcw.Integration.Tests.Sources;

public sealed class DamagedArchiveTests
{
    private SourceTreeFixture fixture = null!;

    [SetUp]
    public void SetUp() => fixture = new SourceTreeFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Says_of_a_cut_archive_that_it_is_damaged(
        [Values("tar", "gz", "xz", "bzip2", "zip")] string kind, [Values(0.1, 0.5, 0.9, 1.0)] double share)
    {
        byte[] whole = Build(kind);
        Damaged(whole[..Math.Min((int)(whole.Length * share), whole.Length - (kind == "tar" ? 1024 : 4))]);
    }

    [Test]
    public void Says_of_a_changed_byte_that_the_archive_is_damaged(
        [Values("gz", "xz", "bzip2", "zip")] string kind, [Values(0.3, 0.5, 0.8)] double place)
    {
        byte[] bytes = Build(kind);
        bytes[(int)(bytes.Length * place)] ^= 0x10;
        Damaged(bytes);
    }

    [Test]
    public void Says_what_a_file_is_that_is_no_archive()
    {
        Unknown("<!DOCTYPE html>\n<title>404</title>", "HTML");
        Unknown(string.Empty, "empty");
        Unknown("plain text", "706c61696e");
    }

    private void Unknown(string text, string why)
    {
        string path = fixture.Archive(Encoding.UTF8.GetBytes(text)).Path;
        Assert.That(
            () => ArchiveExtractor.Extract(path, path + ".out"),
            Throws.TypeOf<BuildException>().With.Message.Contains(path).And.Message.Contains(why));
    }

    private byte[] Build(string kind)
    {
        // text does not compress to nothing, so the damage hits data
        byte[] noise = new byte[100_000];
        new Random(1).NextBytes(noise);
        byte[] data = Encoding.ASCII.GetBytes(Convert.ToHexString(noise));
        byte[] tar = SourceArchive.Tar(
            new SourceArchiveItem("top/a", Content: data), new SourceArchiveItem("top/b", Content: data[..50_000]));
        if (kind is "tar" or "gz")
        {
            return kind == "gz" ? SourceArchive.GZip(tar) : tar;
        }

        if (kind == "zip")
        {
            return SourceArchive.Zip(("top/a", Encoding.ASCII.GetString(data), 0), ("top/b", Encoding.ASCII.GetString(data[..50_000]), 0));
        }

        string path = Path.Combine(fixture.Folder, "whole");
        SourceArchive.WriteCompressed(kind, tar, path);
        byte[] bytes = File.ReadAllBytes(path);
        File.Delete(path);
        return bytes;
    }

    private void Damaged(byte[] bytes)
    {
        string path = fixture.Archive(bytes).Path;
        string destination = Path.Combine(fixture.Folder, "out");
        Assert.That(
            () => ArchiveExtractor.Extract(path, destination),
            Throws.TypeOf<BuildException>().With.Message.Contains(path).And.Message.Contains("damaged"));
        Assert.That(Path.Exists(destination), Is.False);
    }
}
