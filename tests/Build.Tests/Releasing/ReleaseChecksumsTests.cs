using Qcw.Build.Releasing;

namespace Qcw.Build.Tests.Releasing;

public sealed class ReleaseChecksumsTests
{
    [Test]
    public void Names_are_bare_sorted_by_bytes_and_end_in_LF()
    {
        using var folder = new TemporaryFolder();
        folder.Write("b.zip", "b");
        folder.Write("a.exe", "a");
        folder.Write("B.txt", string.Empty);
        ReleaseChecksums.Write(folder.Path);
        string[] lines = File.ReadAllText(Path.Combine(folder.Path, "SHA256SUMS")).Split('\n');
        Assert.That(lines, Is.EqualTo(
        [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  B.txt",
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb  a.exe",
            "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d  b.zip",
            string.Empty,
        ]));
    }

    [Test]
    public void The_sums_do_not_cover_themselves()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", "a");
        ReleaseChecksums.Write(folder.Path);
        string first = File.ReadAllText(Path.Combine(folder.Path, "SHA512SUMS"));
        Assert.That(ReleaseChecksums.Write(folder.Path), Is.EqualTo(1));
        Assert.That(File.ReadAllText(Path.Combine(folder.Path, "SHA512SUMS")), Is.EqualTo(first));
    }

    [Test]
    public void Signatures_stay_as_long_as_they_fit()
    {
        using var folder = new TemporaryFolder();
        folder.Write("a", "a");
        ReleaseChecksums.Write(folder.Path);
        string[] signatures = [.. ReleaseSignatures.FileNames.Select(name => folder.Write(name, "signature"))];
        Assert.That(ReleaseChecksums.Write(folder.Path), Is.EqualTo(1), "they are not covered");
        Assert.That(signatures, Is.All.Exist);
        folder.Write("a", "b");
        ReleaseChecksums.Write(folder.Path);
        Assert.That(signatures, Has.None.Exist);
    }

    [Test]
    public void An_empty_folder_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => ReleaseChecksums.Write(folder.Path), Throws.TypeOf<BuildException>().With.Message.Contains("--target=Release"));
        Assert.That(
            () => ReleaseChecksums.Write(Path.Combine(folder.Path, "none")),
            Throws.TypeOf<BuildException>().With.Message.Contains("--target=Release"));
    }
}
