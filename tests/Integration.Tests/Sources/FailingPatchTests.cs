using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class FailingPatchTests
{
    private const string Good = "--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n b\n+more\n";
    private SourceTreeFixture fixture = null!;
    private FetchedSource source = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        string lines = string.Concat(Enumerable.Range(1, 40).Select(number => $"line {number}\n"));
        source = fixture.Archive(File("top/src/a.c", lines), File("top/b.c", "b\n"), File("top/tab.c", "\tx\n\ty\n"));
        fixture.Apply(source, fixture.Patch("0001-good", Good));
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [TestCase(
        "--- a/src/a.c\n+++ b/src/a.c\n@@ -1,2 +1,3 @@\n line 1\n+new\n line 2\n@@ -30,3 +31,3 @@ some function\n line 30\n"
            + "-line 31, not quite\n+other\n line 32\n",
        "src/a.c: hunk 2 of 2, @@ -30,3 +31,3 @@ some function (line 7 of the patch)",
        "not in the source",
        TestName = "Context differs")]
    [TestCase(
        "--- a/none.c\n+++ b/none.c\n@@ -1 +1 @@\n-a\n+b\n", "none.c: hunk 1 of 1, @@ -1 +1 @@", "no such file",
        TestName = "File is missing")]
    [TestCase("--- /dev/null\n+++ b/b.c\n@@ -0,0 +1 @@\n+x\n", "b.c: hunk 1 of 1", "has one already", TestName = "File is there")]
    [TestCase(Good, "b.c: hunk 1 of 1, @@ -1 +1,2 @@", "already applied", TestName = "Already applied")]
    [TestCase(
        "--- a/tab.c\n+++ b/tab.c\n@@ -1,2 +1,2 @@\n         x\n-        y\n+        z\n", "tab.c: hunk 1 of 1", "white space",
        TestName = "White space differs")]
    [TestCase("--- a/b.c\n+++ b/b.c\n@@ -1,5 +1,6 @@\n b\n+x\n", "line ", "cut short", TestName = "Cut short")]
    [TestCase(
        "From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001\nSubject: first\n\n--- a/src/a.c\n+++ b/src/a.c\n"
            + "@@ -1,2 +1,2 @@\n-line 1\n+1\n line 2\nFrom 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001\n"
            + "Subject: second\n\n--- a/src/a.c\n+++ b/src/a.c\n@@ -1,2 +1,2 @@\n-line 1\n+2\n line 2\n",
        "hunk 1 of 1, @@ -1,2 +1,2 @@ (line 15 of the patch)", "(mail 2 of 2: second)", TestName = "Second mail of a series")]
    public void Is_named_with_file_hunk_and_reason_and_changes_nothing(string bad, string where, string why)
    {
        string head = fixture.Head;
        string files = SourceTreeFixture.Describe(fixture.Tree);
        Assert.That(
            () => fixture.Apply(source, fixture.Patch("0001-good", Good), fixture.Patch("0002-bad", bad)),
            Throws.TypeOf<BuildException>().With.Message.Contains("0002-bad").And.Message.Contains(where).And.Message.Contains(why));
        Assert.That((fixture.Head, SourceTreeFixture.Describe(fixture.Tree)), Is.EqualTo((head, files)));
        Assert.That(fixture.Git("status", "--porcelain"), Is.Empty);
        fixture.Apply(source, fixture.Patch("0001-good", Good));
        Assert.That(fixture.Head, Is.EqualTo(head));
    }

    [Test]
    public void Allows_no_fuzz()
    {
        // patch(1) would take this: only the outermost line of context differs
        const string Fuzzy =
            "--- a/src/a.c\n+++ b/src/a.c\n@@ -10,7 +10,7 @@\n line 10, different\n line 11\n line 12\n-line 13\n"
            + "+thirteen\n line 14\n line 15\n line 16\n";
        Assert.That(
            () => fixture.Apply(source, fixture.Patch("0001-fuzzy", Fuzzy)),
            Throws.TypeOf<BuildException>().With.Message.Contains("hunk 1 of 1"));
    }

    [Test]
    public void Is_refreshed_by_what_the_message_says()
    {
        PatchFile bad = fixture.Patch("0002-bad", "--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n was different\n+end\n");
        string message = Assert.Throws<BuildException>(() => fixture.Apply(source, fixture.Patch("0001-good", Good), bad))!.Message;
        string[] lines = [.. message.Split('\n').Select(line => line.Trim())];
        string[] commands = [.. lines.SkipWhile(line => !line.StartsWith("git -C", StringComparison.Ordinal))];
        string folder = fixture.Tree + ".refresh";
        Shell(fixture.Folder, commands[0]);
        Shell(folder, commands[2] + " || true");
        System.IO.File.AppendAllText(Path.Combine(folder, "b.c"), "end\n");
        System.IO.File.Delete(Path.Combine(folder, "b.c.rej"));
        Shell(folder, commands[4]);
        Shell(fixture.Folder, commands[5]);
        fixture.Apply(source, fixture.Patch("0001-good", Good), fixture.Patch("0002-bad", System.IO.File.ReadAllBytes(bad.Path)));
        Assert.That(fixture.Read("b.c"), Is.EqualTo("b\nmore\nend\n"));
        Assert.That(Path.Exists(folder), Is.False);
    }

    private static void Shell(string folder, string command) =>
        ProcessRunner.Run(
            new("sh", "-c", command)
            {
                WorkingDirectory = folder,
                Environment = new Dictionary<string, string?>
                {
                    ["GIT_AUTHOR_NAME"] = "A",
                    ["GIT_AUTHOR_EMAIL"] = "a",
                    ["GIT_COMMITTER_NAME"] = "A",
                    ["GIT_COMMITTER_EMAIL"] = "a",
                },
            });
}
