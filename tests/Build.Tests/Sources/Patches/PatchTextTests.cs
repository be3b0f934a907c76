using System.Text;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Tests.Sources.Patches;

public sealed class PatchTextTests
{
    private const string Diff =
        """
        diff --git a/src/one.c b/src/one.c
        index 1111111..2222222 100644
        --- a/src/one.c
        +++ b/src/one.c
        @@ -1,3 +1,4 @@ int main(void)
         a
        +b
         c
         d
        @@ -20 +21,2 @@
        -x
        +y
        +From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001
        diff --git a/new b/new
        new file mode 100755
        --- /dev/null
        +++ b/new
        @@ -0,0 +1 @@
        +--- a/not/a/header
        """;

    private const string Start = "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n";
    private const string Small = "--- a/y\n+++ b/y\n@@ -1 +1 @@\n-a\n+b\n";
    private const string Stat = " z | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n";

    [Test]
    public void Finds_files_and_hunks()
    {
        PatchText text = Parse(Diff);
        Assert.That(text.Mails, Has.Count.EqualTo(1));
        PatchSection[] sections = [.. text.Mails[0].Sections];
        Assert.That(
            sections.Select(section => (section.OldPath, section.NewPath, section.Line)),
            Is.EqualTo(new[] { ("src/one.c", "src/one.c", 1), ((string?)null, "new", 14) }));
        Assert.That(
            sections[0].Hunks,
            Is.EqualTo(new[] { new PatchHunk(1, 1, "@@ -1,3 +1,4 @@ int main(void)", 5), new PatchHunk(2, 20, "@@ -20 +21,2 @@", 10) }));
        Assert.That(sections[1].Hunks, Has.Count.EqualTo(1));
        Assert.That(sections[1].Modes, Is.EqualTo(new[] { "100755" }));
    }

    [Test]
    public void Splits_a_series_into_mails()
    {
        PatchText text = Parse(
            Start + "From: A <a@b>\nSubject: [PATCH 0/2] Cover\n\n--- about\n\n"
            + Start + "From: B <b@b>\nSubject: [PATCH 1/2] Some\n longer words\n\nText\n---\n x | 1 +\n\n" + Diff + "\n-- \n2.39\n\n"
            + Start + "From: C <c@b>\nSubject: [PATCH 2/2] Last\n\n" + Diff);
        Assert.That(text.Mails.Select(mail => mail.Sections.Count), Is.EqualTo(new[] { 0, 2, 2 }));
        Assert.That(
            text.Mails.Select(mail => mail.Subject),
            Is.EqualTo(new[] { "[PATCH 0/2] Cover", "[PATCH 1/2] Some longer words", "[PATCH 2/2] Last" }));
        Assert.That(text.Mails.Select(mail => mail.From), Is.EqualTo(new[] { "A <a@b>", "B <b@b>", "C <c@b>" }));
        Assert.That(text.Mails[2].Text, Does.StartWith(Start + "From: C").And.EndsWith("header"));
        Assert.That(string.Concat(text.Mails.Select(mail => mail.Text)), Does.Contain("2.39\n\n" + Start));
    }

    [TestCase("Index: x.c\n===\n--- x.c.orig\t2020-01-01\n+++ x.c\t2021-01-01\n@@ -1 +1 @@\n-a\n+b\n", "x.c")]
    [TestCase("Description: words\nAuthor: me\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n", "x.c")]
    [TestCase("Words without meaning\n\n--- old/d/x.c\n+++ new/d/x.c\n@@ -1 +1 @@\n-a\n+b\n", "d/x.c")]
    public void Reads_diffs_that_are_not_gits(string patch, string path)
    {
        PatchSection section = Parse(patch).Mails.Single().Sections.Single();
        Assert.That(section.NewPath, Is.EqualTo(path));
        Assert.That(section.Hunks, Has.Count.EqualTo(1));
    }

    [TestCase("diff --git a/old n b/old n\nold mode 100644\nnew mode 100755\n", "old n", "old n")]
    [TestCase("diff --git a/x b/y\nsimilarity index 100%\nrename from x\nrename to y\n", "x", "y")]
    [TestCase("diff --git \"a/\\303\\244\" \"b/\\303\\244\"\ndeleted file mode 100644\n", "ä", "ä")]
    [TestCase("diff --git a/x b/x\nindex 1..2 100644\nGIT binary patch\nliteral 1\nIcmZ\n", "x", "x")]
    public void Knows_changes_without_hunks(string patch, string before, string after)
    {
        PatchSection section = Parse(patch).Mails.Single().Sections.Single();
        Assert.That((section.OldPath, section.NewPath, section.ChangesWithoutHunks), Is.EqualTo((before, after, true)));
    }

    [TestCase("a/hello.c \"b/he ll\\303\\266.c\"", "hello.c", "\"he ll\\303\\266.c\"", "he llö.c")]
    [TestCase("\"a/x\\\" y\" b/x.c", "\"x\\\" y\"", "x.c", "x.c")]
    [TestCase("a/about.c b/about .git", "about.c", "about .git", "about .git")]
    [TestCase("a/a.c b/first .. last.c", "a.c", "first .. last.c", "first .. last.c")]
    [TestCase("a/a.c b/.git b/c", "a.c", ".git b/c", ".git b/c")]
    public void Takes_the_names_of_a_rename_from_the_lines_that_have_one_each(string names, string from, string to, string path)
    {
        PatchSection section = Parse($"diff --git {names}\nrename from {from}\nrename to {to}\n").Mails.Single().Sections.Single();
        Assert.That((section.OldPath, section.NewPath), Is.EqualTo((QuotedPath.Unquote(from), path)));
        Assert.That(section.WrittenPaths, Is.Empty, "half a name must not be judged");
    }

    [TestCase("Text\n\n" + Diff + "\n---\n" + Stat, TestName = "A diff in a message")]
    [TestCase("Text\n\n@@ -1,9 +1,9 @@\n+b\n---\n" + Stat, TestName = "A hunk in a message")]
    [TestCase("--- a/y\n+++ b/y\n@@ -1,9 +1,9 @@\n-b\n\n---\nv2: better\n" + Stat, TestName = "Half a hunk in a message")]
    [TestCase("    diff --git a/y b/y\n    --- a/y\n    +++ b/y\n    @@ -1 +1 @@\n---\n\n", TestName = "An indented diff")]
    [TestCase("Binary files a and b differ\n---\n" + Stat, TestName = "What diff says, in a message")]
    public void A_message_is_not_applied(string message)
    {
        const string Applied = "diff --git a/z b/z\n--- a/z\n+++ b/z\n@@ -1 +1 @@\n---\n+b\n";
        PatchMail mail = Parse(Start + "Subject: x\n\n" + message + Applied).Mails.Single();
        Assert.That(mail.Sections.SelectMany(section => section.Paths), Is.EqualTo(["z"]));
        Assert.That(mail.Text, Does.EndWith(Applied).And.Not.Contain("a/y"));
        Assert.That(mail.AmbiguousLine, Is.Null);
        Assert.That(Parse("x\n" + mail.Text).Mails.Single().Sections, Has.Count.EqualTo(1), "and nothing else is");
    }

    [TestCase("Subject: x\n\n" + Small + "---\n" + Stat + Small, 8, TestName = "No line From")]
    [TestCase(Start + "Subject: x\n\n" + Small + "---\n" + Small, 9, TestName = "No diffstat")]
    [TestCase(Start + "Subject: x\n\n---\n" + Small + "---\n" + Stat + Small, 10, TestName = "The line twice")]
    public void A_diff_that_may_be_part_of_the_message_is_found(string patch, int line) =>
        Assert.That(Parse(patch).Mails.Single().AmbiguousLine, Is.EqualTo(line));

    [TestCase(Small + "---\n" + Small, TestName = "No mail at all")]
    [TestCase("Subject: x\n\n" + Small + "---\nwords\n", TestName = "Words behind the diff")]
    public void A_line_that_ends_no_message_changes_nothing(string patch)
    {
        PatchMail mail = Parse(patch).Mails.Single();
        Assert.That((mail.AmbiguousLine, mail.Text), Is.EqualTo(((int?)null, patch)));
    }

    [Test]
    public void A_long_line_takes_no_time() =>
        Assert.That(Parse("x\nFrom x " + string.Concat(Enumerable.Repeat("00:00:00 ", 100_000)) + "\n").Mails, Has.Count.EqualTo(1));

    [Test]
    public void Tells_lines_ended_by_CR_LF_from_contents_that_are()
    {
        Assert.That(Parse(Diff.Replace("\n", "\r\n", StringComparison.Ordinal)).HasCarriageReturns, Is.True);
        Assert.That(Parse(Diff.Replace("+b\n", "+b\r\n", StringComparison.Ordinal)).HasCarriageReturns, Is.False);
    }

    [Test]
    public void Keeps_bytes_of_any_encoding()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Diff), 0xff, 0x80, (byte)'\n'];
        Assert.That(Encoding.Latin1.GetBytes(PatchText.Parse(bytes).Mails.Single().Text), Is.EqualTo(bytes));
    }

    private static PatchText Parse(string text) => PatchText.Parse(Encoding.UTF8.GetBytes(text));
}
