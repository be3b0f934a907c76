namespace Qcw.Build.Tests.Core;

public sealed class FolderProblemsTests
{
    [Test]
    public void A_file_where_a_folder_is_needed_is_named()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("file", "text");
        Assert.That(
            () => FolderProblems.RequireWritable(Path.Combine(file, "below")),
            Throws.TypeOf<BuildException>().With.Message.Contains($"{file} is a file, and a folder is needed"));
    }

    [Test]
    [Platform("Linux")]
    public void A_full_disk_is_called_so() =>
        Assert.That(
            FolderProblems.Explain(new IOException("No space left on device : '/proc/x'", 28)),
            Does.StartWith("/proc/x cannot be written: ").And.Contain("is full: make room there"));

    [Test]
    public void An_error_that_quotes_no_path_is_left_as_it_is() =>
        Assert.That(FolderProblems.Explain(new IOException("the pipe's end is 'broken'")), Is.Null);

    [Test]
    public void What_can_be_used_is_left_as_it_is()
    {
        using var folder = new TemporaryFolder();
        FolderProblems.RequireWritable(folder["new/folder"], depth: 1);
        FolderProblems.RequirePrograms(folder["new/folder"]);
        Assert.That(Directory.EnumerateFileSystemEntries(folder["new/folder"]), Is.Empty);
    }

    [Test]
    public void What_has_no_room_is_refused_with_both_figures()
    {
        using var folder = new TemporaryFolder();
        DiskSpace.Require(folder.Path, 1, "a step");
        Assert.That(
            () => DiskSpace.Require(folder["not/yet/there"], long.MaxValue, "a step"),
            Throws.TypeOf<BuildException>().With.Message.StartWith("a step needs about ")
                .And.Message.Contains($"the file system of {folder.Path} has ").And.Message.Contains("make room there"));
    }
}
