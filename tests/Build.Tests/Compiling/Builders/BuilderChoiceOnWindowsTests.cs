using Qcw.Build.Compiling.Builders;
using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Host;
using Qcw.Build.Tests.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders;

/// <summary>What is chosen on Windows, said to be one.</summary>
[Platform("Linux", Reason = "how an engine is installed is said for the system at hand")]
public sealed class BuilderChoiceOnWindowsTests
{
    private static readonly EngineState Windows = EngineState.Works("windows");
    private static readonly EngineState Linux = EngineState.Works("linux");
    private static readonly Msys2Shell Shell = new(@"C:\msys64");

    private RecordingLog said = null!;

    [TearDown]
    public void TearDown() => said.Dispose();

    [SetUp]
    public void SetUp() => said = new RecordingLog();

    [Test]
    public void Auto_takes_windows_containers_where_an_engine_runs_them()
    {
        ChosenBuilder chosen = Choose("auto", Shell, new FakeEngine("docker", Windows));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (chosen.Engine?.Name, chosen.Shell, chosen.IsMsys2, chosen.NeedsHostTools),
                Is.EqualTo(("docker", (Msys2Shell?)null, true, false)));
            Assert.That(said.Text, Is.EqualTo("builder: msys2 (auto: docker answers and runs Windows containers)\n"));
        }
    }

    [Test]
    public void Auto_takes_the_shell_where_no_engine_does()
    {
        ChosenBuilder chosen = Choose("auto", Shell, new FakeEngine("docker", Linux));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                (chosen.Engine, chosen.Shell, chosen.IsMsys2, chosen.NeedsHostTools),
                Is.EqualTo(((IContainerEngine?)null, Shell, true, false)));
            Assert.That(
                said.Text,
                Is.EqualTo(
                    "builder: host (auto: MSYS2 is in C:\\msys64; no container engine works: docker runs linux containers here, "
                        + "and MSYS2 needs Windows ones: switch it to Windows containers (Docker Desktop: "
                        + "\"Switch to Windows containers\" in its menu); podman is not installed (Debian: apt-get install podman))\n"));
        }
    }

    [Test]
    public void Auto_without_both_names_both() =>
        Assert.That(
            () => Choose("auto", null),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "there is nothing to compile with: no container engine works: docker is not installed (Debian: "
                        + "apt-get install docker.io); podman is not installed (Debian: apt-get install podman); "
                        + "and there is no MSYS2 in C:\\msys64: install it from https://www.msys2.org, or set MSYS2_ROOT to its folder"));

    [Test]
    public void The_shell_is_taken_when_it_is_asked_for() =>
        Assert.That(Choose("host", Shell, new FakeEngine("docker", Windows)).Shell, Is.EqualTo(Shell));

    [Test]
    public void A_shell_that_is_not_there_is_said() =>
        Assert.That(
            () => Choose("host", null),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "--builder=host compiles in MSYS2 on Windows: there is no MSYS2 in C:\\msys64: "
                        + "install it from https://www.msys2.org, or set MSYS2_ROOT to its folder"));

    [Test]
    public void Msys2_needs_an_engine_in_windows_mode() =>
        Assert.That(
            () => Choose("msys2", Shell, "docker", new FakeEngine("docker", Linux)),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "no container engine works: docker runs linux containers here, and MSYS2 needs Windows ones: "
                        + "switch it to Windows containers (Docker Desktop: \"Switch to Windows containers\" in its menu)"));

    [Test]
    public void A_linux_container_is_not_to_be_had_from_an_engine_in_windows_mode() =>
        Assert.That(
            () => Choose("container", Shell, "docker", new FakeEngine("docker", Windows)),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "no container engine works: docker runs windows containers here, and the compilers' image is for Linux: "
                        + "switch it to Linux containers, or use --builder=msys2, which needs Windows ones"));

    [Test]
    public void A_linux_container_has_no_paths_of_windows() =>
        Assert.That(
            () => Choose("container", Shell, new FakeEngine("docker", Linux)),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "--builder=container uses the paths of this host inside a Linux container, where C:\\ does not exist: "
                        + "run build.sh inside WSL, where docker works too, or use --builder=msys2 with Windows containers"));

    private ChosenBuilder Choose(string builder, Msys2Shell? shell, params FakeEngine[] engines) => Choose(builder, shell, "auto", engines);

    private ChosenBuilder Choose(string builder, Msys2Shell? shell, string engine, params FakeEngine[] engines) =>
        new BuilderChoice(new EngineChoice(name => engines.FirstOrDefault(fake => fake.Name == name)), said.Log)
        {
            OnWindows = true,
            FindShell = () => shell,
        }.Choose(
            new BuilderOptions(builder, engine, InstallTools: false),
            () => throw new InvalidOperationException("the tools of Linux are not asked for"));
}
