using Qcw.Build.Fetching.Mirroring;

namespace Qcw.Build.Tests.Fetching.Mirroring;

public sealed class MirrorInventoryTests
{
    private static readonly MirrorEntry Archive = new("archives/xz_5.4.1+dfsg.tar.xz", "xz", "https://example.org/xz.tar.xz")
    {
        Sha256 = new string('a', 64),
    };
    private static readonly MirrorEntry First = new("git/podman.git", "podman", "https://example.org/podman.git")
    {
        Commit = new string('1', 40),
    };
    private static readonly MirrorEntry Second = First with { Commit = new string('2', 40) };
    private TemporaryFolder folder = null!;

    private string InFile => Path.Combine(folder.Path, "inventory", "test.json");

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Is_sorted_and_the_same_bytes_each_time()
    {
        New().With([Second, First, Archive], _ => true).Write(InFile);
        string text = File.ReadAllText(InFile);
        Assert.That(text, Is.EqualTo(
            """
            {
              "line": "test",
              "inputs": [
                {
                  "path": "archives/xz_5.4.1+dfsg.tar.xz",
                  "component": "xz",
                  "upstream": "https://example.org/xz.tar.xz",
                  "sha256": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
                },
                {
                  "path": "git/podman.git",
                  "component": "podman",
                  "upstream": "https://example.org/podman.git",
                  "commit": "1111111111111111111111111111111111111111"
                },
                {
                  "path": "git/podman.git",
                  "component": "podman",
                  "upstream": "https://example.org/podman.git",
                  "commit": "2222222222222222222222222222222222222222"
                }
              ]
            }

            """));
        New().With([Archive, First, Second], _ => true).Write(InFile);
        Assert.That(File.ReadAllText(InFile), Is.EqualTo(text));
    }

    [Test]
    public void Is_not_written_again_without_need()
    {
        New().With([Archive], _ => true).Write(InFile);
        File.SetLastWriteTimeUtc(InFile, DateTime.UnixEpoch);
        MirrorInventory.Read(InFile, "test").With([Archive], _ => true).Write(InFile);
        Assert.That(File.GetLastWriteTimeUtc(InFile), Is.EqualTo(DateTime.UnixEpoch));
    }

    [Test]
    public void Keeps_what_another_run_wrote_as_long_as_it_is_there()
    {
        MirrorInventory before = New().With([Archive, First], _ => true);
        Assert.That(before.With([Second], _ => true).Inputs, Is.EqualTo((MirrorEntry[])[Archive, First, Second]));
        Assert.That(
            before.With([Second], path => path.StartsWith("git/", StringComparison.Ordinal)).Inputs,
            Is.EqualTo((MirrorEntry[])[First, Second]));
    }

    [Test]
    public void A_replaced_file_is_listed_once()
    {
        MirrorEntry replaced = Archive with { Sha256 = new string('b', 64) };
        Assert.That(New().With([Archive], _ => true).With([replaced], _ => true).Inputs, Is.EqualTo((MirrorEntry[])[replaced]));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("{\"line\": \"test\", \"inputs\": [{\"path\": \"x\"}]}")]
    [TestCase("{\"line\": \"test\", \"inputs\": [null]}")]
    public void One_that_cannot_be_read_is_written_anew(string text)
    {
        folder.Write("inventory/test.json", text);
        Assert.That(MirrorInventory.Read(InFile, "test").Inputs, Is.Empty);
    }

    private static MirrorInventory New() => new("test", []);
}
