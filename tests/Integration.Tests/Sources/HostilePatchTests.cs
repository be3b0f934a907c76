using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class HostilePatchTests
{
    private SourceTreeFixture fixture = null!;
    private FetchedSource source = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        source = fixture.Archive(
            File("top/a", "a\n"), File("top/d/e/f", "f\n"), SymbolicLink("top/link", "d"), SymbolicLink("top/far", "d/e/../../a"));
        fixture.Apply(source);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    public static IEnumerable<TestCaseData> Patches()
    {
        static TestCaseData Case(string title, string why, string patch) => new TestCaseData(patch, why).SetArgDisplayNames(title);
        static string Make(string path, string content = "x", string mode = "100644") =>
            $"diff --git a/{path} b/{path}\nnew file mode {mode}\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1 @@\n"
            + $"+{content}\n\\ No newline at end of file\n";

        yield return Case("up", "goes up", Make("../evil"));
        yield return Case("up in the middle", "goes up", Make("d/../../evil"));
        yield return Case("up without prefix", "goes up", "--- ../../a\n+++ ../../a\n@@ -1 +1 @@\n-a\n+b\n");
        yield return Case("absolute", "absolute", "--- /dev/null\n+++ /tmp/evil\n@@ -0,0 +1 @@\n+x\n");
        yield return Case("absolute behind the prefix", "absolute", Make("/tmp/evil"));
        yield return Case("drive letter", "drive", Make("C:/evil"));
        yield return Case(
            "backslashes", "backslash",
            "diff --git \"a/..\\\\evil\" \"b/..\\\\evil\"\nnew file mode 100644\n--- /dev/null\n+++ \"b/..\\\\evil\"\n@@ -0,0 +1 @@\n+x\n");
        yield return Case("git's folder", ".git folder", Make(".git/hooks/post-checkout", mode: "100755"));
        yield return Case("git's folder in capitals", ".git folder", Make("d/.GiT/config"));
        yield return Case("git's folder quoted", ".git folder", "--- /dev/null\n+++ \"b/.\\147it/config\"\n@@ -0,0 +1 @@\n+x\n");
        yield return Case("git's folder on NTFS", ".git folder", Make("git~1/config"));
        yield return Case("rename up", "goes up", "diff --git a/a b/x\nsimilarity index 100%\nrename from a\nrename to ../evil\n");
        yield return Case(
            "rename into git's folder", ".git folder", "diff --git a/a b/x\nsimilarity index 100%\nrename from a\nrename to .git/config\n");
        yield return Case("copy up", "goes up", "diff --git a/a b/x\nsimilarity index 100%\ncopy from a\ncopy to ../evil\n");
        yield return Case("through a link", "symbolic link", Make("link/evil"));
        yield return Case("link up", "points outside", Make("evil", "../../x", "120000"));
        yield return Case("absolute link", "points outside", Make("evil", "/etc/passwd", "120000"));
        yield return Case("link into git's folder", ".git folder", Make("evil", ".git/config", "120000"));
        yield return Case("link, then through it", "symbolic link", Make("evil", "../..", "120000") + Make("evil/x"));
        yield return Case(
            "link changed to point up", "points outside",
            "diff --git a/link b/link\nindex 1..2 120000\n--- a/link\n+++ b/link\n@@ -1 +1 @@\n-d\n\\ No newline at end of file\n+../..\n"
                + "\\ No newline at end of file\n");
        yield return Case(
            "folder made a link, so that another link points up",
            "points outside",
            "diff --git a/d/e/f b/d/e/f\ndeleted file mode 100644\n--- a/d/e/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-f\n"
                + Make("d/e", "..", "120000"));
        yield return Case("submodule", "submodule", Make("sub", "Subproject commit 1111111111111111111111111111111111111111", "160000"));
        yield return Case("not UTF-8", "UTF-8", "--- /dev/null\n+++ \"b/x\\377\"\n@@ -0,0 +1 @@\n+x\n");
        yield return Case("empty", "empty", string.Empty);
        yield return Case("white space", "empty", " \r\n\n");
        yield return Case("an HTML page", "HTML page", "\n<!DOCTYPE html>\n<html><body>Not found</body></html>\n");
        yield return Case(
            "no hunks", "no hunks",
            "From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: x\n\nonly words\n");
        yield return Case("files but no hunks", "no hunks", "diff --git a/a b/a\nindex 1..2 100644\n--- a/a\n+++ b/a\n");
        yield return Case(
            "binary without its data", "a (line 1) is binary and differs",
            "diff --git a/a b/a\nindex 1..2 100644\nBinary files a/a and b/a differ\n");
        yield return Case(
            "binary file made without its data", "git diff --binary",
            "diff --git a/n b/n\nnew file mode 100644\nindex 0..2\nBinary files /dev/null and b/n differ\n");
        yield return Case(
            "binary without its data beside text", "line 6",
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\nBinary files a/x and b/x differ\n");
        yield return Case(
            "a diff that may be part of the message", "line 8, a ---",
            "Subject: x\n\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n---\n--- a/d/e/f\n+++ b/d/e/f\n@@ -1 +1 @@\n-f\n+g\n");
        yield return Case("changes nothing", "changes nothing", "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+a\n");
        yield return Case("CR LF", "CR LF", "--- a/a\r\n+++ b/a\r\n@@ -1 +1 @@\r\n-a\r\n+b\r\n");
        yield return Case(
            "encoded mail", "quoted-printable",
            "From: A <a@b>\nSubject: x\nContent-Transfer-Encoding: quoted-printable\n\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b=3D\n");
    }

    [TestCaseSource(nameof(Patches))]
    public void Is_refused_by_name_and_nothing_is_written(string text, string why)
    {
        PatchFile patch = fixture.Patch("0001-evil", text);
        string before = Everything();
        string head = fixture.Head;
        Assert.That(
            () => fixture.Apply(source, patch),
            Throws.TypeOf<BuildException>().With.Message.Contains("0001-evil").And.Message.Contains(why));
        Assert.That((fixture.Head, Everything()), Is.EqualTo((head, before)));
    }

    [Test]
    public void Is_refused_when_its_bytes_are_not_those_that_were_pinned() =>
        Assert.That(
            () =>
                fixture.Apply(
                    source,
                    fixture.Patch("0001-a", "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n") with
                    {
                        Sha256 = new string('0', 64),
                    }),
            Throws.TypeOf<BuildException>().With.Message.Contains("0001-a").And.Message.Contains("sha256"));

    [Test]
    public void May_make_a_link_inside_the_tree()
    {
        fixture.Apply(
            source,
            fixture.Patch(
                "0001-link",
                "diff --git a/d/l b/d/l\nnew file mode 120000\n--- /dev/null\n+++ b/d/l\n@@ -0,0 +1 @@\n+../a\n"
                    + "\\ No newline at end of file\n"));
        Assert.That(fixture.Read("d/l"), Is.EqualTo("a\n"));
    }

    private string Everything() =>
        SourceTreeFixture.Describe(fixture.Tree)
        + string.Join(
            '\n',
            Directory
                .GetFileSystemEntries(fixture.Folder)
                .Concat(Directory.GetDirectories(Path.Combine(fixture.Folder, "artifacts", "sources")))
                .Order(StringComparer.Ordinal))
        + System.IO.File.ReadAllText(fixture.PathOf(".git/config"))
        + Directory.Exists(fixture.PathOf(".git/hooks"));
}
