using System.Runtime.Versioning;

namespace Qcw.Build.Tests.Core;

public sealed class FilesTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_file_is_written_into_folders_that_are_missing_and_nothing_stands_beside_it()
    {
        string path = At("new/folder/a.txt");
        Files.Write(path, "ä\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(path), Is.EqualTo("ä\n"u8.ToArray()), "UTF-8, no mark, line ends as given");
            Assert.That(Names("new/folder"), Is.EqualTo(["a.txt"]));
        }
    }

    [Test]
    public void A_failed_write_leaves_the_old_file_and_no_partial_one()
    {
        string path = folder.Write("a.txt", "old");
        Assert.That(
            () => Files.Write(path, file =>
            {
                file.Write("half of the new"u8);
                throw new BuildException("broken");
            }),
            Throws.TypeOf<BuildException>().With.Message.EqualTo("broken"));
        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Names("."), Is.EqualTo(["a.txt"]));
    }

    [Test]
    public void A_place_that_cannot_be_written_leaves_no_partial_file()
    {
        Directory.CreateDirectory(At("a"));
        Assert.That(
            () => Files.Write(At("a"), "text"),
            Throws.InstanceOf<IOException>().Or.InstanceOf<UnauthorizedAccessException>(),
            "a folder has the name");
        Assert.That(Directory.GetFiles(folder.Path), Is.Empty);
        Assert.That(Directory.Exists(At("a")));
    }

    [Test]
    public void What_a_killed_run_left_does_not_get_into_the_next_file()
    {
        folder.Write("a.partial", new string('x', 1000));
        Files.Write(At("a"), "new");
        Assert.That(File.ReadAllText(At("a")), Is.EqualTo("new"));
        Assert.That(Names("."), Is.EqualTo(["a"]));
    }

    [Test]
    public void Of_two_writers_of_one_file_the_second_fails_and_the_first_is_not_disturbed()
    {
        Files.Write(At("a"), file =>
        {
            file.Write("fir"u8);
            Assert.That(() => Files.Write(At("a"), "second"), Throws.InstanceOf<IOException>());
            file.Write("st"u8);
        });
        Assert.That(File.ReadAllText(At("a")), Is.EqualTo("first"));
    }

    [Test]
    [Platform("Linux,Unix")]
    [UnsupportedOSPlatform("windows")]
    public void A_secret_can_be_read_by_its_owner_only()
    {
        folder.Write("a.partial", "readable, as a killed run may have left it");
        Files.Write(At("a"), "password", secret: true);
        Assert.That(File.GetUnixFileMode(At("a")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public void A_copy_of_other_bytes_than_expected_changes_nothing()
    {
        string source = folder.Write("source", "damaged");
        string target = folder.Write("target", "old");
        Assert.That(
            () => Files.Copy(source, target, new string('0', 64)),
            Throws.TypeOf<BuildException>().With.Message.Contains(source)
                .And.Message.Contains(new string('0', 64)).And.Message.Contains(Files.Sha256(source)));
        Assert.That(File.ReadAllText(target), Is.EqualTo("old"));
        Assert.That(Names("."), Is.EqualTo(["source", "target"]));
        Files.Copy(source, target, Files.Sha256(source));
        Assert.That(Files.SameBytes(source, target));
    }

    [Test]
    [Platform("Linux,Unix")]
    [UnsupportedOSPlatform("windows")]
    public void A_copy_keeps_the_mode_and_can_be_replaced()
    {
        string source = folder.Write("source", "program");
        File.SetUnixFileMode(source, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Files.Copy(source, At("target"));
        Assert.That(
            File.GetUnixFileMode(At("target")),
            Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [TestCase(false, false), TestCase(false, true), TestCase(true, false), TestCase(true, true)]
    public void What_was_made_replaces_a_file_and_a_folder(bool madeFolder, bool targetFolder)
    {
        Make("made", madeFolder, "new");
        Make("target", targetFolder, "old");
        Files.Replace(At("made"), At("target"));
        Assert.That(File.ReadAllText(madeFolder ? At("target/file") : At("target")), Is.EqualTo("new"));
        Assert.That(Path.Exists(At("made")), Is.False);
    }

    [Test]
    public void The_hash_is_that_of_the_bytes() =>
        Assert.That(Files.Sha256(folder.Write("a", "abc")), Is.EqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));

    [TestCase(0, 0, true), TestCase(1, 1, true), TestCase(1, 2, false), TestCase(300_000, 300_000, true), TestCase(300_000, 299_999, false)]
    public void Files_of_the_same_bytes_are_told_from_others(int one, int other, bool same)
    {
        string left = folder.Write("left", new string('x', one));
        string right = folder.Write("right", new string('x', other));
        Assert.That(Files.SameBytes(left, right), Is.EqualTo(same));
        File.AppendAllText(left, "1");
        File.AppendAllText(right, "2");
        Assert.That(Files.SameBytes(left, right), Is.False, "the last byte differs");
    }

    [Test]
    public void Deleting_takes_links_and_read_only_files_but_not_what_links_point_to()
    {
        string kept = folder.Write("kept/file", "kept");
        string inner = folder.Write("tree/deep/file", "text");
        File.SetAttributes(inner, FileAttributes.ReadOnly);
        Directory.CreateSymbolicLink(At("tree/link"), At("kept"));
        Directory.CreateSymbolicLink(At("link"), At("kept"));
        File.CreateSymbolicLink(At("dangling"), At("nowhere"));
        foreach (string name in (string[])["tree", "link", "dangling", "never there"])
        {
            Files.Delete(At(name));
        }

        Assert.That(Names("."), Is.EqualTo(["kept"]));
        Assert.That(File.ReadAllText(kept), Is.EqualTo("kept"));
    }

    private string At(string name) => Path.Combine(folder.Path, name);

    private IEnumerable<string?> Names(string name) =>
        Directory.GetFileSystemEntries(At(name)).Select(Path.GetFileName).Order(StringComparer.Ordinal);

    private void Make(string name, bool isFolder, string text) => folder.Write(isFolder ? name + "/file" : name, text);
}
