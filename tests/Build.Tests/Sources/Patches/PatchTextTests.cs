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
        const string Start = "From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001\n";
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
