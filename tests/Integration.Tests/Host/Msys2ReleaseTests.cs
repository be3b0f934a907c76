using Qcw.Build.Packaging;

namespace Qcw.Integration.Tests.Host;

/// <summary>The release of what was compiled with MSYS2, from the facts that travel with its files.</summary>
public sealed class Msys2ReleaseTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        Add("xz-5.8.1-windows-x86_64.zip", "bash 1-1\nmake 4.4-1");
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void It_lists_the_packages()
    {
        HostProcess.RunOk(folder.Path, "--target=ReleaseNotes", "--exclusive", "--line=debian13");
        HostProcess.RunOk(folder.Path, "--target=Checksums", "--exclusive", "--line=debian13");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(folder["release/msys2-packages.txt"]), Is.EqualTo("bash 1-1\nmake 4.4-1\n"));
            Assert.That(File.ReadAllText(folder["release/RELEASE-NOTES.md"]), Does.Contain("| `msys2-packages.txt` |"));
            Assert.That(File.ReadAllText(folder["release/SHA256SUMS"]), Does.Contain("  msys2-packages.txt\n"));
        }
    }

    [Test]
    public void Files_that_were_compiled_with_different_packages_are_no_release()
    {
        Add("qemu-10.0.13-windows-x86_64-setup.exe", "bash 1-1\nmake 4.4-2");
        Assert.That(
            HostProcess.Run(folder.Path, "--target=ReleaseNotes", "--exclusive", "--line=debian13").Output,
            Does.Contain("the files of this release were compiled with different packages of MSYS2: make them again with the same ones"));
    }

    private void Add(string name, string packages)
    {
        folder.Write("release/" + name, [1]);
        new ArtifactRecord(
            name, new string('0', 64), 1, "xz", "1", new string('1', 64), new Provenance { Msys2Packages = packages.Split('\n') }, [],
            new string('0', 128), ArtifactDetails.None)
            .Write(folder[$"facts/{name}.json"]);
    }
}
