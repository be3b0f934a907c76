using System.Text;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class ApplyTests
{
    private const string Series =
        """
        From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001
        From: =?UTF-8?q?J=C3=B6rg?= <j@localhost>
        Date: Mon, 1 Jan 2024 00:00:00 +0000
        Subject: [PATCH 1/2] a: three becomes
         drei

        ---
         a.c | 2 +-

        diff --git a/a.c b/a.c
        --- a/a.c
        +++ b/a.c
        @@ -2,3 +2,3 @@
         two
        -three
        +drei
         four
        --
        2.39.5

        From 2222222222222222222222222222222222222222 Mon Sep 17 00:00:00 2001
        From: B <b@localhost>
        Subject: [PATCH 2/2] a: drei becomes trois

        diff --git a/a.c b/a.c
        --- a/a.c
        +++ b/a.c
        @@ -2,3 +2,3 @@
         two
        -drei
        +trois
         four
        --
        2.39.5

        """;

    private const string B = "--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n b\n+more\n";
    private const string BElse = "--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n b\n+something else\n";
    private const string New = "diff --git a/d/new.c b/d/new.c\nnew file mode 100755\n--- /dev/null\n+++ b/d/new.c\n@@ -0,0 +1 @@\n+new\n";

    private SourceTreeFixture fixture = null!;
    private FetchedSource source = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        source = fixture.Archive(
            File("top/a.c", "one\ntwo\nthree\nfour\n"), File("top/b.c", "b\n"), File("top/c.c", "c\n"), File("top/dos.c", "x\r\ny\r\n"),
            File("top/.gitignore", "*.o\n"));
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Makes_one_commit_of_each_patch_in_order()
    {
        fixture.Apply(source, fixture.Patch("0001-series", Series), fixture.Patch("0002-b", B), fixture.Patch("0003-new", New));
        Assert.That(fixture.Git("log", "--reverse", "--format=%s"), Is.EqualTo("Import demo 1.0\n0001-series\n0002-b\n0003-new"));
        Assert.That(
            fixture.Git("log", "-1", "--format=%B", "HEAD~2"),
            Does.StartWith(
                """
                0001-series

                From: =?UTF-8?q?J=C3=B6rg?= <j@localhost>
                Subject: [PATCH 1/2] a: three becomes drei

                From: B <b@localhost>
                Subject: [PATCH 2/2] a: drei becomes trois

                """));
        Assert.That(
            (fixture.Read("a.c"), fixture.Read("b.c"), fixture.Read("d/new.c")),
            Is.EqualTo(("one\ntwo\ntrois\nfour\n", "b\nmore\n", "new\n")));
        Assert.That(new FileInfo(fixture.PathOf("d/new.c")).UnixFileMode.HasFlag(UnixFileMode.UserExecute));
        Assert.That(fixture.Git("status", "--porcelain"), Is.Empty);
        Assert.That(
            fixture.TakeOutput(),
            Does.Contain("0001-series: applied\n").And.Contain("0002-b: applied\n").And.Contain("0003-new: applied\n"));
    }

    [Test]
    public void Does_nothing_the_second_time()
    {
        PatchFile patch = fixture.Patch("0001-b", B);
        fixture.Apply(source, patch);
        string before = SourceTreeFixture.Describe(fixture.Tree);
        fixture.TakeOutput();
        fixture.Apply(source, patch);
        Assert.That(fixture.TakeOutput(), Does.Contain("0001-b: up to date").And.Not.Contain("done in"));
        Assert.That(SourceTreeFixture.Describe(fixture.Tree), Is.EqualTo(before));
    }

    [Test]
    public void Rewrites_only_the_files_that_differ()
    {
        PatchFile first = fixture.Patch("0001-series", Series);
        fixture.Apply(source, first, fixture.Patch("0002-b", B), fixture.Patch("0003-new", New));
        string kept = fixture.Git("rev-parse", "HEAD~2");
        foreach (string name in new[] { "a.c", "b.c", "d/new.c" })
        {
            System.IO.File.SetLastWriteTimeUtc(fixture.PathOf(name), DateTime.UnixEpoch.AddSeconds(1_650_000_000));
        }

        fixture.TakeOutput();
        fixture.Apply(source, first, fixture.Patch("0002-b", BElse), fixture.Patch("0003-new", New));
        Assert.That(fixture.Read("b.c"), Is.EqualTo("b\nsomething else\n"));
        Assert.That((Seconds("a.c"), Seconds("c.c"), Seconds("d/new.c")), Is.EqualTo((1_650_000_000, 1_600_000_000, 1_650_000_000)));
        Assert.That(Seconds("b.c"), Is.GreaterThan(1_650_000_000));
        Assert.That(fixture.Git("rev-parse", "HEAD~2"), Is.EqualTo(kept));
        Assert.That(
            fixture.TakeOutput(),
            Does.Contain("0001-series: up to date")
                .And.Contain("0002-b: changed, applied again")
                .And.Contain("0003-new: unchanged, reapplied on top of the changed patch before it"));
    }

    [Test]
    public void Takes_dropped_patches_out_again()
    {
        fixture.Apply(source);
        string pristine = fixture.Head;
        fixture.Apply(source, fixture.Patch("0001-series", Series), fixture.Patch("0002-new", New));
        fixture.TakeOutput();
        fixture.Apply(source, fixture.Patch("0002-new", New));
        Assert.That(fixture.TakeOutput(), Does.Contain("0001-series: dropped"));
        Assert.That((fixture.Read("a.c"), System.IO.File.Exists(fixture.PathOf("d/new.c"))), Is.EqualTo(("one\ntwo\nthree\nfour\n", true)));
        fixture.Apply(source);
        Assert.That(fixture.Head, Is.EqualTo(pristine));
        Assert.That(Directory.Exists(fixture.PathOf("d")), Is.False);
    }

    [Test]
    public void Gives_the_same_commit_ids_by_any_way()
    {
        fixture.Apply(source, fixture.Patch("0001-series", Series), fixture.Patch("0002-b", B));
        string direct = fixture.Head;
        using var other = new SourceTreeFixture();
        other.Apply(source);
        other.Apply(source, other.Patch("0001-b", BElse));
        other.Apply(source, other.Patch("0001-series", Series));
        other.Apply(source, other.Patch("0001-series", Series), other.Patch("0002-b", B));
        Assert.That(other.Head, Is.EqualTo(direct));
        Assert.That(
            SourceTreeFixture.Describe(other.Tree).Split('\n')[0], Is.EqualTo(SourceTreeFixture.Describe(fixture.Tree).Split('\n')[0]));
    }

    [Test]
    public void Applies_a_patch_to_a_file_with_CR_LF_byte_for_byte()
    {
        fixture.Apply(source, fixture.Patch("0001-dos", "--- a/dos.c\n+++ b/dos.c\n@@ -1,2 +1,2 @@\n x\r\n-y\r\n+z\r\n"));
        Assert.That(fixture.Read("dos.c"), Is.EqualTo("x\r\nz\r\n"));
    }

    [Test]
    public void Applies_renames_mode_changes_deletions_binary_data_and_names_beyond_ASCII()
    {
        FetchedSource binary = fixture.Archive(
            File("top/old", "same\n"), File("top/tool", "x\n"), File("top/gone", "g\n"),
            new SourceArchiveItem("top/data", Content: [0, 1, 2, 3]), File("top/ä.c", "a\n"));
        fixture.Apply(binary);
        string made = Path.Combine(fixture.Folder, "made");
        fixture.Git("worktree", "add", "--quiet", "--detach", made);
        TestRepository.Git(made, "mv", "old", "new");
        SourceTreeFixture.SetExecutable(Path.Combine(made, "tool"), true);
        System.IO.File.Delete(Path.Combine(made, "gone"));
        System.IO.File.WriteAllBytes(Path.Combine(made, "data"), [3, 0, 0xff]);
        System.IO.File.WriteAllText(Path.Combine(made, "ä.c"), "ö\n");
        TestRepository.Git(made, "commit", "--quiet", "--all", "-m", "Everything");
        string patch = TestRepository.Git(made, "format-patch", "-1", "--stdout", "--binary");
        string tree = TestRepository.Git(made, "rev-parse", "HEAD^{tree}");
        fixture.Git("worktree", "remove", "--force", made);
        fixture.Apply(binary, fixture.Patch("0001-all", patch + "\n"));
        Assert.That(fixture.Git("rev-parse", "HEAD^{tree}"), Is.EqualTo(tree));
        Assert.That(fixture.Git("status", "--porcelain"), Is.Empty);
    }

    [TestCase("he llö.c"), TestCase("about .git"), TestCase("first .. last.c"), TestCase("q\"u o.c"), TestCase("b/c b/c")]
    public void Applies_a_rename_to_any_name_that_may_be(string name)
    {
        fixture.Apply(source);
        string made = Path.Combine(fixture.Folder, "made");
        fixture.Git("worktree", "add", "--quiet", "--detach", made);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(made, name))!);
        TestRepository.Git(made, "mv", "a.c", name);
        TestRepository.Git(made, "commit", "--quiet", "--all", "-m", "Rename");
        string patch = TestRepository.Git(made, "format-patch", "-1", "--stdout");
        fixture.Git("worktree", "remove", "--force", made);
        fixture.Apply(source, fixture.Patch("0001-rename", patch + "\n"));
        Assert.That((fixture.Read(name), System.IO.File.Exists(fixture.PathOf("a.c"))), Is.EqualTo(("one\ntwo\nthree\nfour\n", false)));
    }

    [Test]
    public void Does_not_apply_a_diff_in_the_message()
    {
        fixture.Apply(source);
        string made = Path.Combine(fixture.Folder, "made");
        fixture.Git("worktree", "add", "--quiet", "--detach", made);
        System.IO.File.WriteAllText(Path.Combine(made, "c.c"), "sea\n");
        TestRepository.Git(made, "commit", "--quiet", "--all", "-m", "Not this:\n\n" + B + "\nbut c.c\n");
        string patch = TestRepository.Git(made, "format-patch", "-1", "--stdout");
        fixture.Git("worktree", "remove", "--force", made);
        fixture.Apply(source, fixture.Patch("0001-c", patch + "\n"));
        Assert.That((fixture.Read("b.c"), fixture.Read("c.c")), Is.EqualTo(("b\n", "sea\n")));
    }

    [Test]
    public void Keeps_bytes_that_are_not_UTF8()
    {
        byte[] latin = [.. Encoding.ASCII.GetBytes("--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n b\n+"), 0xe4, 0xff, (byte)'\n'];
        fixture.Apply(source, fixture.Patch("0001-latin", latin));
        Assert.That(System.IO.File.ReadAllBytes(fixture.PathOf("b.c")), Is.EqualTo(new byte[] { (byte)'b', 10, 0xe4, 0xff, 10 }));
    }

    [Test]
    public void Refuses_two_patches_of_one_name() =>
        Assert.That(
            () => fixture.Apply(source, fixture.Patch("0001-b", B), fixture.Patch("0001-b", B)),
            Throws.TypeOf<BuildException>().With.Message.Contains("0001-b"));

    private long Seconds(string file) => new DateTimeOffset(System.IO.File.GetLastWriteTimeUtc(fixture.PathOf(file))).ToUnixTimeSeconds();
}
