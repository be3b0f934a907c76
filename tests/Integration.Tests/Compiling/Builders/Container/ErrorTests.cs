using System.Diagnostics;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>What goes wrong with containers, as a person at the command line meets it.</summary>
public sealed class ErrorTests
{
    private const string NoDigits = "0000000000000000000000000000000000000000000000000000000000000000";

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [TestCase(
        "--builder=msys2", 2,
        "error: --builder=msys2 compiles in a Windows container, and container engines on Linux run Linux containers only")]
    [TestCase("--container-base=debian:12", 2, "error: --container-base: \"debian:12\" has no digest")]
    [TestCase(
        "--container-base=qcw-base:nosuch", 2,
        "--container-base: docker has no image qcw-base:nosuch; \"docker images\" lists the ones that it has")]
    [TestCase(
        "--container-base=localhost:9/debian@sha256:" + NoDigits, 1,
        "the registry cannot be reached or does not have it: where no registry can be reached, --target=ContainerBase makes")]
    public void One_sentence_within_seconds(string argument, int exitCode, string message)
    {
        var clock = Stopwatch.StartNew();
        (int code, string output) = HostProcess.Run(
            folder.Path,
            [
                "--target=XzCompile",
                "--line=debian13",
                "--engine=docker",
                .. argument.StartsWith("--builder", StringComparison.Ordinal) ? (string[])[argument] : ["--builder=container", argument],
            ]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(exitCode), output);
            Assert.That(output, Does.Contain(message));
            Assert.That(output, Does.Not.Contain("xz-utils_"), "nothing is fetched before");
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(20)));
        }
    }

    [Test]
    public void A_daemon_that_does_not_run()
    {
        using var nobody = new EnvironmentVariable("DOCKER_HOST", "unix://" + folder["no.sock"]);
        (int code, string output) = HostProcess.Run(
            folder.Path, "--target=XzCompile", "--line=debian13", "--builder=container", "--engine=docker");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(
                output,
                Does.Contain(
                    "error: no container engine works: docker is installed and its daemon does not answer: "
                        + "start it (sudo systemctl start docker), or set DOCKER_HOST to where it listens"));
        }
    }

    [Test]
    public void A_disk_that_is_full()
    {
        Directory.CreateDirectory(folder["small"]);
        ProcessRunner.Run(new ProcessRequest("mount", "-t", "tmpfs", "-o", "size=330m", "tmpfs", folder["small"]));
        try
        {
            using var daemon = new DockerDaemon(folder["small"]);
            using var host = new EnvironmentVariable("DOCKER_HOST", daemon.Host);
            (int code, string output) = HostProcess.Run(
                folder["artifacts"], "--target=XzCompile", "--line=debian13", "--builder=container", "--engine=docker",
                "--container-base=" + ContainerFixture.BaseArchive);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(code, Is.EqualTo(1));
                Assert.That(
                    output,
                    Does.Match(
                        "docker could not build the image qcw-build:[0-9a-f]{16}: "
                            + "the disk that holds its images is full: make room there"));
            }
        }
        finally
        {
            ProcessRunner.Run(new ProcessRequest("umount", "--lazy", folder["small"]));
        }
    }

    [Test]
    public void Doctor_says_what_engines_there_are() =>
        Assert.That(
            HostProcess.Run(folder.Path, "--target=Doctor", "--line=debian13", "--for=XzArchive", "--offline").Output,
            Does.Contain("docker answers and runs linux containers"));

    [Test]
    public void The_base_image_is_made_once()
    {
        string output = HostProcess.RunOk(
            Path.GetDirectoryName(Path.GetDirectoryName(ContainerFixture.BaseArchive))!, "--target=ContainerBase", "--line=debian13",
            "--engine=docker");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ContainerFixture.BaseOutput, Does.Contain("docker now has qcw-base:bookworm, made from"));
            Assert.That(output, Does.Match("container +base +up to date"));
        }
    }
}
