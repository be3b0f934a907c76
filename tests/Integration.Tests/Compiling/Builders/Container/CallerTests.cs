namespace Qcw.Integration.Tests.Compiling.Builders.Container;

/// <summary>Another user than root.</summary>
public sealed class CallerTests
{
    private HostCopy host = null!;

    [OneTimeSetUp]
    public void SetUp() => host = new HostCopy();

    [OneTimeTearDown]
    public void TearDown()
    {
        Mode("600");
        host.Dispose();
    }

    [Test]
    public void What_is_compiled_belongs_to_the_caller()
    {
        Mode("666");
        ProcessResult result = host.Run("--target=ToolchainCompile", "--builder=container", "--engine=docker");
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Path.Combine(host.Artifacts, "stage", "toolchain-1-x86_64", "bin", "libwinpthread-1.dll"), Does.Exist);
            Assert.That(host.FilesOfOthers(), Is.Empty);
        }
    }

    [Test]
    public void Who_may_not_talk_to_the_daemon_is_told_what_to_do()
    {
        Mode("600");
        ProcessResult result = host.Run("--target=ToolchainCompile", "--builder=container", "--engine=docker");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(
                result.StandardError,
                Does.Contain(
                    "error: no container engine works: this user is not allowed to talk to docker's daemon: join the group docker"));
        }
    }

    [Test]
    public void A_base_image_is_made_by_root_only()
    {
        Mode("666");
        ProcessResult result = host.Run("--target=ContainerBase", "--engine=docker");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(
                result.StandardOutput + result.StandardError,
                Does.Contain("debootstrap needs root, and this is another user (sudo ./build.sh --target=ContainerBase)"));
        }
    }

    private static void Mode(string mode) =>
        ProcessRunner.Run(new ProcessRequest("chmod", mode, ContainerFixture.Daemon.Socket));
}
