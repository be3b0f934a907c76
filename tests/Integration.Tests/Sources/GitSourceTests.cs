using Qcw.Build.Fetching;

namespace Qcw.Integration.Tests.Sources;

public sealed class GitSourceTests
{
    private SourceTreeFixture fixture = null!;
    private string upstream = null!;

    [SetUp]
    public void SetUp()
    {
        fixture = new SourceTreeFixture();
        upstream = Path.Combine(fixture.Folder, "upstream");
        Directory.CreateDirectory(Path.Combine(upstream, "vendor", "big"));
        Git("init", "--quiet");
        Git("config", "uploadpack.allowFilter", "true");
        Git("config", "uploadpack.allowAnySHA1InWant", "true");
        Write(".gitattributes", "* text eol=crlf\n*.c ident\n");
        Write("unix.c", "/* $Id$ */\n");
        Write("run", "#!/bin/sh\n");
        SourceTreeFixture.SetExecutable(Path.Combine(upstream, "run"), true);
        Write("vendor/big/binding.c", "big\n");
        Write("vendor/small.c", "small\n");
        File.CreateSymbolicLink(Path.Combine(upstream, "link"), "unix.c");
        Commit();
    }

    [TearDown]
    public void TearDown() => fixture.Dispose();

    [Test]
    public void Imports_the_files_of_the_commit_byte_for_byte()
    {
        fixture.Apply(Shallow());
        Assert.That(fixture.Git("rev-parse", "HEAD^{tree}"), Is.EqualTo(Git("rev-parse", "HEAD^{tree}")));
        Assert.That(fixture.Read("unix.c"), Is.EqualTo("/* $Id$ */\n"));
        Assert.That(fixture.Read("link"), Is.EqualTo("/* $Id$ */\n"));
        Assert.That(new FileInfo(fixture.PathOf("run")).UnixFileMode.HasFlag(UnixFileMode.UserExecute));
        Assert.That(File.GetLastWriteTimeUtc(fixture.PathOf("unix.c")), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(SourceTreeFixture.Epoch)));
        Assert.That(fixture.Git("rev-list", "--count", "HEAD"), Is.EqualTo("1"), "nothing of upstream's history");
    }

    [Test]
    public void Leaves_out_what_the_patterns_leave_out_though_the_repository_lacks_it()
    {
        FetchedSource source = Shallow("/*", "!/vendor/big/");
        Directory.Delete(upstream, recursive: true); // nothing can be asked for
        fixture.Apply(source);
        Assert.That(fixture.Git("ls-files").Split('\n'), Is.EqualTo(new[] { ".gitattributes", "link", "run", "unix.c", "vendor/small.c" }));
        string head = fixture.Head;
        Assert.That(Directory.GetFileSystemEntries(source.Path, "index*"), Is.Empty, "the repository is only read");

        fixture.Unpack(source);
        Assert.That(File.Exists(fixture.PathOf("vendor/small.c")));
        Assert.That(Directory.Exists(fixture.PathOf(".git")), Is.False);
        fixture.Apply(source);
        Assert.That(fixture.Head, Is.EqualTo(head));
    }

    [Test]
    public void Says_what_is_missing_and_leaves_nothing()
    {
        FetchedSource source = Shallow("/*", "!/vendor/big/");
        Directory.Delete(upstream, recursive: true);
        SetSource(source.ContentHash);
        Assert.That(() => fixture.Apply(source), Throws.TypeOf<BuildException>().With.Message.Contains(source.Path));
        SetSource(new string('0', 39) + "1");
        Assert.That(() => fixture.Apply(source), Throws.TypeOf<BuildException>().With.Message.Contains(new string('0', 39) + "1"));
        Assert.That(Directory.GetDirectories(Path.GetDirectoryName(fixture.Tree)!), Is.Empty);
    }

    [Test]
    public void Imports_anew_when_the_patterns_change()
    {
        FetchedSource source = Shallow();
        fixture.Apply(source);
        SetSource(source.ContentHash, "/unix.c");
        fixture.Apply(source);
        Assert.That(fixture.Git("ls-files"), Is.EqualTo("unix.c"));
        Assert.That(File.Exists(fixture.PathOf("run")), Is.False);
    }

    [Test]
    public void Refuses_links_that_leave_the_tree()
    {
        File.CreateSymbolicLink(Path.Combine(upstream, "evil"), "../../etc");
        Commit();
        FetchedSource source = Shallow();
        Assert.That(() => fixture.Apply(source), Throws.TypeOf<BuildException>().With.Message.Contains("evil"));
        Assert.That(Directory.GetDirectories(Path.GetDirectoryName(fixture.Tree)!), Is.Empty);
        SetSource(source.ContentHash, "/*", "!/evil");
        fixture.Apply(source);
        Assert.That(Path.Exists(fixture.PathOf("evil")), Is.False);
    }

    [Test]
    public void Leaves_out_submodules()
    {
        Git("update-index", "--add", "--cacheinfo", "160000," + Git("rev-parse", "HEAD") + ",sub");
        Git("commit", "--quiet", "-m", "with a submodule");
        fixture.Apply(Shallow());
        Assert.That(fixture.Git("ls-tree", "-r", "HEAD"), Does.Not.Contain("160000"));
        Assert.That(fixture.Git("status", "--porcelain"), Is.Empty);
    }

    private string Git(params string[] arguments) => TestRepository.Git(upstream, arguments);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(upstream, name), text);

    private void Commit()
    {
        Git("-c", "core.safecrlf=false", "add", "--all");
        Git("commit", "--quiet", "-m", "upstream");
    }

    /// <summary>What the fetch phase leaves: a bare repository with one commit, without the blobs that are not read.</summary>
    private FetchedSource Shallow(params string[] sparse)
    {
        string commit = Git("rev-parse", "HEAD");
        string bare = Path.Combine(fixture.Folder, "bare.git");
        TestRepository.Git(fixture.Folder, "init", "--quiet", "--bare", bare);
        if (sparse.Length == 0)
        {
            TestRepository.Git(bare, "fetch", "--quiet", "--depth=1", upstream, commit);
        }
        else
        {
            TestRepository.Git(bare, "remote", "add", "origin", "file://" + upstream);
            TestRepository.Git(bare, "config", "remote.origin.promisor", "true");
            TestRepository.Git(bare, "fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin", commit);

            // reading these files makes git fetch them
            foreach (string line in Git("ls-tree", "-r", commit)
                    .Split('\n')
                    .Where(line => !line.Contains("vendor/big", StringComparison.Ordinal)))
            {
                TestRepository.Git(bare, "cat-file", "-e", line.Split(' ', '\t')[2]);
            }
        }

        SetSource(commit, sparse);
        return new FetchedSource(FetchedKind.GitRepository, bare, commit) { Source = fixture.Component.Source };
    }

    private void SetSource(string commit, params string[] sparse) =>
        fixture.Component = fixture.Component with { Source = new GitSource(new Uri("https://localhost/x.git"), commit, sparse) };
}
