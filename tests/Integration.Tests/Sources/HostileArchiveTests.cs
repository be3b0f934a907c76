using System.Formats.Tar;
using Qcw.Build.Sources.Archives;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class HostileArchiveTests
{
    private SourceTreeFixture fixture = null!;

    [SetUp]
    public void SetUp() => fixture = new SourceTreeFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    public static IEnumerable<TestCaseData> Tars()
    {
        TestCaseData Case(string title, string blamed, params SourceArchiveItem[] items) =>
            new TestCaseData(SourceArchive.Tar([File("top/first"), .. items]), blamed).SetArgDisplayNames(title);

        yield return Case("dot dot", "top/../../evil", File("top/../../evil"));
        yield return Case("dot dot at the end", "top/..", Folder("top/.."));
        yield return Case("absolute", "/tmp/evil", File("/tmp/evil"));
        yield return Case("drive", "C:/evil", File("C:/evil"));
        yield return Case("drive without slash", "C:evil", File("C:evil"));
        yield return Case("backslashes", "top\\..\\..\\evil", File("top\\..\\..\\evil"));
        yield return Case("beside the top folder", "evil/x", File("evil/x"));
        yield return Case("a file at the top", "evil", File("evil"));
        yield return Case("git's folder", "top/.git/hooks/post-checkout", File("top/.git/hooks/post-checkout"));
        yield return Case("git's folder in capitals", "top/d/.GIT/config", File("top/d/.GIT/config"));
        yield return Case("link up", "evil", SymbolicLink("top/evil", ".."));
        yield return Case("link far up", "d/evil", SymbolicLink("top/d/evil", "../../../../etc"));
        yield return Case("absolute link", "evil", SymbolicLink("top/evil", "/etc/passwd"));
        yield return Case(
            "link by way of a link", "evil", Folder("top/x"), SymbolicLink("top/x/up", ".."), SymbolicLink("top/evil", "x/up/../y"));
        yield return Case("links in a circle", "evil", SymbolicLink("top/evil", "other"), SymbolicLink("top/other", "evil"));
        yield return Case("write through a link", "top/l/evil", Folder("top/d"), SymbolicLink("top/l", "d"), File("top/l/evil"));
        yield return Case("write over a link", "top/l", SymbolicLink("top/l", "first"), File("top/l"));
        yield return Case("folder over a link", "top/l", SymbolicLink("top/l", "."), Folder("top/l"));
        yield return Case("link over a folder", "top/l", File("top/l/x"), SymbolicLink("top/l", "first"));
        yield return Case("file below a file", "top/first/evil", File("top/first/evil"));
        yield return Case("hard link out", "top/evil", HardLink("top/evil", "/etc/passwd"));
        yield return Case("hard link up", "top/evil", HardLink("top/evil", "top/../../x"));
        yield return Case("hard link beside", "top/evil", HardLink("top/evil", "other/x"));
        yield return Case("hard link to nothing", "top/evil", HardLink("top/evil", "top/later"));
        yield return Case("hard link to a link", "top/evil", SymbolicLink("top/l", "first"), HardLink("top/evil", "top/l"));
        yield return Case("hard link to itself", "top/evil", HardLink("top/evil", "top/evil"));
        yield return Case("fifo", "top/evil", new SourceArchiveItem("top/evil", TarEntryType.Fifo));
        yield return Case("character device", "top/evil", new SourceArchiveItem("top/evil", TarEntryType.CharacterDevice));
        yield return Case("block device", "top/evil", new SourceArchiveItem("top/evil", TarEntryType.BlockDevice));
    }

    [TestCaseSource(nameof(Tars))]
    public void Refuses_by_name_and_leaves_nothing(byte[] tar, string blamed) => Refused(SourceArchive.GZip(tar), blamed);

    [TestCase("top/../../evil", 0, "x")]
    [TestCase("/evil", 0, "x")]
    [TestCase("C:/evil", 0, "x")]
    [TestCase("top\\..\\evil", 0, "x")]
    [TestCase("top/evil", 0xA1FF, "../../x")]
    [TestCase("top/evil", 0x11A4, "x", Description = "a fifo")]
    [TestCase("top/evil", 0x61A4, "x", Description = "a block device")]
    public void Refuses_the_same_in_a_zip(string name, int mode, string content) =>
        Refused(
            SourceArchive.Zip(("top/first", "x", 0), (name, content, mode)),
            name.Replace("top/evil", "evil", StringComparison.Ordinal));

    [Test]
    public void Refuses_a_name_that_is_not_UTF8() =>
        Refused(
            SourceArchive.GZip(SourceArchive.WithNameByte(SourceArchive.Tar(TarEntryFormat.Ustar, File("top/X.c")), 4, 0xff)),
            "top/\uFFFD.c");

    [Test]
    public void Refuses_an_archive_without_files() => Refused(SourceArchive.GZip(SourceArchive.Tar(Folder("./"))), "has no files");

    private void Refused(byte[] archive, string blamed)
    {
        string path = fixture.Archive(archive).Path;
        string destination = Path.Combine(fixture.Folder, "in", "out");
        Directory.CreateDirectory(Path.GetDirectoryName(destination)!);
        Assert.That(
            () => ArchiveExtractor.Extract(path, destination),
            Throws.TypeOf<BuildException>().With.Message.Contains(path).And.Message.Contains(blamed));
        Assert.That(
            Directory.GetFileSystemEntries(fixture.Folder, "*", SearchOption.AllDirectories),
            Is.EquivalentTo(new[] { path, Path.GetDirectoryName(destination) }));
    }
}
