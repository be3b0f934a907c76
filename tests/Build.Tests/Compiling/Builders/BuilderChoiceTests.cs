using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Host;
using Qcw.Build.Tests.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders;

[Platform("Linux")]
public sealed class BuilderChoiceTests
{
    private static readonly EngineState Linux = EngineState.Works("linux");
    private static readonly EngineState Stopped = EngineState.Fails("docker is installed and its daemon does not answer");

    private RecordingLog said = null!;

    [TearDown]
    public void TearDown() => said.Dispose();

    [SetUp]
    public void SetUp() => said = new RecordingLog();

    [TestCase("host", null)]
    [TestCase("auto", "builder: host (auto: the compilers are on this machine)\n")]
    public void The_host_compiles_where_it_can(string builder, string? message)
    {
        Assert.That(
            Choose(new BuilderOptions(builder, "auto", InstallTools: false), [], new FakeEngine("docker", Linux)),
            Is.EqualTo(ChosenBuilder.Host));
        Assert.That(said.Text, Is.EqualTo(message ?? string.Empty));
    }

    [Test]
    public void Auto_takes_a_container_where_the_compilers_are_missing()
    {
        ChosenBuilder chosen = Choose(
            new BuilderOptions("auto", "auto", InstallTools: false), ["mingw-w64", "ninja"], new FakeEngine("docker", Stopped),
            new FakeEngine("podman", Linux));
        Assert.That(chosen.Engine?.Name, Is.EqualTo("podman"));
        Assert.That(said.Text, Is.EqualTo("builder: container (auto: this machine lacks mingw-w64, ninja, and podman answers)\n"));
    }

    [Test]
    public void Auto_stays_on_the_host_where_tools_are_installed_on_request()
    {
        Assert.That(
            Choose(new BuilderOptions("auto", "auto", InstallTools: true), ["ninja"], new FakeEngine("docker", Linux)),
            Is.EqualTo(ChosenBuilder.Host));
        Assert.That(said.Text, Is.EqualTo("builder: host (auto: this machine lacks ninja, which --install-tools installs)\n"));
    }

    [Test]
    public void Auto_without_tools_and_engines_says_why_before_the_missing_tools_are_listed()
    {
        Assert.That(
            Choose(new BuilderOptions("auto", "auto", InstallTools: false), ["ninja"], new FakeEngine("docker", Stopped)),
            Is.EqualTo(ChosenBuilder.Host));
        Assert.That(
            said.Text,
            Is.EqualTo(
                "builder: host (auto: no container engine works: docker is installed and its daemon does not answer; "
                    + "podman is not installed (Debian: apt-get install podman))\n"));
    }

    [Test]
    public void Auto_prefers_docker() =>
        Assert.That(
            Choose(
                new BuilderOptions("container", "auto", InstallTools: false), [], new FakeEngine("podman", Linux),
                new FakeEngine("docker", Linux)
            ).Engine?.Name,
            Is.EqualTo("docker"));

    [TestCase(
        "auto",
        "no container engine works: docker is not installed (Debian: apt-get install docker.io); "
            + "podman is not installed (Debian: apt-get install podman)"
    )]
    [TestCase("podman", "no container engine works: podman is not installed (Debian: apt-get install podman)")]
    public void An_engine_that_is_not_installed_is_said(string engine, string message) =>
        Assert.That(
            () => Choose(new BuilderOptions("container", engine, InstallTools: false), []),
            Throws.TypeOf<UsageException>().With.Message.EqualTo(message));

    [Test]
    public void An_engine_of_windows_containers_does_not_do() =>
        Assert.That(
            () =>
                Choose(
                    new BuilderOptions("container", "docker", InstallTools: false),
                    [],
                    new FakeEngine("docker", EngineState.Works("windows"))),
            Throws
                .TypeOf<UsageException>()
                .With.Message.Contains("docker runs windows containers here")
                .And.Message.Contains("switch it to Linux containers"));

    [Test]
    public void A_windows_container_is_not_to_be_had_on_linux() =>
        Assert.That(
            () => Choose(new BuilderOptions("msys2", "auto", InstallTools: false), [], new FakeEngine("docker", Linux)),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "--builder=msys2 compiles in a Windows container, and container engines on Linux run Linux containers only: "
                        + "use --builder=container or --builder=host here"));

    private ChosenBuilder Choose(BuilderOptions options, string[] missing, params FakeEngine[] engines) =>
        new BuilderChoice(new EngineChoice(name => engines.FirstOrDefault(engine => engine.Name == name)), said.Log).Choose(
            options, () => missing);
}
