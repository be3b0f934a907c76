using Qcw.Build.Compiling.Builders.Container;
using Qcw.Build.Compiling.Builders.Msys2;
using Qcw.Build.Tests.Compiling.Builders.Container;

namespace Qcw.Build.Tests.Compiling.Builders.Msys2;

/// <summary>What is typed for the engine of Windows containers, to the letter.</summary>
[Platform("Linux", Reason = "the number of this process is in the names")]
public sealed class Msys2ContainerTests
{
    private readonly List<ProcessRequest> requests = [];

    [SetUp]
    public void SetUp() => requests.Clear();

    [Test]
    public void A_recipe_runs_without_a_network_and_writes_to_its_two_folders()
    {
        Docker()
            .Run(
                Prepared(new ContainerLimits("6g", 3)).RunOf(WindowsRequest.Xz) with
                {
                    Name = "qcw-xz-2-3",
                    Label = "qcw.run=host/windows/2/3",
                },
                _ => { });
        Assert.That(
            requests.Single().Arguments,
            Is.EqualTo([
                "run",
                "--cpu-count",
                "3",
                "--entrypoint",
                @"C:\msys64\usr\bin\bash.exe",
                "--env",
                "CHERE_INVOKING=1",
                "--env",
                @"HOME=C:\msys64\tmp",
                "--env",
                "LC_ALL=C.UTF-8",
                "--env",
                "MINGW_PREFIX=/ucrt64",
                "--env",
                "MSYSTEM=UCRT64",
                "--env",
                @"PATH=C:\msys64\ucrt64\bin;C:\msys64\usr\bin",
                "--env",
                "PYTHONDONTWRITEBYTECODE=1",
                "--env",
                "PYTHONHASHSEED=0",
                "--env",
                "QCW_ARCH=x86_64",
                "--env",
                "QCW_BUILD=/c/q/artifacts/build/xz-5.2.9-x86_64",
                "--env",
                "QCW_CCACHE=",
                "--env",
                "QCW_DEPENDENCIES=",
                "--env",
                "QCW_JOBS=2",
                "--env",
                "QCW_NAME=xz",
                "--env",
                "QCW_OUTPUT=/c/q/artifacts/stage/xz-5.2.9-x86_64.partial",
                "--env",
                "QCW_SOURCE=/c/q/artifacts/sources/xz-5.2.9",
                "--env",
                "QCW_TOOLCHAIN=msys2",
                "--env",
                "QCW_TRIPLE=x86_64-w64-mingw32",
                "--env",
                "QCW_VERSION=5.2.9",
                "--env",
                "SOURCE_DATE_EPOCH=42",
                "--env",
                @"TEMP=C:\msys64\tmp",
                "--env",
                @"TMP=C:\msys64\tmp",
                "--env",
                @"TMPDIR=C:\msys64\tmp",
                "--env",
                "TZ=UTC",
                "--label",
                "qcw.run=host/windows/2/3",
                "--memory",
                "6g",
                "--mount",
                @"type=bind,source=C:\q\build\Compiling,target=C:\q\build\Compiling,readonly",
                "--mount",
                @"type=bind,source=C:\q\build\Components\Xz,target=C:\q\build\Components\Xz,readonly",
                "--mount",
                @"type=bind,source=C:\q\artifacts\sources\xz-5.2.9,target=C:\q\artifacts\sources\xz-5.2.9,readonly",
                "--mount",
                @"type=bind,source=C:\q\artifacts\build\xz-5.2.9-x86_64,target=C:\q\artifacts\build\xz-5.2.9-x86_64",
                "--mount",
                @"type=bind,source=C:\q\artifacts\stage\xz-5.2.9-x86_64.partial,target=C:\q\artifacts\stage\xz-5.2.9-x86_64.partial",
                "--name",
                "qcw-xz-2-3",
                "--network",
                "none",
                "--rm",
                "--stop-timeout",
                "1",
                "--workdir",
                @"C:\q\artifacts\build\xz-5.2.9-x86_64",
                "qcw-msys2:0123",
                "/c/q/build/Compiling/Recipes/recipe.sh",
                "/c/q/build/Components/Xz/xz.sh",
            ]));
    }

    [Test]
    public void An_image_is_asked_for_its_packages_once()
    {
        var engine = new FakeEngine("docker", EngineState.Works("windows")) { Answer = "make 4.4.1-2\r\n" };
        Msys2ContainerBuilder builder = Builder(engine, ContainerLimits.None);
        builder.Prepare();
        Assert.That(builder.Packages, Is.EqualTo(["make 4.4.1-2"]));
        Docker().Run(engine.Runs.Single() with { Name = "qcw-packages-2-3", Label = "qcw.run=host/windows/2/3" }, _ => { });
        Assert.That(
            requests.Single().CommandLine,
            Is.EqualTo(
                $@"/usr/bin/docker run --cpu-count {Environment.ProcessorCount} --entrypoint C:\msys64\usr\bin\bash.exe "
                    + "--env CHERE_INVOKING=1 --env LC_ALL=C.UTF-8 --env MSYSTEM=UCRT64 "
                    + @"--env 'PATH=C:\msys64\ucrt64\bin;C:\msys64\usr\bin' --label qcw.run=host/windows/2/3 --memory 4g "
                    + "--name qcw-packages-2-3 --network none --rm --stop-timeout 1 qcw-msys2:0123 -c 'pacman -Q'"));
    }

    [Test]
    public void The_image_is_built_its_packages_taken_out_and_it_gets_its_name()
    {
        CakeEngine docker = Docker();
        docker.Build(new ImageBuild(@"C:\q\artifacts\tmp\image", "0011", "qcw-msys2:unnamed", "/log"), _ => { });
        docker.CopyOut(
            "qcw-msys2:unnamed", "qcw-keep-2-3", "qcw.run=a/b/2/3",
            new Dictionary<string, string> { [@"C:\msys64\var\lib\pacman\sync"] = @"C:\q\my artifacts\sync" });
        docker.Rename("qcw-msys2:unnamed", "qcw-msys2:0123");
        Assert.That(requests.Select(request => request.CommandLine), Is.EqualTo(
        [
            @"/usr/bin/docker image build --build-arg BASE=0011 --force-rm --tag qcw-msys2:unnamed C:\q\artifacts\tmp\image",
            "/usr/bin/docker create --label qcw.run=a/b/2/3 --name qcw-keep-2-3 qcw-msys2:unnamed",
            @"/usr/bin/docker cp qcw-keep-2-3:C:\msys64\var\lib\pacman\sync 'C:\q\my artifacts\sync'",
            "/usr/bin/docker rm --force --volumes qcw-keep-2-3",
            "/usr/bin/docker tag qcw-msys2:unnamed qcw-msys2:0123",
            "/usr/bin/docker rmi qcw-msys2:unnamed",
        ]).Using<string>((made, expected) => WithoutProxies(made) == expected));
    }

    [Test]
    public void Offline_the_image_is_built_without_a_network()
    {
        Docker().Build(new ImageBuild(@"C:\c", "0011", "qcw-msys2:unnamed", "/log") { HasNetwork = false }, _ => { });
        Assert.That(
            WithoutProxies(requests.Single().CommandLine),
            Is.EqualTo(@"/usr/bin/docker image build --build-arg BASE=0011 --force-rm --network none --tag qcw-msys2:unnamed C:\c"));
    }

    [Test]
    public void A_part_of_a_processor_and_a_comma_are_refused()
    {
        ContainerRun run = Prepared(new ContainerLimits(null, 1.5)).RunOf(WindowsRequest.Xz);
        Assert.That(
            () => Docker().Run(run, _ => { }),
            Throws.TypeOf<UsageException>().With.Message.EqualTo("--cpus: a Windows container gets whole processors only: give 1, 2, ..."));
        run = run with { Limits = ContainerLimits.None, Mounts = [new Mount(@"C:\a,b", Writable: true)] };
        Assert.That(() => Docker().Run(run, _ => { }), Throws.TypeOf<BuildException>().With.Message.Contains(@"'C:\a,b' contains a comma"));
    }

    [Test]
    public void A_folder_on_another_drive_is_refused()
    {
        ContainerRun run = Prepared(ContainerLimits.None).RunOf(WindowsRequest.Xz) with
        {
            Mounts = [new Mount(@"D:\a\qcw", Writable: true)],
        };
        Assert.That(
            () => Docker().Run(run, _ => { }),
            Throws
                .TypeOf<BuildException>()
                .With.Message.EqualTo(
                    @"'D:\a\qcw' is not on C:, the only drive of a Windows container: build in a folder on C:, as in C:\q"));
    }

    // those of the machine that the tests run on
    private static string WithoutProxies(string line) =>
        System.Text.RegularExpressions.Regex.Replace(line, " --build-arg [A-Za-z_]+_(?i:proxy)(?= )", string.Empty);

    private static Msys2ContainerBuilder Prepared(ContainerLimits limits)
    {
        Msys2ContainerBuilder builder = Builder(new FakeEngine("docker", EngineState.Works("windows")) { Answer = "bash 1-1\n" }, limits);
        builder.Prepare();
        return builder;
    }

    private static Msys2ContainerBuilder Builder(FakeEngine engine, ContainerLimits limits) =>
        new(engine, () => "qcw-msys2:0123", limits, RecordingLog.Nowhere);

    private CakeEngine Docker() => new("docker", "/usr/bin/docker", request =>
    {
        requests.Add(request);
        return new ProcessResult(0, string.Empty, string.Empty);
    });
}
