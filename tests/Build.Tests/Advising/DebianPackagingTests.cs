using System.Text;
using Qcw.Build.Sources.Patches;

namespace Qcw.Build.Tests.Advising;

public sealed class DebianPackagingTests
{
    private const string Name = "thing_1.0-1+deb13u3.debian.tar.xz";

    private const string Changelog =
        """
        thing (2:1.0-1+deb13u3) trixie; urgency=medium

          * Two kinds of trouble:
            - d/p/one.long.patch, d/p/test-one.patch:
              An overflow (CVE-2026-0001)
            - d/p/CVE-2026-0002/in-a-folder.patch: another
          * v1.0.1:
            - foo: something else
            - bar: use after free (CVE-2026-0003)
          * Says nothing of its patch: CVE-2026-0004, GHSA-aaaa-bbbb-cccc

         -- Somebody <somebody@example.org>  Fri, 07 Aug 2026 10:33:15 +0100

        thing (2:1.0-1) unstable; urgency=low

          * New upstream version; fixes CVE-2025-0001

         -- Somebody <somebody@example.org>  Thu, 06 Aug 2026 10:33:15 +0100

        """;

    private static readonly (string, string)[] Patches =
    [
        ("one.long.patch", "Subject: no number here\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b CVE-2026-9999\n"),
        ("test-one.patch", "Subject: a test\n--- a/tests/x.c\n+++ b/tests/x.c\n@@ -1 +1 @@\n-a\n+b\n"),
        ("CVE-2026-0002/in-a-folder.patch", "Subject: x\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n"),
        ("v1.0.10.diff", "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n"),
        ("v1.0.1.diff", "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n"),
    ];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    /// <summary>An archive with Debian's part of a source package.</summary>
    internal static byte[] Archive(string changelog, params (string Name, string Text)[] patches) => SourceArchive.Tar(
    [
        SourceArchiveItem.File("debian/changelog", changelog),
        SourceArchiveItem.File("debian/patches/series", string.Concat(patches.Select(patch => patch.Name + "\n"))),
        .. patches.Select(patch => SourceArchiveItem.File("debian/patches/" + patch.Name, patch.Text)),
    ]);

    [Test]
    public void A_vulnerability_is_fixed_by_the_patch_that_names_it_or_is_named_beside_it()
    {
        DebianPackaging packaging = DebianPackaging.Read(folder.Write(Name, Archive(Changelog, Patches)), Name);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                packaging.Revisions[0].Fixes.Select(fix => $"{fix.Id}: {string.Join(' ', fix.Patches)}"),
                Is.EqualTo(
                [
                    "CVE-2026-0001: one.long.patch", "CVE-2026-0002: CVE-2026-0002/in-a-folder.patch", "CVE-2026-0003: v1.0.1.diff",
                    "CVE-2026-0004: ", "GHSA-aaaa-bbbb-cccc: ",
                ]));
            Assert.That(packaging.Revisions[1].Fixes.Single().Id, Is.EqualTo("CVE-2025-0001"));
            Assert.That(packaging.Revisions.Select(revision => revision.Upstream), Is.All.EqualTo("1.0"));
            Assert.That(
                (packaging.Package, packaging.Version, packaging.Date),
                Is.EqualTo(("thing", "2:1.0-1+deb13u3", "Fri, 07 Aug 2026 10:33:15 +0100")));
            Assert.That(packaging.FixedBy("v1.0.1.diff"), Is.EqualTo(["CVE-2026-0003"]));
            Assert.That(packaging.FixedBy("v1.0.10.diff"), Is.Empty);
        }
    }

    [Test]
    public void A_patch_whose_name_has_the_vulnerability_speaks_for_itself()
    {
        string changelog = Changelog.Replace("another", "another, CVE-2026-0002, see one.long", StringComparison.Ordinal);
        DebianPackaging packaging = DebianPackaging.Read(folder.Write(Name, Archive(changelog, Patches)), Name);
        Assert.That(
            packaging.Fixes.Single(fix => fix.Id == "CVE-2026-0002").Patches, Is.EqualTo(["CVE-2026-0002/in-a-folder.patch"]));
    }

    [Test]
    public void A_patch_is_told_by_a_name_with_a_number_behind_the_vulnerability() =>
        AssertFixes("d/p/CVE-2026-0005_2.patch", "Subject: x\n", "CVE-2026-0005: a.patch");

    [Test]
    public void A_patch_is_told_by_the_news_that_it_adds_and_not_by_those_that_are_there() => AssertFixes(
        "Fixes CVE-2026-0005 and CVE-2026-0006", "Subject: x\n--- a/NEWS\n+++ b/NEWS\n@@ -1 +1,2 @@\n a CVE-2026-0006\n+b CVE-2026-0005\n",
        "CVE-2026-0005: a.patch", "CVE-2026-0006: ");

    private void AssertFixes(string bullet, string patch, params string[] expected)
    {
        string name = bullet.StartsWith("d/p/", StringComparison.Ordinal) ? bullet["d/p/".Length..] : "a.patch";
        string changelog = $"thing (1-2) sid; urgency=low\n\n  * {bullet}\n\n -- me <m@example.org>  now\n";
        DebianPackaging packaging = DebianPackaging.Read(folder.Write(Name, Archive(changelog, (name, patch))), Name);
        Assert.That(
            packaging.Fixes.Select(fix => $"{fix.Id}: {string.Join(' ', fix.Patches)}".Replace(name, "a.patch", StringComparison.Ordinal)),
            Is.EqualTo(expected));
    }

    [Test]
    public void A_diff_of_the_old_format_is_one_patch_against_all_that_is_named_behind_upstreams_version()
    {
        string added = string.Concat(Changelog.TrimEnd('\n').Split('\n').Select(line => $"+{line}\n"));
        string diff = $"--- thing-1.0.orig/debian/changelog\n+++ thing-1.0/debian/changelog\n@@ -0,0 +1,22 @@\n{added}"
            + "--- thing-1.0.orig/x.c\n+++ thing-1.0/x.c\n@@ -1 +1 @@\n-a\n+b\n";
        const string name = "thing_1.0-1+deb13u3.diff.gz";
        DebianPackaging packaging = DebianPackaging.Read(
            folder.Write(name, SourceArchive.GZip(Encoding.UTF8.GetBytes(diff))), name);
        Assert.That(
            packaging.FixedBy("thing_1.0-1+deb13u3.diff"),
            Is.EqualTo(["CVE-2026-0001", "CVE-2026-0002", "CVE-2026-0003", "CVE-2026-0004", "GHSA-aaaa-bbbb-cccc"]));
    }

    [TestCase("", "has no entry"), TestCase("thing 1.0", "has no entry")]
    public void One_without_an_entry_is_refused(string changelog, string message) => Assert.That(
        () => DebianPackaging.Read(folder.Write(Name, Archive(changelog)), Name),
        Throws.TypeOf<BuildException>().With.Message.EqualTo($"{Name}: debian/changelog {message}"));
}
