using System.Text;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Build.Tests.Sources.Patches;

/// <summary>Which patches are taken out of Debian's part of a source package, and what is refused.</summary>
public sealed class TakenPatchesTests
{
    private const string Archive = "demo_1.0+ds-2+deb13u1.debian.tar.xz";
    private const string Diff = "demo_1.0-2~deb13u1.diff.gz";
    private static readonly Component Demo = Sample.Component("demo");
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Named_patches_become_files_in_the_order_of_the_line()
    {
        string archive = Write(
            File("debian/control"), File("debian/patches/series", "a.patch\nCVE-1/b.diff\nc.patch\n"), File("debian/patches/a.patch", "a"),
            File("./debian/patches/CVE-1/b.diff", "b"), File("debian/patches/c.patch", "c"));
        IReadOnlyList<PatchFile> taken = Take(Archive, archive, "c.patch", "CVE-1/b.diff");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken.Select(patch => patch.Name), Is.EqualTo(["c.patch", "CVE-1/b.diff"]));
            Assert.That(taken.Select(patch => System.IO.File.ReadAllText(patch.Path)), Is.EqualTo(["c", "b"]));
            Assert.That(taken.Select(patch => patch.Sha256), Is.EqualTo([Sample.Sha256("c"), Sample.Sha256("b")]));
            Assert.That(taken.Select(patch => patch.From), Is.All.EqualTo(Archive));
            Assert.That(taken[1].Path, Is.EqualTo(folder["artifacts/patches/demo/1.0+ds-2+deb13u1/CVE-1/b.diff"]));
        }
    }

    [Test]
    public void Without_names_the_whole_series_is_taken()
    {
        string archive = Write(
            File("debian/patches/series", "# first\nb.patch -p1 # because\n\n a.patch\t\n"), File("debian/patches/a.patch", "a"),
            File("debian/patches/b.patch", "b"), File("debian/patches/unused.patch", "u"));
        Assert.That(Take(Archive, archive).Select(patch => patch.Name), Is.EqualTo(["b.patch", "a.patch"]));
    }

    [Test]
    public void A_damaged_file_of_an_earlier_run_is_written_again()
    {
        string archive = Write(File("debian/patches/series", "a.patch\n"), File("debian/patches/a.patch", "a"));
        string path = Take(Archive, archive).Single().Path;
        System.IO.File.WriteAllText(path, "half");
        Take(Archive, archive);
        Assert.That(System.IO.File.ReadAllText(path), Is.EqualTo("a"));
    }

    [Test]
    public void A_name_that_the_archive_lacks_is_refused_with_what_it_has()
    {
        string archive = Write(File("debian/patches/series", "CVE-2026-1.patch\nb.patch\n"), File("debian/patches/CVE-2026-1.patch"));
        Assert.That(
            () => Take(Archive, archive, "CVE-2026-2.patch"),
            Throws.TypeOf<BuildException>().With.Message.EqualTo(
                $"demo: {Archive} has no debian/patches/CVE-2026-2.patch; did you mean CVE-2026-1.patch? "
                    + "Its series has: CVE-2026-1.patch, b.patch"));
    }

    [TestCase("a.patch -p0", "its series has a.patch with the option -p0, expected none or -p1")]
    [TestCase("a.patch -p1 -R", "its series has a.patch with the option -R, expected none or -p1")]
    [TestCase("../a.patch", "its series has ../a.patch: its path goes up (..)")]
    [TestCase("/etc/passwd", "its series has /etc/passwd: its path is absolute")]
    [TestCase("# nothing", "has no patches in debian/patches/series")]
    [TestCase("link.patch", "debian/patches/link.patch is a link, expected a file")]
    [TestCase("gone.patch", "has no debian/patches/gone.patch")]
    public void A_series_that_cannot_be_applied_is_refused(string series, string why)
    {
        string archive = Write(
            File("debian/patches/series", series + "\n"), File("debian/patches/a.patch", "a"),
            SymbolicLink("debian/patches/link.patch", "/etc/passwd"));
        Assert.That(
            () => Take(Archive, archive),
            Throws.TypeOf<BuildException>().With.Message.StartsWith($"demo: {Archive}").And.Message.Contains(why));
    }

    [Test]
    public void An_archive_without_patches_says_so() =>
        Assert.That(
            () => Take(Archive, Write(File("debian/control")), "a.patch"),
            Throws.TypeOf<BuildException>().With.Message.EqualTo(
                $"demo: {Archive} has no debian/patches/a.patch. Its series has: no patches"));

    [Test]
    public void A_damaged_archive_is_named()
    {
        byte[] whole = SourceArchive.GZip(SourceArchive.Tar(File("debian/patches/series", "a\n"), File("debian/patches/a", "a")));
        string archive = folder.Write("cut.tar.gz", whole[..^12]);
        Assert.That(
            () => Take(Archive, archive), Throws.TypeOf<BuildException>().With.Message.StartsWith($"{archive} is damaged or incomplete"));
    }

    [Test]
    public void A_diff_is_one_patch_without_what_it_changes_in_debian()
    {
        const string Rules = "--- demo-1.0.orig/debian/rules\n+++ demo-1.0/debian/rules\n@@ -0,0 +1,2 @@\n+one\n+--- not/a/header\n";
        const string Source = "--- demo-1.0.orig/src/a.c\n+++ demo-1.0/src/a.c\n@@ -1 +1 @@\n-a\n+b\n";
        const string Last = "--- demo-1.0.orig/z.c\n+++ demo-1.0/z.c\n@@ -1 +1 @@\n-y\n+z\n";
        PatchFile patch = Take(Diff, WriteDiff(Rules + Source + Rules.Replace("rules", "watch", StringComparison.Ordinal) + Last)).Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(patch.Name, Is.EqualTo("demo_1.0-2~deb13u1.diff"));
            Assert.That(System.IO.File.ReadAllText(patch.Path), Is.EqualTo(Source + Last));
            Assert.That(
                () => Take(Diff, WriteDiff(Rules)),
                Throws.TypeOf<BuildException>().With.Message.StartsWith($"demo: {Diff} changes nothing outside debian/"));
        }
    }

    [Test]
    public void A_commit_has_the_author_and_title_of_Debians_headers()
    {
        var patch = new PatchFile("a.patch", "/x/a.patch", new string('a', 64)) { From = Archive };
        string Message(string text) => PatchCommit.Message(patch, PatchText.Parse(Encoding.UTF8.GetBytes(text)));
        const string Body = "--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-a\n+b\n";
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Message("Description: Fix a thing\n It was broken.\n .\n Very.\nAuthor: A <a@b>\nForwarded: no\n\n" + Body),
                Does.StartWith("a.patch\n\nFrom: A <a@b>\nSubject: Fix a thing\n\n"));
            Assert.That(
                Message("Description:\n Fix a thing\n It was broken.\nOrigin: upstream\n---\n" + Body),
                Does.StartWith("a.patch\n\nFrom: Debian\nSubject: Fix a thing\n\n"));
            Assert.That(
                Message("From: B <b@c>\nDate: Thu, 1 Jan 2026 00:00:00 +0000\nSubject: Fix\n more\n\nText\n" + Body),
                Does.StartWith("a.patch\n\nFrom: B <b@c>\nSubject: Fix more\n\n"));
            Assert.That(Message(Body), Does.StartWith("a.patch\n\nFrom: Debian\n\n"));
        }
    }

    private string Write(params SourceArchiveItem[] items)
    {
        string path = folder["debian.tar.xz"];
        SourceArchive.WriteCompressed("xz", SourceArchive.Tar(items), path);
        return path;
    }

    private string WriteDiff(string text) => folder.Write("demo.diff.gz", SourceArchive.GZip(Encoding.UTF8.GetBytes(text)));

    private IReadOnlyList<PatchFile> Take(string file, string archive, params string[] names) => TakenPatches.Of(
        new Paths(folder.Path, folder["artifacts"]), Demo,
        new DebianPatches(new DebianSource("demo", "trixie", file, new string('a', 64)), names), archive);
}
