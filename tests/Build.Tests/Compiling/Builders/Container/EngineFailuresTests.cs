using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Container;

/// <summary>What a person reads when an engine fails: one sentence and what to do.</summary>
[Platform("Linux")]
public sealed class EngineFailuresTests
{
    [TestCase(
        "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
        "docker is installed and its daemon does not answer: start it (sudo systemctl start docker), or set DOCKER_HOST to where it listens"
    )]
    [TestCase(
        "Got permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock: "
            + "dial unix /var/run/docker.sock: connect: permission denied",
        "this user is not allowed to talk to docker's daemon: join the group docker (sudo usermod -aG docker $USER, then log in again), "
            + "or use --engine=podman, which needs no daemon"
    )]
    [TestCase(
        "error during connect: Get \"http://%2F%2F.%2Fpipe%2Fdocker_engine/v1.47/version\": open //./pipe/docker_engine: "
            + "The system cannot find the file specified.",
        "docker is installed and its engine does not answer: start Docker Desktop, or the service docker")]
    public void An_engine_that_does_not_answer_says_why(string said, string problem) =>
        Assert.That(Failing(said, 1).Ask().Problem, Is.EqualTo(problem));

    [TestCase(
        "failed to copy files: write /x: no space left on device",
        "docker could not build the image i: the disk that holds its images is full: make room there")]
    [TestCase(
        "E: You don't have enough free space in /var/cache/apt/archives/.",
        "docker could not build the image i: the disk that holds its images is full: make room there")]
    [TestCase(
        "E: Version '4.3-4.1' for 'make' was not found",
        "docker could not build the image i: Debian's archive no longer has version 4.3-4.1 of make: "
            + "put the current one into build/Compiling/Builders/Container/packages.txt, as docs/containers.md describes"
    )]
    [TestCase(
        "E: Unable to locate package gcc-mingw-w64-x86-64-win32",
        "the base image's package sources do not have gcc-mingw-w64-x86-64-win32: the base has to be Debian 12")]
    [TestCase(
        "error: target not found: mingw-w64-ucrt-x86_64-gtk9",
        "MSYS2 has no package mingw-w64-ucrt-x86_64-gtk9: build/Compiling/Builders/Msys2/image/packages.txt names it")]
    [TestCase(
        "error: failed retrieving file 'x.pkg.tar.zst' from mirror.msys2.org : The requested URL returned error: 404",
        "MSYS2's servers cannot be reached, or no longer have a package")]
    [TestCase(
        "The container operating system does not match the host operating system.",
        "the base image has a different version of Windows than this machine")]
    [TestCase("something else", "docker could not build the image i: something else")]
    public void An_image_that_is_not_built_says_why(string said, string message) =>
        Assert.That(
            () => Failing(said, 1).Build(new ImageBuild("/c", "b", "i", "/l"), _ => { }),
            Throws.TypeOf<BuildException>().With.Message.Contains(message));

    [TestCase(
        "Error response from daemon: Get \"https://registry-1.docker.io/v2/\": dial tcp: "
            + "lookup registry-1.docker.io on 10.0.0.1:53: no such host"
    )]
    [TestCase("Error response from daemon: manifest unknown")]
    public void A_base_that_is_not_fetched_says_what_else_can_be_done(string said) =>
        Assert.That(
            () => Failing(said, 1).Pull("debian@sha256:00", _ => { }),
            Throws
                .TypeOf<BuildException>()
                .With.Message.EqualTo(
                    "docker could not fetch debian@sha256:00: the registry cannot be reached or does not have it: "
                        + "where no registry can be reached, --target=ContainerBase makes a base image from Debian's packages, "
                        + "and --container-base=ARCHIVE takes one that was made elsewhere"));

    [Test]
    public void A_recipe_that_fails_is_not_the_engines_failure()
    {
        var run = new ContainerRun("n", "i", "l=1", ["/r.sh"]) { Title = "the recipe" };
        Assert.That(() => Failing("no space left on device", 1).Run(run, _ => { }), Throws.TypeOf<ProcessFailedException>());
        Assert.That(
            () => Failing("no space left on device", 125).Run(run, _ => { }),
            Throws.TypeOf<BuildException>().With.Message.Contains("is full"));
    }

    [Test]
    public void A_daemon_that_has_gone_is_not_taken_for_a_missing_image() =>
        Assert.That(
            () =>
                new CakeEngine(
                    "docker", "/usr/bin/docker",
                    _ => new ProcessResult(1, string.Empty, "Cannot connect to the Docker daemon. Is the docker daemon running?")
                ).FindImage("x"),
            Throws.TypeOf<BuildException>().With.Message.Contains("its daemon does not answer"));

    private static CakeEngine Failing(string said, int exitCode) => new("docker", "/usr/bin/docker", request =>
        request.Arguments[0] == "info" ? new ProcessResult(0, "[]", string.Empty) : throw new ProcessFailedException(said, exitCode));
}
