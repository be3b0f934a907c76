using Qcw.Integration.Tests.Host;

namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>
/// XZ Utils compiled in a container, through the whole host. It is interrupted elsewhere than the host's own compilation: what goes wrong
/// afterwards would be seen in the bytes.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class ContainerXzTests
{
    private static readonly string[] Xz = ["--target=XzCompile", "--line=debian13", "--builder=container", "--engine=docker"];

    private TemporaryFolder folder = null!;

    [SetUp]
    public void SetUp() => folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void Killed_and_stopped_in_the_middle_it_leaves_no_container_and_ends_with_the_files_that_the_host_compiles()
    {
        using (HostProcess killed = StartedConfiguring())
        {
            killed.Kill();
        }

        string[] leftovers = ContainerFixture.Daemon.Containers("xz-"); // another may look for packages
        Assert.That(leftovers, Has.Length.EqualTo(1), "a container outlives the program that started it");
        using (HostProcess stopped = StartedConfiguring())
        {
            string[] running = ContainerFixture.Daemon.Containers("xz-");
            Assert.That(stopped.Output, Does.Contain($"removed the container {leftovers[0]}, left by a build that was killed"));
            Assert.That(running, Has.Length.EqualTo(1).And.Not.EqualTo(leftovers));
            stopped.Terminate();
            Assert.That(ContainerFixture.Daemon.Containers(), Is.Empty, "who is asked to stop takes the container along");
        }

        string output = HostProcess.RunOk(folder.Path, Xz);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Not.Contain("removed the container"));
            Assert.That(FilesOf(folder.Path), Is.EqualTo(FilesOf(HostXz.Artifacts)), "the same bytes");
            Assert.That(
                Stamp.Read(Stage(folder.Path))!.Inputs, Is.EqualTo(Stamp.Read(Stage(HostXz.Artifacts))!.Inputs), "from the same inputs");
            Assert.That(ContainerFixture.Daemon.Containers(), Is.Empty);
        }

        Assert.That(
            HostProcess.RunOk(folder.Path, "--target=XzCompile", "--line=debian13", "--builder=host"),
            Does.Match(@"xz +compile +up to date"));
    }

    private HostProcess StartedConfiguring() => HostXz.Started(folder, "configure", 360, Xz);

    private static string Stage(string artifacts) => Path.Combine(artifacts, "stage", "xz-5.8.1-x86_64");

    /// <summary>Every file by its path in the stage, with the hash of its bytes and who may run it.</summary>
    private static string[] FilesOf(string artifacts) =>
    [
        .. Directory.GetFiles(Stage(artifacts), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(artifacts, file)} {Files.Sha256(file)} {File.GetUnixFileMode(file)}"),
    ];
}
