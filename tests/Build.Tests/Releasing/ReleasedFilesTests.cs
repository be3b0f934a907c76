using Qcw.Build.Releasing;

namespace Qcw.Build.Tests.Releasing;

public sealed class ReleasedFilesTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void MakeRelease()
    {
        folder = new TemporaryFolder();
        folder.Write("a.msi", "a");
        ReleaseChecksums.Write(folder.Path);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void The_checksum_is_that_of_the_file() =>
        Assert.That(HashOf("a.msi"), Is.EqualTo("ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"));

    [Test]
    public void A_missing_file_comes_with_the_target_that_makes_it() =>
        AssertRefused("b.msi", "b.msi is not in", "--target=PodmanInstaller");

    [Test]
    public void A_file_that_the_checksums_do_not_cover_is_refused()
    {
        folder.Write("b.msi", "b");
        AssertRefused("b.msi", "does not list b.msi", "--target=Checksums");
    }

    [Test]
    public void A_file_that_is_not_the_one_of_the_checksums_is_refused_with_both()
    {
        folder.Write("a.msi", "b");
        AssertRefused("a.msi", "expected: ca978112", "got:      3e23e816");
    }

    [Test]
    public void A_folder_without_checksums_is_refused()
    {
        File.Delete(Path.Combine(folder.Path, "SHA256SUMS"));
        AssertRefused("a.msi", "has no SHA256SUMS", "--target=Checksums");
    }

    [Test]
    public void Damaged_checksums_are_refused()
    {
        folder.Write("SHA256SUMS", "nonsense\n");
        AssertRefused("a.msi", "found \"nonsense\", expected a sha256", "SHA256SUMS");
    }

    private string HashOf(string name) => new ReleasedFiles(folder.Path).HashOf(name, "PodmanInstaller");

    private void AssertRefused(string name, params string[] parts) =>
        Assert.That(() => HashOf(name), Throws.TypeOf<BuildException>().With.Message.Contains(parts[0]).And.Message.Contains(parts[1]));
}
