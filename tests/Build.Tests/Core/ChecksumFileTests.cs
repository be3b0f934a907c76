
namespace Qcw.Build.Tests.Core;

public sealed class ChecksumFileTests
{
    private static readonly string One = new('1', 64);
    private static readonly string Two = new('2', 64);
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void What_is_written_is_read_sorted_by_name()
    {
        string path = Path.Combine(folder.Path, "SUMS");
        ChecksumFile.Write(path, [("b c", Two), ("B", Two), ("a", One)]);
        Assert.That(File.ReadAllText(path), Is.EqualTo($"{Two}  B\n{One}  a\n{Two}  b c\n"));
        Assert.That(
            ChecksumFile.ReadSha256(path, "never").Select(entry => (entry.Key, entry.Value)),
            Is.EqualTo([("B", Two), ("a", One), ("b c", Two)]));
    }

    [TestCase("nonsense"), TestCase(""), TestCase("HASH a"), TestCase("HASH  "), TestCase("HASH *a")]
    [TestCase("hash  a"), TestCase("HASH1  a")]
    [TestCase("HASH  ../a"), TestCase("HASH  .."), TestCase("HASH  /etc/a"), TestCase(@"HASH  c\a")]
    [TestCase("HASH  first", Description = "twice")]
    public void A_damaged_line_is_named_with_what_to_do(string line)
    {
        string path = folder.Write("SUMS", $"{One}  first\n{line.Replace("HASH", Two, StringComparison.Ordinal)}\n");
        Assert.That(
            () => ChecksumFile.ReadSha256(path, "make it again"),
            Throws.TypeOf<BuildException>().With.Message.StartWith(path)
                .And.Message.Contains("expected a sha256").And.Message.Contains("make it again"));
    }
}
