using Qcw.Build.Compiling;
using Qcw.Build.Steps;
using Qcw.Integration.Tests.Support;

namespace Qcw.Integration.Tests.Host;

/// <summary>The release of what was compiled with MSYS2, from the records that compiling leaves.</summary>
public sealed class Msys2ReleaseTests
{
    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        Stage("xz-5.4.1", "xz-5.4.1-windows-x86_64.zip", "bash 1-1\nmake 4.4-1");
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void It_lists_the_packages()
    {
        HostProcess.RunOk(folder.Path, "--target=ReleaseNotes", "--exclusive", "--line=debian12");
        HostProcess.RunOk(folder.Path, "--target=Checksums", "--exclusive", "--line=debian12");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(folder["release/msys2-packages.txt"]), Is.EqualTo("bash 1-1\nmake 4.4-1\n"));
            Assert.That(File.ReadAllText(folder["release/RELEASE-NOTES.md"]), Does.Contain("| `msys2-packages.txt` |"));
            Assert.That(File.ReadAllText(folder["release/SHA256SUMS"]), Does.Contain("  msys2-packages.txt\n"));
        }
    }

    [Test]
    public void Components_that_were_compiled_with_different_packages_are_no_release()
    {
        Stage("qemu-7.2.0", "qemu-7.2.0-windows-x86_64-setup.exe", "bash 1-1\nmake 4.4-2");
        Assert.That(
            HostProcess.Run(folder.Path, "--target=ReleaseNotes", "--exclusive", "--line=debian12").Output,
            Does.Contain("the components of this release were compiled with different packages of MSYS2: run --target=Release"));
    }

    private void Stage(string id, string artifact, string packages)
    {
        folder.Write("release/" + artifact, [1]);
        string stage = folder[$"stage/{id}-x86_64"];
        Directory.CreateDirectory(stage);
        Stamp.Write(stage, new Fingerprint().Add("toolchain", "msys2").Add(Compiler.PackagesInput, packages));
    }
}
