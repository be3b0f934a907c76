using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>The same with Podman, in a storage of the test's own.</summary>
public sealed class PodmanEngineTests
{
    private TemporaryFolder folder = null!;
    private EnvironmentVariable storage = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        string configuration = folder.Write(
            "storage.conf", $"[storage]\ndriver = \"overlay\"\ngraphroot = \"{folder["images"]}\"\nrunroot = \"{folder["run"]}\"\n");
        storage = new EnvironmentVariable("CONTAINERS_STORAGE_CONF", configuration);
    }

    [TearDown]
    public void TearDown()
    {
        ProcessRunner.Run(new ProcessRequest("podman", "image", "rm", "--all", "--force") { AllowFailure = true });
        // it leaves its folder mounted on itself; "podman system reset" would also remove the machine's networks
        ProcessRunner.Run(new ProcessRequest("umount", "--lazy", folder["images/overlay"]) { AllowFailure = true });
        storage.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Podman_builds_the_image_and_compiles_the_same_files()
    {
        string[] arguments =
        [
            "--target=ToolchainCompile",
            "--line=debian13",
            "--builder=container",
            "--engine=podman",
            "--container-base=" + ContainerFixture.BaseArchive,
        ];
        string output = HostProcess.RunOk(folder["artifacts"], arguments);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Match("podman builds qcw-build:[0-9a-f]{16}"));
            Assert.That(HashOf(folder["artifacts"]), Is.EqualTo(HashOf(HostXz.Artifacts)));
            Assert.That(
                HostProcess.RunOk(folder["artifacts"], arguments),
                Does.Match("container +image +qcw-build:[0-9a-f]{16}: up to date").And.Match(@"toolchain +compile +up to date"));
            Assert.That(ProcessRunner.Run(new ProcessRequest("podman", "ps", "--all", "--quiet")).StandardOutput, Is.Empty);
        }
    }

    private static string HashOf(string artifacts) =>
        Files.Sha256(Path.Combine(artifacts, "stage", "toolchain-1-x86_64", "bin", "libwinpthread-1.dll"));
}
