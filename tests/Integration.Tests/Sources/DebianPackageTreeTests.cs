using Qcw.Build.Sources.Archives;

namespace Qcw.Integration.Tests.Sources;

/// <summary>Debian packages that are unpacked into one folder, with their links.</summary>
public sealed class DebianPackageTreeTests
{
    private TemporaryFolder folder = null!;

    private string Root => folder["root"];

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Links_lead_from_one_package_into_the_other()
    {
        string first = new TestPackage(folder, "first").File("usr/lib/go/bin/go", "#!/bin/sh\necho it runs\n", executable: true)
            .Link("usr/lib/go/src", "../../share/go/src").Link("usr/lib/go/doc", "/usr/share/doc/go").Build("first.deb");
        string second = new TestPackage(folder, "second").File("usr/share/go/src/a.go", "package a")
            .File("usr/share/doc/go/copyright", "a licence").Build("second.deb");
        folder.Write("root/old", "of another version");

        Unpack(first, second);

        Assert.That(File.ReadAllText(Path.Combine(Root, "usr/lib/go/src/a.go")), Is.EqualTo("package a"));
        Assert.That(File.ReadAllText(Path.Combine(Root, "usr/lib/go/doc/copyright")), Is.EqualTo("a licence"));
        Assert.That(new FileInfo(Path.Combine(Root, "usr/lib/go/doc")).LinkTarget, Is.EqualTo("../../share/doc/go"));
        Assert.That(
            ProcessRunner.Run(new ProcessRequest(Path.Combine(Root, "usr/lib/go/bin/go"))).StandardOutput, Is.EqualTo("it runs\n"));
        Assert.That(Path.Combine(Root, "old"), Does.Not.Exist);
    }

    [Test]
    public void The_tree_can_be_moved()
    {
        Unpack(new TestPackage(folder, "first").File("etc/a", "text").Link("usr/lib/a", "/etc/a").Build("first.deb"));

        Directory.Move(Root, folder["elsewhere"]);

        Assert.That(File.ReadAllText(folder["elsewhere/usr/lib/a"]), Is.EqualTo("text"));
    }

    [TestCase("../../../outside")]
    [TestCase("../../root/../..")]
    public void A_link_out_of_the_folder_is_refused(string target)
    {
        string package = new TestPackage(folder, "first").Link("usr/link", target).Build("first.deb");

        Assert.That(() => Unpack(package), Throws.TypeOf<BuildException>().With.Message.EqualTo(
            $"first.deb: the link usr/link is refused: it points outside the tree (to {target})"));
    }

    [Test]
    public void Nothing_is_written_through_an_absolute_link_of_an_earlier_package()
    {
        string target = folder.Create("outside");
        string first = new TestPackage(folder, "first").Link("usr/lib", target).Build("first.deb");
        string second = new TestPackage(folder, "second").File("usr/lib/file", "text").Build("second.deb");

        Assert.That(() => Unpack(first, second), Throws.Nothing.Or.TypeOf<ProcessFailedException>());

        Assert.That(Directory.EnumerateFileSystemEntries(target), Is.Empty);
    }

    [Test]
    public void A_file_that_is_no_package_fails_with_dpkgs_own_words()
    {
        string file = folder.Write("first.deb", "<html>");

        Assert.That(() => Unpack(file), Throws.TypeOf<ProcessFailedException>().With.Message.Contains("first.deb"));
    }

    private void Unpack(params string[] packages) => DebianPackageTree.Unpack(packages, Root, folder["unpack.log"]);
}
