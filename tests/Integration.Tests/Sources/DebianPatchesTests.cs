using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using Qcw.Integration.Tests.Fetching;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

/// <summary>Debian's patches from the line to the tree: fetched from a mirror, taken out of the archive, applied as commits.</summary>
public sealed class DebianPatchesTests
{
    private const string First =
        "Description: one becomes two\n And that is all.\nAuthor: A <a@b>\n\n--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n-one\n+two\n";

    private const string Second =
        "Index: demo/x.c\n====\n--- demo.orig/x.c\t2026-01-01\n+++ demo/x.c\t2026-01-02\n@@ -1 +1 @@\n-two\n+three\n";

    private const string Archive = "demo_1.0-1+deb13u1.debian.tar.xz";
    private SourceTreeFixture tree = null!;
    private FetchFixture fetch = null!;

    [SetUp]
    public void SetUp()
    {
        tree = new SourceTreeFixture();
        fetch = new FetchFixture();
    }

    [TearDown]
    public void TearDown()
    {
        tree.Dispose();
        fetch.Dispose();
    }

    [Test]
    public async Task Are_fetched_and_applied_as_commits_of_their_names()
    {
        FetchedSource source = tree.Archive(File("demo/x.c", "one\n"));
        PatchFile[] patches = await TakeAsync("CVE-1/first.patch", "second.patch");
        tree.Apply(source, patches);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tree.Read("x.c"), Is.EqualTo("three\n"));
            Assert.That(tree.Git("log", "--format=%s", "-2"), Is.EqualTo("second.patch\nCVE-1/first.patch"));
            Assert.That(tree.Git("log", "--format=%b", "-1", "HEAD~1"), Does.StartWith("From: A <a@b>\nSubject: one becomes two"));
            Assert.That(tree.Git("log", "--format=%b", "-1"), Does.StartWith("From: Debian"));
        }

        string head = tree.Head;
        tree.TakeOutput();
        tree.Apply(source, patches);
        Assert.That(tree.Head, Is.EqualTo(head));
        Assert.That(tree.TakeOutput(), Does.Contain("CVE-1/first.patch: up to date"));
    }

    [Test]
    public async Task One_that_does_not_apply_is_named_with_its_archive_and_file()
    {
        FetchedSource source = tree.Archive(File("demo/x.c", "one\n"));
        PatchFile[] patches = await TakeAsync("second.patch");
        Assert.That(
            () => tree.Apply(source, patches),
            Throws.TypeOf<BuildException>()
                .With.Message.StartsWith($"patch second.patch of {Archive} does not apply; the source tree is unchanged")
                .And.Message.Contains("x.c: hunk 1 of 1").And.Message.Contains("take those too, or take this one off the list"));
    }

    [Test]
    public void Without_the_archive_the_error_says_what_to_do()
    {
        Component component = FetchFixture.Component(
            new DebianSource("demo", "trixie", "demo_1.0.orig.tar.xz", new string('b', 64)),
            new DebianPatches(new DebianSource("demo", "trixie", Archive, new string('a', 64)), []));
        string error = fetch.FetchError(component, new FetchOptions(Offline: true));
        Assert.That(error, Does.Contain(Archive).And.Contain($"in a mirror: archives/{Archive}").And.Contain("--offline"));
    }

    [Test]
    public void A_revision_that_Debian_has_removed_is_named_with_the_newer_one()
    {
        // of XZ 5.8.1 Debian 13 never had such a revision
        DebianPatches patches = new(new DebianSource("xz-utils", "trixie", "xz-utils_5.8.1-0.1.debian.tar.xz", new string('a', 64)), []);
        using Fetcher fetcher = fetch.Fetcher();
        Assert.That(
            () => fetcher.FetchAsync([FetchFixture.Component(new RecipeSource(), patches)]),
            Throws.InstanceOf<BuildException>()
                .With.Message.Match(
                    "lists no file xz-utils_5\\.8\\.1-0\\.1\\.debian\\.tar\\.xz .*: it has the versions 5\\.8\\.1-1\\+deb13u")
                .And.Message.Contains("Debian has removed the revision 5.8.1-0.1, which a newer one replaces")
                .And.Message.Contains("a mirror keeps them").And.Message.Contains("name the newer revision in the line"));
    }

    private async Task<PatchFile[]> TakeAsync(params string[] names)
    {
        string mirror = fetch.Folder["mirror"];
        Directory.CreateDirectory(Path.Combine(mirror, "archives"));
        string archive = Path.Combine(mirror, "archives", Archive);
        SourceArchive.WriteCompressed(
            "xz",
            SourceArchive.Tar(
                File("debian/patches/series", "CVE-1/first.patch\nsecond.patch\n"), File("debian/patches/CVE-1/first.patch", First),
                File("debian/patches/second.patch", Second)),
            archive);
        var patches = new DebianPatches(
            new DebianSource("demo", "trixie", Archive, Sample.Sha256(await System.IO.File.ReadAllBytesAsync(archive))), names);
        Component component = FetchFixture.Component(new RecipeSource(), patches);
        using Fetcher fetcher = fetch.Fetcher(new FetchOptions(mirror, Offline: true));
        await fetcher.FetchAsync([component]);
        (SourcePatch found, string file, _) = fetcher.LocatePatches(component).Single();
        Assert.That(found, Is.EqualTo(patches));
        return [.. TakenPatches.Of(fetch.Paths, component, patches, file)];
    }
}
