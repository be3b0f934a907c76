using Qcw.Build.Sources.Patches;
using Qcw.Build.Sources.Patches.Lifecycle;

namespace Qcw.Build.Tests.Sources.Patches;

/// <summary>The fields of our own patches.</summary>
public sealed class Dep3Tests
{
    private const string Fields = "Author: A B <a@example.org>\nForwarded: no\nLast-Update: 2026-11-27\n";
    private const string Commit = "0123456789012345678901234567890123456789";

    private TemporaryFolder folder = null!;

    public static IEnumerable<string> Ours => Directory.EnumerateFiles(Repository.Paths.Patches, "*.patch", SearchOption.AllDirectories);

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCaseSource(nameof(Ours))]
    public void Every_patch_of_ours_has_them(string file) =>
        Assert.That(Dep3.Read(new PatchFile(Path.GetFileNameWithoutExtension(file), file, Files.Sha256(file))), Is.Not.Null);

    [TestCase("no", UpstreamStatus.NeverSent)]
    [TestCase("not-needed", UpstreamStatus.NeverSent)]
    [TestCase("https://example.org/message", UpstreamStatus.Proposed)]
    public void Forwarded_is_the_status(string forwarded, UpstreamStatus status) =>
        Assert.That(Read(Fields.Replace("Forwarded: no", "Forwarded: " + forwarded, StringComparison.Ordinal)).Status, Is.EqualTo(status));

    [Test]
    public void Applied_upstream_has_version_and_commit() => Assert.That(
        Read(Fields + $"Applied-Upstream: 6.2.0, commit:{Commit}\nOrigin: backport, https://example.org/1\nSigned-off-by: A <a@b>\n"),
        Is.EqualTo(new PatchUpstream(UpstreamStatus.Merged, Commit, "6.2.0")));

    [Test]
    public void They_may_stand_above_the_first_empty_line() => Assert.That(
        Read($"Description: it does\n{Fields}\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n", whole: true),
        Is.EqualTo(new PatchUpstream(UpstreamStatus.NeverSent)));

    [TestCase("Forwarded: no\n", "", "lacks the field Forwarded, expected no, not-needed, or the https URL of what was sent")]
    [TestCase("Last-Update: 2026-11-27\n", "", "lacks the field Last-Update, expected a day such as 2026-11-27")]
    [TestCase("Last-Update: 2026-11-27", "Last-Update: 2026-11-31", "Last-Update with \"2026-11-31\", expected a day")]
    [TestCase("Forwarded: no", "Forwarded: maybe", "Forwarded with \"maybe\", expected no, not-needed")]
    [TestCase("Forwarded: no", "Forwardd: no", "unknown field Forwardd; did you mean Forwarded?")]
    [TestCase("Forwarded: no", "Forwarded: no\nForwarded: no", "the field Forwarded twice")]
    [TestCase("A B <a@example.org>", "somebody", "Author with \"somebody\", expected a name and a mail address")]
    [TestCase("Forwarded: no", "Forwarded: no\nApplied-Upstream: 6.2.0", "Applied-Upstream with \"6.2.0\", expected the version, a comma")]
    [TestCase("Forwarded: no", "Forwarded: no\nOrigin: somewhere", "Origin with \"somewhere\", expected upstream, backport")]
    public void One_that_is_wrong_or_missing_is_named_with_the_mail(string right, string wrong, string message) => Assert.That(
        () => Read(Fields.Replace(right, wrong, StringComparison.Ordinal)),
        Throws.TypeOf<BuildException>().With.Message.StartsWith("patch 0001-one: the mail that begins in line 1 ([PATCH] it does) ")
            .And.Message.Contains(message).And.Message.Contains("0001-one.patch"));

    [Test]
    public void Each_mail_of_a_series_needs_them()
    {
        string second = Mail("Forwarded: no\n");
        int line = Mail(Fields).Count(c => c == '\n') + 1;
        Assert.That(
            () => Read(Mail(Fields) + second, whole: true),
            Throws.TypeOf<BuildException>()
                .With.Message.Contains($"the mail that begins in line {line} ").And.Message.Contains("Last-Update"));
    }

    [TestCase("text\n\nmore: of it\nand no field\n", "text\n\nmore: of it\nand no field")]
    [TestCase("text\n\nFixes: 1\nSigned-off-by: a\n", "text\n\nFixes: 1\nSigned-off-by: a")]
    [TestCase("Forwarded: no\n", "")]
    public void A_last_paragraph_without_them_belongs_to_the_text(string message, string text) =>
        Assert.That(Dep3.Split(message).Text, Is.EqualTo(text));

    private static string Mail(string fields) =>
        "From 0000000000000000000000000000000000000000 Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nDate: Fri, 27 Nov 2026 00:42:10 +0000\n"
            + $"Subject: [PATCH] it does\n\nWhat it is for.\n\n{fields}---\n x | 2 +-\n 1 file changed, 1 insertion(+), 1 deletion(-)\n\n"
            + "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n";

    private PatchUpstream Read(string text, bool whole = false)
    {
        string file = folder.Write("0001-one.patch", whole ? text : Mail(text));
        return Dep3.Read(new PatchFile("0001-one", file, Files.Sha256(file)));
    }
}
