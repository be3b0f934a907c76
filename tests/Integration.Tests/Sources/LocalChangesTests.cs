using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class LocalChangesTests
{
    private const string Text = "--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n b\n+more\n";
    private SourceTreeFixture fixture = null!;
    private FetchedSource source = null!;
    private PatchFile patch = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        source = fixture.Archive(
            File("top/a.c", "a\n"), File("top/b.c", "b\n"), File("top/run", "x\n", executable: true), File("top/.gitignore", "*.o\n"));
        patch = fixture.Patch("0001-b", Text);
        fixture.Apply(source, patch);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Are_refused_also_where_everything_is_up_to_date([Values] bool upToDate)
    {
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "mine\n");
        System.IO.File.Delete(fixture.PathOf("b.c"));
        System.IO.File.WriteAllText(fixture.PathOf("new.c"), "mine\n");
        SourceTreeFixture.SetExecutable(fixture.PathOf("run"), false);
        Refused(upToDate, " M a.c", " D b.c", "?? new.c", " M run", "git format-patch", fixture.Tree);
        Assert.That((fixture.Read("a.c"), System.IO.File.Exists(fixture.PathOf("b.c"))), Is.EqualTo(("mine\n", false)));
    }

    [Test]
    public void Are_refused_when_they_are_staged([Values] bool upToDate)
    {
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "mine\n");
        fixture.Git("add", "a.c");
        Refused(upToDate, "M  a.c");
    }

    [Test]
    public void Are_refused_when_they_are_commits([Values] bool upToDate)
    {
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "mine\n");
        fixture.Git("commit", "--quiet", "--all", "-m", "My change");
        Refused(upToDate, "commit", "My change");
        Assert.That(fixture.Read("a.c"), Is.EqualTo("mine\n"));
    }

    [TestCase("a.c", "x\n")]
    [TestCase("b.c", "b\nmine\n", Description = "written in the same second as the index")]
    public void Are_refused_when_the_size_is_the_same(string file, string text)
    {
        Assert.That(text, Has.Length.EqualTo(fixture.Read(file).Length));
        System.IO.File.WriteAllText(fixture.PathOf(file), text);
        Refused(true, " M " + file);
    }

    [Test]
    public void Are_refused_before_a_new_source_replaces_the_tree()
    {
        System.IO.File.WriteAllText(fixture.PathOf("new.c"), "mine\n");
        Assert.That(
            () => fixture.Apply(fixture.Archive(File("top/other"))), Throws.TypeOf<BuildException>().With.Message.Contains("new.c"));
        Assert.That(() => fixture.Unpack(source), Throws.TypeOf<BuildException>().With.Message.Contains("new.c"));
        Assert.That(fixture.Read("new.c"), Is.EqualTo("mine\n"));
    }

    [Test]
    public void Are_listed_up_to_ten()
    {
        foreach (int number in Enumerable.Range(10, 14))
        {
            System.IO.File.WriteAllText(fixture.PathOf($"new{number}"), "x");
        }

        Refused(true, "new10", "new19", "and 4 more");
        Assert.That(() => fixture.Apply(source, patch), Throws.Exception.With.Message.Not.Contains("new20"));
    }

    [TestCase("x.o", "x.o")]
    [TestCase("x.o", "x.o/below")]
    [TestCase("d.o/mine", "d.o")]
    public void Are_never_overwritten_even_where_git_ignores_them(string mine, string theirs)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(fixture.PathOf(mine))!);
        System.IO.File.WriteAllText(fixture.PathOf(mine), "mine\n");
        fixture.Apply(source, patch);
        string head = fixture.Head;
        PatchFile makes = fixture.Patch("0002-o", "--- /dev/null\n+++ b/" + theirs + "\n@@ -0,0 +1 @@\n+theirs\n");
        Assert.That(() => fixture.Apply(source, patch, makes), Throws.TypeOf<BuildException>().With.Message.Contains(mine));
        Assert.That((fixture.Read(mine), fixture.Head), Is.EqualTo(("mine\n", head)));
        fixture.Apply(source, patch);
    }

    [Test]
    public void Become_a_patch_by_what_the_message_says()
    {
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "mine\n");
        fixture.Git("add", "--all");
        fixture.Git("commit", "--quiet", "-m", "Say what it does");
        string made = fixture.Git("format-patch", "refs/qcw/applied", "--output-directory", fixture.Folder);
        fixture.Git("reset", "--quiet", "--hard", "refs/qcw/applied");
        fixture.Apply(source, patch, fixture.Patch("0002-mine", System.IO.File.ReadAllBytes(made)));
        Assert.That(fixture.Read("a.c"), Is.EqualTo("mine\n"));
        Assert.That(
            fixture.Git("log", "-1", "--format=%b"),
            Does.Contain("From: Someone <someone@example.org>\nSubject: [PATCH] Say what it does"));
    }

    [Test]
    public void Do_not_include_a_touched_file()
    {
        System.IO.File.SetLastWriteTimeUtc(fixture.PathOf("a.c"), DateTime.UtcNow);
        fixture.Apply(source, patch);
        fixture.Apply(source);
        Assert.That(fixture.Read("b.c"), Is.EqualTo("b\n"));
    }

    private void Refused(bool upToDate, params string[] said)
    {
        PatchFile[] patches = upToDate ? [patch] : [];
        string message = Assert.Throws<BuildException>(() => fixture.Apply(source, patches))!.Message;
        foreach (string part in said)
        {
            Assert.That(message, Does.Contain(part));
        }
    }
}
