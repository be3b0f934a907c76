using System.Text;
using Qcw.Build.Fetching;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class SourceImportTests
{
    private SourceTreeFixture fixture = null!;

    [SetUp]
    public void SetUp() => fixture = new SourceTreeFixture();

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Keeps_every_byte_whatever_the_attributes_and_ignore_rules_of_the_archive_say()
    {
        SourceArchiveItem[] items =
        [
            File(
                "top/.gitattributes",
                "* text=auto eol=crlf\n*.id ident\n*.sub export-subst\n*.lfs filter=lfs diff=lfs\n*.u16 working-tree-encoding=UTF-16\n"),
            File("top/.gitignore", "*.o\nbuild/\n!keep\n"),
            File("top/.gitmodules", "[submodule \"x\"]\n\tpath = x\n\turl = https://localhost/x\n"),
            File("top/unix.c", "a\nb\n"),
            File("top/dos.c", "a\r\nb\r\n"),
            File("top/mixed.c", "a\r\nb\nc\r"),
            File("top/v.id", "$Id$ and $Id: 0123 $\n"),
            File("top/v.sub", "$Format:%H$\n"),
            File("top/big.lfs", "not a pointer\n"),
            new("top/wide.u16", Content: Encoding.Unicode.GetBytes("wide\r\n")),
            new("top/noise", Content: [0, 1, 2, 0xff, 0xfe, (byte)'\r', (byte)'\n', 0]),
            File("top/made.o", "ignored\n"),
            File("top/build/x", "ignored too\n"),
            File("top/run", "#!/bin/sh\n", executable: true),
            File("top/ä/ß \"quoted\".c", "name\n"),
            SymbolicLink("top/link", "unix.c"),
        ];
        FetchedSource source = fixture.Archive(items);
        fixture.Apply(source);
        string worked = SourceTreeFixture.Describe(fixture.Tree);
        Assert.That(fixture.Git("status", "--porcelain"), Is.Empty, "for a person's git as well");
        Assert.That(fixture.Git("-c", "core.quotePath=false", "ls-files").Split('\n'), Has.Length.EqualTo(items.Length));
        foreach (SourceArchiveItem item in items.Where(item => item.Content is not null))
        {
            string name = item.Name["top/".Length..];
            Assert.That(System.IO.File.ReadAllBytes(fixture.PathOf(name)), Is.EqualTo(item.Content), name);
            string copy = Path.Combine(fixture.Folder, "copy");
            System.IO.File.WriteAllBytes(copy, item.Content!);
            Assert.That(fixture.Git("rev-parse", "HEAD:" + name), Is.EqualTo(fixture.Git("hash-object", "--no-filters", copy)), name);
        }

        fixture.Component = fixture.Component with { Name = "plain" };
        fixture.Unpack(source);
        Assert.That(SourceTreeFixture.Describe(fixture.Tree), Is.EqualTo(worked), "the same files as without git");
        Assert.That(Directory.Exists(fixture.PathOf(".git")), Is.False);
    }

    [Test]
    public void Gives_the_same_commit_ids_whoever_runs_it()
    {
        FetchedSource source = fixture.Archive(File("top/a", "a\r\n"), File("top/run", "x", executable: true));
        fixture.Apply(source);
        string first = fixture.Head;
        using var other = new SourceTreeFixture();
        string home = Path.Combine(other.Folder, "home");
        Directory.CreateDirectory(home);
        System.IO.File.WriteAllText(
            Path.Combine(home, ".gitconfig"),
            "[user]\n\tname = N\n\temail = e\n[core]\n\tautocrlf = true\n\thooksPath = /nowhere\n[commit]\n\tgpgSign = true\n[init]\n"
                + "\tdefaultObjectFormat = sha256\n");
        using (new EnvironmentVariable("HOME", home))
        using (new EnvironmentVariable("GIT_AUTHOR_NAME", "Somebody"))
        using (new EnvironmentVariable("GIT_COMMITTER_DATE", "2001-01-01T00:00:00Z"))
        using (new EnvironmentVariable("GIT_DIR", "/nowhere"))
        using (new EnvironmentVariable("GIT_INDEX_FILE", "/nowhere"))
        using (new EnvironmentVariable("TZ", "Asia/Tokyo"))
        using (new EnvironmentVariable("LC_ALL", "de_DE"))
        {
            other.Apply(source);
        }

        Assert.That(other.Head, Is.EqualTo(first));
        Assert.That(
            other.Git("log", "-1", "--format=%an <%ae> %ad | %cn %cd | %s", "--date=raw"),
            Is.EqualTo($"qcw <qcw@localhost> {SourceTreeFixture.Epoch} +0000 | qcw {SourceTreeFixture.Epoch} +0000 | Import demo 1.0"));
    }

    [Test]
    public void Imports_anew_when_the_source_changes_and_only_then()
    {
        fixture.Apply(fixture.Archive(File("top/a", "1")));
        string before = fixture.Head;
        Assert.That(fixture.TakeOutput(), Does.Contain("source imported"));
        fixture.Apply(fixture.Archive(File("top/a", "1")));
        Assert.That(fixture.TakeOutput(), Does.Contain("up to date").And.Not.Contain("imported"));
        fixture.Apply(fixture.Archive(File("top/a", "2"), File("top/b")));
        Assert.That(fixture.TakeOutput(), Does.Contain("source imported"));
        Assert.That((fixture.Read("a"), fixture.Head != before), Is.EqualTo(("2", true)));
        Assert.That(
            Directory.GetDirectories(Path.GetDirectoryName(fixture.Tree)!), Is.EqualTo(new[] { fixture.Tree }), "nothing left beside it");
    }

    [Test]
    public void Goes_from_a_work_tree_to_a_plain_tree_and_back()
    {
        FetchedSource source = fixture.Archive(File("top/a", "1"));
        fixture.Apply(source);
        string head = fixture.Head;
        fixture.Unpack(source);
        Assert.That(Directory.Exists(fixture.PathOf(".git")), Is.False);
        fixture.Apply(source);
        Assert.That(fixture.Head, Is.EqualTo(head));
    }

    [Test]
    public void Leaves_nothing_when_the_archive_is_refused()
    {
        FetchedSource bad = fixture.Archive(File("top/a"), File("top/../../evil"));
        Assert.That(() => fixture.Apply(bad), Throws.TypeOf<BuildException>().With.Message.Contains("evil"));
        Assert.That(() => fixture.Unpack(bad), Throws.TypeOf<BuildException>().With.Message.Contains("evil"));
        Assert.That(Directory.GetDirectories(Path.GetDirectoryName(fixture.Tree)!), Is.Empty);
    }

    [Test]
    public void Keeps_the_old_tree_when_the_new_source_is_refused()
    {
        fixture.Apply(fixture.Archive(File("top/a", "1")));
        string head = fixture.Head;
        Assert.That(() => fixture.Apply(fixture.Archive(File("top/.git/config"))), Throws.TypeOf<BuildException>());
        Assert.That((fixture.Head, fixture.Read("a")), Is.EqualTo((head, "1")));
    }

    [Test]
    public void Copies_a_folder_without_its_git()
    {
        string folder = Path.Combine(fixture.Folder, "mine");
        Directory.CreateDirectory(Path.Combine(folder, "sub", ".git", "hooks"));
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        System.IO.File.WriteAllText(Path.Combine(folder, ".git", "config"), "[core]\n\tfsmonitor = evil\n");
        System.IO.File.WriteAllText(Path.Combine(folder, "sub", "a"), "a\r\n");
        System.IO.File.CreateSymbolicLink(Path.Combine(folder, "link"), "sub/a");
        System.IO.File.SetLastWriteTimeUtc(Path.Combine(folder, "sub", "a"), DateTime.UnixEpoch.AddSeconds(1_600_000_000));
        var source = new FetchedSource(FetchedKind.Directory, folder, "hash") { Source = fixture.Component.Source };
        fixture.Apply(source);
        Assert.That(fixture.Git("ls-files").Split('\n'), Is.EqualTo(new[] { "link", "sub/a" }));
        Assert.That(fixture.Read("link"), Is.EqualTo("a\r\n"));
        Assert.That(System.IO.File.GetLastWriteTimeUtc(fixture.PathOf("sub/a")), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(1_600_000_000)));

        System.IO.File.CreateSymbolicLink(Path.Combine(folder, "evil"), "../../etc");
        Assert.That(
            () => fixture.Unpack(source with { ContentHash = "other" }), Throws.TypeOf<BuildException>().With.Message.Contains("evil"));
    }
}
