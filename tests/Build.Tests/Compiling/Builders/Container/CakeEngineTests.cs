using Qcw.Build.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Container;

/// <summary>What is typed for the engines, to the letter.</summary>
[Platform("Linux")]
public sealed class CakeEngineTests
{
    private readonly List<ProcessRequest> requests = [];
    private readonly Queue<ProcessResult> answers = [];

    private static string Me => CallingUser.Current().ToString();

    [SetUp]
    public void SetUp()
    {
        requests.Clear();
        answers.Clear();
    }

    [Test]
    public void A_recipe_runs_without_network_rights_or_anything_else_to_write_to()
    {
        answers.Enqueue(new ProcessResult(0, "[\"name=seccomp,profile=default\"]\n", string.Empty));
        Docker().Run(Recipe, _ => { });
        Assert.That(
            requests[^1].CommandLine,
            Is.EqualTo(
                "/usr/bin/docker run --cap-drop ALL --cpu-period 100000 --cpu-quota 150000 --entrypoint /bin/bash --env QCW_DEPENDENCIES= "
                    + "--env 'QCW_SOURCE=/a b' --label qcw.run=boot/1/2/3 --memory 4g --memory-swap 4g --name qcw-xz-2-3 "
                    + "--network none --read-only --rm --security-opt no-new-privileges --security-opt label=disable --stop-timeout "
                    + $"1 --tmpfs /tmp:rw,exec,mode=1777 --user {Me} --volume /src:/src:ro --volume /out:/out --workdir /out "
                    + "qcw-build:0123 /recipe.sh /xz.sh"));
    }

    [Test]
    public void Podman_needs_limits_that_anybody_may_set()
    {
        Podman().Run(Recipe with { Limits = ContainerLimits.None }, _ => { });
        Assert.That(requests.Single().CommandLine, Does.StartWith("/usr/bin/podman run --cap-drop ALL --entrypoint /bin/bash ")
            .And.Contain($" --tmpfs /tmp:rw,exec,mode=1777 --ulimit nofile=4096:4096 --ulimit nproc=4096:4096 --user {Me} ")
            .And.Not.Contain("--memory").And.Not.Contain("--cpu"));
    }

    [TestCase("docker", "--user 0:0 --volume")]
    [TestCase("podman", "--userns keep-id --volume")]
    public void A_rootless_engine_gives_the_files_to_its_user_too(string engine, string expected)
    {
        Cake.Docker.DockerContainerRunSettings settings = RunSettings.Of(Recipe, engine == "podman", rootless: true);
        Assert.That($"{(engine == "docker" ? "--user " + settings.User : "--userns " + settings.Userns)} --volume", Is.EqualTo(expected));
    }

    [Test]
    public void An_image_is_built_the_way_that_needs_no_plugin()
    {
        Docker().Build(new ImageBuild("/context", "0011", "qcw-build:0123", "/log"), _ => { });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                requests.Single().CommandLine,
                Does.Match(
                    "^/usr/bin/docker image build --build-arg BASE=0011 (--build-arg [A-Za-z_]+ )*--force-rm "
                        + "--tag qcw-build:0123 /context$"));
            Assert.That(requests.Single().Environment["DOCKER_BUILDKIT"], Is.EqualTo("0"));
            Assert.That(requests.Single().LogFile, Is.EqualTo("/log"));
        }
    }

    [Test]
    public void Images_are_found_fetched_and_imported()
    {
        answers.Enqueue(new ProcessResult(0, "sha256:00ff [\"sha256:1\",\"sha256:2\"]\n", string.Empty));
        answers.Enqueue(new ProcessResult(1, "[]\n", "Error: No such image: x"));
        CakeEngine docker = Docker();
        ImageFacts? there = docker.FindImage("debian@sha256:1");
        ImageFacts? missing = docker.FindImage("x");
        docker.Pull("debian@sha256:1", _ => { });
        docker.Import("/a b/base.tar", "qcw-base:1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(there, Is.EqualTo(new ImageFacts("00ff", "sha256:1 sha256:2")));
            Assert.That(missing, Is.Null);
            Assert.That(requests.Select(request => request.CommandLine), Is.EqualTo(
            [
                "/usr/bin/docker image inspect --format '{{.Id}} {{json .RootFS.Layers}}' debian@sha256:1",
                "/usr/bin/docker image inspect --format '{{.Id}} {{json .RootFS.Layers}}' x",
                "/usr/bin/docker pull debian@sha256:1",
                "/usr/bin/docker import '/a b/base.tar' qcw-base:1",
            ]));
        }
    }

    [Test]
    public void Containers_are_listed_by_their_label_and_removed_by_force()
    {
        answers.Enqueue(new ProcessResult(0, "aa\nbb\n", string.Empty));
        answers.Enqueue(new ProcessResult(1, "aa11 true boot/1/2/3\n", "Error: No such container: bb"));
        CakeEngine docker = Docker();
        IReadOnlyList<ListedContainer> listed = docker.List("qcw.run");
        docker.Remove("aa11");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed, Is.EqualTo([new ListedContainer("aa11", true, "boot/1/2/3")]));
            Assert.That(requests.Select(request => request.CommandLine), Is.EqualTo(
            [
                "/usr/bin/docker ps --all --filter label=qcw.run --quiet",
                "/usr/bin/docker container inspect --format '{{.Id}} {{.State.Running}} {{index .Config.Labels `qcw.run`}}' aa bb",
                "/usr/bin/docker rm --force --volumes aa11",
            ]));
        }
    }

    [Test]
    public void A_path_with_a_space_stays_one_argument_and_one_with_a_quote_or_a_colon_is_refused()
    {
        Podman().Run(Recipe with { Arguments = ["/recipe.sh", "/a b"] }, _ => { });
        Assert.That(requests.Single().Arguments[^1], Is.EqualTo("/a b"));
        Assert.That(
            () => Podman().Run(Recipe with { Arguments = ["/recipe.sh", "/a\"b"] }, _ => { }),
            Throws.TypeOf<BuildException>().With.Message.Contains("contains a double quote"));
        Assert.That(
            () => Podman().Run(Recipe with { Mounts = [new Mount("/a:b", Writable: true)] }, _ => { }),
            Throws.TypeOf<BuildException>().With.Message.Contains("contains a colon"));
    }

    private static ContainerRun Recipe => new("qcw-xz-2-3", "qcw-build:0123", "qcw.run=boot/1/2/3", ["/recipe.sh", "/xz.sh"])
    {
        Mounts = [new Mount("/src", Writable: false), new Mount("/out", Writable: true)],
        Environment = new SortedDictionary<string, string?> { ["QCW_SOURCE"] = "/a b", ["QCW_DEPENDENCIES"] = string.Empty },
        WorkingDirectory = "/out",
        Limits = new ContainerLimits("4g", 1.5),
        Title = "the recipe xz.sh",
    };

    private CakeEngine Docker() => new("docker", "/usr/bin/docker", Run);

    private CakeEngine Podman() => new("podman", "/usr/bin/podman", Run);

    private ProcessResult Run(ProcessRequest request)
    {
        requests.Add(request);
        return answers.TryDequeue(out ProcessResult? answer) ? answer : new ProcessResult(0, string.Empty, string.Empty);
    }
}
