using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Tests.Compiling.Go;

public sealed class SourceViewTests
{
    private static readonly byte[] Content = [1, 2, 3];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeTree()
    {
        folder = new TemporaryFolder();
        folder.Write("source/go.mod", "module example.org/m\n");
        folder.Write("source/cmd/one/main.go", "package main\n");
        folder.Write("source/cmd/two/main.go", "package main\n");
        folder.Write("source/pkg/deep/file.go", "package deep\n");
        folder.Write("source/.git/HEAD", "ref: refs/heads/main\n");
        File.CreateSymbolicLink(At("source/link"), "go.mod");
    }

    [TearDown]
    public void DeleteTree() => folder.Dispose();

    [Test]
    public void It_shows_the_tree_and_the_additional_files()
    {
        Make("cmd/one/x.syso", "cmd/two/x.syso");

        Assert.That(
            Files("view"), Is.EqualTo(Files("source").Append("cmd/one/x.syso").Append("cmd/two/x.syso").Order(StringComparer.Ordinal)));
        Assert.That(File.ReadAllText(At("view/link")), Is.EqualTo("module example.org/m\n"));
        Assert.That(File.ReadAllBytes(At("view/cmd/one/x.syso")), Is.EqualTo(Content));
        Assert.That(File.Exists(At("source/cmd/one/x.syso")), Is.False);
        Assert.That(Directory.Exists(At("view/.git")), Is.False);
    }

    [Test]
    public void What_is_written_beside_the_additional_files_does_not_reach_the_tree()
    {
        Make("cmd/one/x.syso");
        File.WriteAllText(At("view/go.mod"), "changed");
        File.WriteAllText(At("view/cmd/one/main.go"), "changed");

        Assert.That(File.ReadAllText(At("source/go.mod")), Is.EqualTo("module example.org/m\n"));
        Assert.That(File.ReadAllText(At("source/cmd/one/main.go")), Is.EqualTo("package main\n"));
    }

    [Test]
    public void An_older_view_is_replaced_and_the_tree_stays()
    {
        Make("cmd/one/x.syso");
        Make("x.syso");

        Assert.That(File.Exists(At("view/cmd/one/x.syso")), Is.False);
        Assert.That(File.Exists(At("view/x.syso")));
        Assert.That(Files("source"), Does.Contain("cmd/two/main.go").And.Contain("pkg/deep/file.go"));
    }

    [Test]
    public void A_file_that_the_tree_has_is_not_replaced() =>
        Assert.That(
            () => Make("cmd/one/main.go"),
            Throws.InstanceOf<BuildException>().With.Message.Contains("cmd/one/main.go cannot be added"));

    [Test]
    public void A_folder_that_the_tree_lacks_is_named() =>
        Assert.That(() => Make("cmd/three/x.syso"), Throws.InstanceOf<BuildException>().With.Message.Contains("cmd/three"));

    [Test]
    public void It_does_not_stand_inside_of_the_tree() =>
        Assert.That(
            () => SourceView.Make(At("source"), At("source/view"), new Dictionary<string, byte[]>()),
            Throws.InstanceOf<BuildException>().With.Message.Contains("inside"));

    private void Make(params string[] additions) =>
        SourceView.Make(At("source"), At("view"), additions.ToDictionary(path => path, _ => Content));

    private string At(string path) => Path.Combine(folder.Path, path);

    private string[] Files(string name) => [.. List(new DirectoryInfo(At(name)), string.Empty).Order(StringComparer.Ordinal)];

    // Git's folder is not part of the tree
    private static IEnumerable<string> List(DirectoryInfo at, string prefix) =>
        at.EnumerateFiles()
            .Select(file => prefix + file.Name)
            .Concat(
                at.EnumerateDirectories().Where(below => below.Name != ".git").SelectMany(below => List(below, $"{prefix}{below.Name}/")));
}
