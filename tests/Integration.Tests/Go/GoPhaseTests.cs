using Qcw.Build.Host;
using Qcw.Build.Packaging.Pe;
using Qcw.Integration.Tests.Support;

namespace Qcw.Integration.Tests.Go;

/// <summary>A component in Go from a git commit to an exe that runs on Windows.</summary>
[TestFixture]
public sealed class GoPhaseTests
{
    private GoHouse house = null!;
    private string firstHash = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        house = new GoHouse();
        await house.MakeAsync();
        firstHash = Files.Sha256(house.Exe);
    }

    [OneTimeTearDown]
    public void TearDown() => house.Dispose();

    [SetUp]
    public void Reset() => (house.Artifacts, house.Architecture) = ("artifacts", Architecture.X64);

    [Test]
    public void The_program_runs_with_its_module_and_its_linker_variable()
    {
        using var windows = new WineSession();
        Assert.That(windows.RunOk(windows.CopyIn(house.Exe, @"C:\greeter.exe"), "x"), Is.EqualTo("hello a person 2\n"));
    }

    [Test]
    public void The_licences_are_those_of_what_is_linked() =>
        Assert.That(
            Directory.GetFiles(Path.Combine(house.Paths.Stage(house.Component), "licenses"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(house.Paths.Stage(house.Component), file)),
            Is.EquivalentTo(["licenses/go/LICENSE", "licenses/greeter/LICENSE", "licenses/greeter/modules/example.org/greeting/LICENSE"]));

    [Test]
    public void No_path_of_this_machine_and_no_build_id_is_in_the_program()
    {
        string text = File.ReadAllText(house.Exe, System.Text.Encoding.Latin1);
        Assert.That(text, Does.Not.Contain(house.Folder.Path).And.Not.Contain("Go build ID").And.Not.Contain("/usr/lib/go"));
    }

    [Test]
    public async Task A_second_run_has_nothing_to_do()
    {
        house.TakeOutput();
        await house.MakeAsync();
        string output = house.TakeOutput();
        Assert.That(output, Does.Contain("1 modules: up to date").And.Match(@"greeter +compile +up to date").And.Not.Contain("done in"));
    }

    [Test]
    public async Task Another_folder_gives_the_same_bytes()
    {
        house.Artifacts = "another/place";
        await house.MakeAsync();
        Assert.That(Files.Sha256(house.Exe), Is.EqualTo(firstHash));
    }

    [Test]
    public async Task It_can_be_built_for_arm64()
    {
        house.Architecture = Architecture.Arm64;
        await house.MakeAsync();
        Assert.That(PeImage.Read(house.Exe).Machine, Is.EqualTo(Architecture.Arm64.Machine));
    }

    [Test]
    public void The_source_tree_is_left_as_it_was() =>
        Assert.That(SourceTreeFixture.GitIn(house.Paths.Source(house.Component), "status", "--porcelain"), Is.Empty);

    [Test]
    public async Task Flags_of_the_caller_reach_go_and_count_as_an_input()
    {
        using var flags = new EnvironmentVariable("GOFLAGS", "-tags=unused");
        house.TakeOutput();
        await house.MakeAsync();
        Assert.That(house.TakeOutput(), Does.Contain("(changed: GOFLAGS)"));
    }

    [Test]
    public async Task A_module_cache_of_the_callers_is_used_and_filled()
    {
        using var cache = new EnvironmentVariable("GOMODCACHE", house.Folder["my-modules"]);
        house.Artifacts = "with-my-modules";
        await house.MakeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(house.Folder["my-modules/cache/download/example.org/greeting/@v/v1.0.0.zip"], Does.Exist);
            Assert.That(house.Paths.GoModules, Does.Not.Exist);
        }
    }

    [Test]
    public async Task A_proxy_of_the_callers_goes_before_the_mirror()
    {
        using var proxy = new EnvironmentVariable("GOPROXY", new Uri(house.Folder["mirror/go"]).AbsoluteUri);
        house.Artifacts = "with-my-proxy";
        house.TakeOutput();
        await house.MakeAsync();
        Assert.That(house.TakeOutput(), Does.Contain("fetching from file://"));
    }
}
