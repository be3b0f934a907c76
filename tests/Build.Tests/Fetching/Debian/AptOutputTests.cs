using Qcw.Build.Fetching.Debian;

namespace Qcw.Build.Tests.Fetching.Debian;

public sealed class AptOutputTests
{
    [Test]
    public void Reads_the_files_among_aptget_sources_other_words()
    {
        string hash = new('5', 64);
        IReadOnlyList<AptFile> files = AptFile.Parse(
            $"""
            Reading package lists...
            NOTICE: 'xz-utils' packaging is maintained in the 'Git' version control system at:
            Need to get 1582 kB of source archives.
            'http://example.org/debian/pool/x/xz-utils_5.4.1-1%2bdeb12u1.dsc' xz-utils_5.4.1-1+deb12u1.dsc 2515 SHA256:{hash}
            'http://example.org/debian/pool/x/xz-utils_5.4.1.orig.tar.xz' xz-utils_5.4.1.orig.tar.xz 1485272 SHA256:{hash}
            """);
        Assert.That(files, Has.Count.EqualTo(2));
        Assert.That(
            files[1],
            Is.EqualTo(
                new AptFile("http://example.org/debian/pool/x/xz-utils_5.4.1.orig.tar.xz", "xz-utils_5.4.1.orig.tar.xz", 1485272, hash)));
    }

    [Test]
    public void Reads_stanzas_with_continued_fields()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> stanzas = AptStanzas.Parse(
            "Package: a\nChecksums-Sha256:\n 11 1 x\n 22 2 y\nVersion: 1:2-3\n\n\nPackage: b\n");
        Assert.That(stanzas, Has.Count.EqualTo(2));
        Assert.That(stanzas[0]["Checksums-Sha256"], Is.EqualTo("\n11 1 x\n22 2 y"));
        Assert.That(stanzas[0]["version"], Is.EqualTo("1:2-3"));
        Assert.That(stanzas[1]["Package"], Is.EqualTo("b"));
    }

    [TestCase(0, "0 B")]
    [TestCase(162_656, "162.7 kB")]
    [TestCase(31_200_000, "31.2 MB")]
    [TestCase(999_960, "1.0 MB")]
    [TestCase(1_500_000_000, "1.50 GB")]
    public void Writes_sizes_for_people(long bytes, string expected) => Assert.That(ByteSize.Format(bytes), Is.EqualTo(expected));
}
