using System.Formats.Tar;
using Qcw.Build.Sources.Archives;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class ArchiveExtractorTests
{
    private const int RegularMode = 0x81A4;
    private const int RunnableMode = 0x81ED;
    private const int LinkMode = 0xA1FF;

    private static readonly SourceArchiveItem[] Ordinary =
    [
        Folder("top/", time: 1_500_000_000),
        File("top/run", "#!/bin/sh\n", executable: true, time: 1_600_000_001),
        Folder("top/d/", time: 1_500_000_001),
        File("top/d/plain.c", "int x;\r\n", time: 1_600_000_002),
        File("top/d/empty", string.Empty),
        File("top/not/listed/ä ß.txt", "deep\n"),
        SymbolicLink("top/link", "d/plain.c"),
        SymbolicLink("top/d/up", "../run"),
        HardLink("top/same", "top/d/plain.c"),
    ];

    private SourceTreeFixture fixture = null!;

    [SetUp]
    public void SetUp() => fixture = new SourceTreeFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [TestCase("tar")]
    [TestCase("gz")]
    [TestCase("xz")]
    [TestCase("xz, several blocks")]
    [TestCase("bzip2")]
    public void Unpacks_every_kind_of_tar_to_the_same_tree(string kind)
    {
        string archive = Path.Combine(fixture.Folder, "a");
        byte[] tar = SourceArchive.Tar(Ordinary);
        switch (kind)
        {
            case "tar":
                System.IO.File.WriteAllBytes(archive, tar);
                break;
            case "gz":
                System.IO.File.WriteAllBytes(archive, SourceArchive.GZip(tar));
                break;
            default:
                SourceArchive.WriteCompressed(
                    kind.Split(",")[0], tar, archive, kind.Contains("blocks", StringComparison.Ordinal) ? ["--block-size=2048"] : []);
                break;
        }

        string tree = Extract(archive);
        Assert.That(System.IO.File.ReadAllText(Path.Combine(tree, "d/plain.c")), Is.EqualTo("int x;\r\n"));
        Assert.That(System.IO.File.ReadAllText(Path.Combine(tree, "same")), Is.EqualTo("int x;\r\n"));
        Assert.That(System.IO.File.ReadAllText(Path.Combine(tree, "not/listed/ä ß.txt")), Is.EqualTo("deep\n"));
        Assert.That(new FileInfo(Path.Combine(tree, "d/empty")).Length, Is.Zero);
        Assert.That(new FileInfo(Path.Combine(tree, "link")).LinkTarget, Is.EqualTo("d/plain.c"));
        Assert.That(new FileInfo(Path.Combine(tree, "d/up")).LinkTarget, Is.EqualTo("../run"));
        Assert.That(Mode(tree, "run"), Is.EqualTo("755"));
        Assert.That(Mode(tree, "d/plain.c"), Is.EqualTo("644"));
        Assert.That(Mode(tree, "d"), Is.EqualTo("755"));
        Assert.That(Seconds(tree, "run"), Is.EqualTo(1_600_000_001));
        Assert.That(Seconds(tree, "d/plain.c"), Is.EqualTo(1_600_000_002));
        Assert.That(Seconds(tree, "d"), Is.EqualTo(1_500_000_001));
        Assert.That(Seconds(tree, "not/listed"), Is.EqualTo(1_600_000_002), "a folder that is not listed");
    }

    [Test]
    public void Unpacks_a_zip_with_modes_links_and_times()
    {
        string tree = Extract(
            SourceArchive.Zip(
                ("top/", string.Empty, 0), ("top/a", "x", RegularMode), ("top/run", "y", RunnableMode), ("top/d/l", "../a", LinkMode),
                ("top/dos", "z", 0)));
        Assert.That(new FileInfo(Path.Combine(tree, "d/l")).LinkTarget, Is.EqualTo("../a"));
        Assert.That((Mode(tree, "a"), Mode(tree, "run"), Mode(tree, "dos")), Is.EqualTo(("644", "755", "644")));
        Assert.That(Seconds(tree, "a"), Is.EqualTo(1_600_000_000), "the time in a zip has no zone: it is read as UTC");
    }

    [TestCase(TarEntryFormat.Gnu)]
    [TestCase(TarEntryFormat.Pax)]
    public void Keeps_long_names(TarEntryFormat format)
    {
        string name = string.Join('/', Enumerable.Repeat(new string('n', 60), 8));
        string tree = Extract(SourceArchive.GZip(SourceArchive.Tar(format, File("top/" + name, "x"))));
        Assert.That(System.IO.File.Exists(Path.Combine(tree, name)));
    }

    [Test]
    public void Ignores_the_global_header_of_git_archive()
    {
        string repository = Path.Combine(fixture.Folder, "r");
        Directory.CreateDirectory(repository);
        TestRepository.Git(repository, "init", "--quiet");
        System.IO.File.WriteAllText(Path.Combine(repository, "f"), "x");
        TestRepository.Git(repository, "add", ".");
        TestRepository.Git(repository, "commit", "--quiet", "-m", "m");
        string archive = Path.Combine(fixture.Folder, "g.tar.gz");
        TestRepository.Git(repository, "archive", "--prefix=top/", "--output=" + archive, "HEAD");
        Assert.That(Directory.GetFileSystemEntries(Extract(archive)).Select(Path.GetFileName), Is.EqualTo(new[] { "f" }));
    }

    [Test]
    public void Is_deterministic_whatever_the_umask()
    {
        string archive = fixture.Archive(Ordinary).Path;
        string first = Path.Combine(fixture.Folder, "1");
        string second = Path.Combine(fixture.Folder, "2");
        ArchiveExtractor.Extract(archive, first);
        ArchiveExtractor.Extract(archive, second);
        Assert.That(SourceTreeFixture.Describe(second), Is.EqualTo(SourceTreeFixture.Describe(first)));
    }

    [Test]
    public void Makes_everything_owned_by_who_runs_it()
    {
        string tree = Extract(SourceArchive.GZip(SourceArchive.Tar(Ordinary))); // the archive says user 12345
        string owner = ProcessRunner.Run(new("find", tree, "-not", "-user", Environment.UserName)).StandardOutput;
        Assert.That(owner, Is.Empty);
    }

    [Test]
    public void Takes_the_last_of_two_files_of_one_name() =>
        Assert.That(
            System.IO.File.ReadAllText(
                Path.Combine(Extract(SourceArchive.GZip(SourceArchive.Tar(File("top/a", "first, longer"), File("top/a", "second")))), "a")),
            Is.EqualTo("second"));

    [Test]
    public void Refuses_a_folder_that_is_there()
    {
        string there = Path.Combine(fixture.Folder, "there");
        Directory.CreateDirectory(there);
        Assert.That(
            () => ArchiveExtractor.Extract(fixture.Archive(Ordinary).Path, there),
            Throws.TypeOf<BuildException>().With.Message.Contains(there));
        Assert.That(Directory.Exists(there));
    }

    private static string Mode(string tree, string file) => Convert.ToString((int)new FileInfo(Path.Combine(tree, file)).UnixFileMode, 8);

    private static long Seconds(string tree, string file) =>
        new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(Path.Combine(tree, file))).ToUnixTimeSeconds();

    private string Extract(byte[] archive) => Extract(fixture.Archive(archive).Path);

    private string Extract(string archive)
    {
        string destination = Path.Combine(fixture.Folder, "out");
        ArchiveExtractor.Extract(archive, destination);
        return destination;
    }
}
