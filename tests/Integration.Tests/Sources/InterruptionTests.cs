using System.Diagnostics;
using Qcw.Build.Fetching;
using Qcw.Build.Sources.Patches;
using static Qcw.Tests.Support.SourceArchiveItem;

namespace Qcw.Integration.Tests.Sources;

public sealed class InterruptionTests
{
    private const int Killed = 128 + 9;
    private const string B = "--- a/b.c\n+++ b/b.c\n@@ -1 +1,2 @@\n b\n+more\n";
    private const string A = "--- a/a.c\n+++ b/a.c\n@@ -1,2 +1,2 @@\n a\n-long line of the old file\n+long line of the new file\n";
    private const string New = "--- /dev/null\n+++ b/new.c\n@@ -0,0 +1 @@\n+new\n";

    private SourceTreeFixture fixture = null!;
    private FetchedSource source = null!;
    private PatchFile a = null!;
    private PatchFile b = null!;
    private PatchFile made = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        source = fixture.Archive(File("top/a.c", "a\nlong line of the old file\n"), File("top/b.c", "b\n"), File("top/c.c", "c\n"));
        a = fixture.Patch("0001-a", A);
        b = fixture.Patch("0002-b", B);
        made = fixture.Patch("0003-new", New);
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Killed_at_any_git_command_of_an_import_the_next_run_finishes()
    {
        string expected = Expected(a, b);
        KillAtEachCommand(() => Files.Delete(fixture.Paths.Artifacts), expected, a, b);
    }

    [Test]
    public void Killed_at_any_git_command_of_a_change_the_next_run_finishes()
    {
        string expected = Expected(b, made);
        KillAtEachCommand(() => fixture.Apply(source, a, b), expected, b, made);
    }

    [Test]
    public void Killed_while_git_writes_files_the_next_run_finishes()
    {
        string expected = Expected(a, b, made);
        fixture.Apply(source);
        KillInSwitch();
        System.IO.File.WriteAllText(fixture.PathOf("x.c"), "mine\n");
        Assert.That(
            () => fixture.Apply(source, a, b, made), Throws.TypeOf<BuildException>().With.Message.Contains("x.c"), "a person's file");
        System.IO.File.Delete(fixture.PathOf("x.c"));
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "a\nlong line of mine\n");
        Assert.That(
            () => fixture.Apply(source, a, b, made), Throws.TypeOf<BuildException>().With.Message.Contains("a.c"),
            "a person's change where git was about to write");
        System.IO.File.WriteAllText(fixture.PathOf("a.c"), "a\nlong li");
        fixture.TakeOutput();
        fixture.Apply(source, a, b, made);
        Finished(expected);
        Assert.That(fixture.TakeOutput(), Does.Contain("interrupted"));
        Assert.That(System.IO.File.GetLastWriteTimeUtc(fixture.PathOf("c.c")), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(1_600_000_000)));
    }

    [Test]
    public void Killed_while_git_writes_files_the_next_run_may_want_something_else()
    {
        string expected = Expected(b);
        fixture.Apply(source);
        KillInSwitch();
        fixture.Apply(source, b);
        Finished(expected);
        Assert.That(System.IO.File.Exists(fixture.PathOf("new.c")), Is.False);
    }

    [Test]
    public void Waits_for_a_git_that_outlives_the_killed_run()
    {
        string expected = Expected(a);
        string gate = Path.Combine(fixture.Folder, "gate");
        ProcessRunner.Run(new("mkfifo", gate));
        int code = new SourceTreeProcess(fixture)
            .WithGit($"case \"$*\" in \"add \"*) kill -9 $PPID; read line < '{gate}';; esac\nexec GIT \"$@\"")
            .Run("apply", source, a);
        Assert.That(code, Is.EqualTo(Killed));
        Task<string> next = Task.Run(() => fixture.Apply(source, a));
        System.IO.File.WriteAllText(gate, "go\n"); // now it adds files to the tree that is no longer wanted
        next.Wait(TimeSpan.FromMinutes(1));
        Assert.That(next.IsCompletedSuccessfully, Is.True);
        Finished(expected);
    }

    [TestCase("unpack")]
    [TestCase("apply")]
    public void Killed_in_the_middle_of_an_extraction_the_next_run_makes_the_same_tree(string verb)
    {
        source = fixture.Archive([.. Enumerable.Range(0, 2000).Select(number => File($"top/d{number % 50}/f{number}", $"{number}\n"))]);
        fixture.Unpack(source);
        string expected = SourceTreeFixture.Describe(fixture.Tree);
        Directory.Delete(fixture.Paths.Artifacts, recursive: true);
        string partial = fixture.Tree + ".partial";
        using var begun = new CountdownEvent(20);
        using var watcher = new FileSystemWatcher(Directory.CreateDirectory(Path.GetDirectoryName(partial)!).FullName)
        {
            IncludeSubdirectories = true,
        };
        watcher.Created += (_, made) => _ = made.FullPath.StartsWith(partial, StringComparison.Ordinal) && !begun.IsSet && begun.Signal();
        watcher.EnableRaisingEvents = true;
        using (Process process = new SourceTreeProcess(fixture).Start(verb, source))
        {
            Assert.That(begun.Wait(TimeSpan.FromMinutes(1)), "it has begun");
            process.Kill();
            process.WaitForExit();
            Assert.That(process.ExitCode, Is.EqualTo(Killed), "it was to be killed before it was done");
        }

        Assert.That((Directory.Exists(partial), Directory.Exists(fixture.Tree)), Is.EqualTo((true, false)));
        if (verb == "unpack")
        {
            fixture.Unpack(source);
        }
        else
        {
            fixture.Apply(source);
        }

        Assert.That(SourceTreeFixture.Describe(fixture.Tree), Is.EqualTo(expected));
        Assert.That(Directory.Exists(partial), Is.False);
    }

    [Test]
    public void A_lock_of_a_persons_git_is_left_alone()
    {
        fixture.Apply(source);
        string head = fixture.Head;
        string index = fixture.PathOf(".git/index.lock");
        System.IO.File.WriteAllText(index, string.Empty);
        fixture.Apply(source); // nothing to write: no harm
        Assert.That(() => fixture.Apply(source, a), Throws.TypeOf<BuildException>().With.Message.Contains(index));
        Assert.That((fixture.Head, System.IO.File.Exists(index)), Is.EqualTo((head, true)));
        System.IO.File.Delete(index);
        fixture.Apply(source, a);
        Assert.That(fixture.Read("a.c"), Does.Contain("new"));
    }

    [Test]
    public void Two_runs_do_not_work_on_one_tree()
    {
        fixture.Apply(source);
        using (new FileStream(fixture.Tree + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.That(() => fixture.Apply(source, a), Throws.TypeOf<BuildException>().With.Message.Contains("another build is using"));
            Assert.That(() => fixture.Unpack(source), Throws.TypeOf<BuildException>().With.Message.Contains("another build is using"));
        }

        fixture.Apply(source, a);
    }

    private string Expected(params PatchFile[] patches)
    {
        fixture.Apply(source, patches);
        string head = fixture.Head;
        Directory.Delete(fixture.Paths.Artifacts, recursive: true);
        return head;
    }

    private void KillAtEachCommand(Action prepare, string expected, params PatchFile[] patches)
    {
        string count = Path.Combine(fixture.Folder, "count");
        for (int number = 1; ; number++)
        {
            prepare();
            System.IO.File.WriteAllText(count, "0");
            int code = new SourceTreeProcess(fixture)
                .WithGit(
                    $"n=$(($(cat '{count}') + 1)); echo $n > '{count}'\n"
                        + $"if [ $n -eq {number} ]; then kill -9 $PPID; exit 1; fi\nexec GIT \"$@\"")
                .Run("apply", source, patches);
            if (code == 0)
            {
                Assert.That(number, Is.GreaterThan(15), "so many commands were killed");
                return;
            }

            Assert.That(code, Is.EqualTo(Killed), $"command {number}");
            fixture.Apply(source, patches);
            Finished(expected, $"killed at command {number}");
        }
    }

    /// <summary>As git would die: its lock there, one file half written, one deleted, one new.</summary>
    private void KillInSwitch()
    {
        int code = new SourceTreeProcess(fixture)
            .WithGit(
                """
                case "$*" in
                *"read-tree -m -u"*)
                    : > .git/index.lock
                    printf 'a\nlong line of' > a.c
                    rm b.c
                    printf 'new\n' > new.c
                    kill -9 $PPID
                    exit 1;;
                esac
                exec GIT "$@"
                """)
            .Run("apply", source, a, b, made);
        Assert.That(code, Is.EqualTo(Killed));
    }

    private void Finished(string expected, string? when = null)
    {
        Assert.That(fixture.Head, Is.EqualTo(expected), when);
        Assert.That(fixture.Git("status", "--porcelain"), Is.Empty, when);
        Assert.That(fixture.Git("for-each-ref", "--format=%(refname)"), Is.EqualTo("refs/heads/qcw\nrefs/qcw/applied"), when);
        Assert.That(Directory.GetFiles(fixture.PathOf(".git"), "*.lock", SearchOption.AllDirectories), Is.Empty, when);
        Assert.That(Directory.GetDirectories(Path.GetDirectoryName(fixture.Tree)!), Is.EqualTo(new[] { fixture.Tree }), when);
    }
}
