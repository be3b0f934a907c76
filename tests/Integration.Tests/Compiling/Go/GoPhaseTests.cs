using Qcw.Build.Packaging.Pe;

namespace Qcw.Integration.Tests.Compiling.Go;

/// <summary>A component in Go from a git commit to an exe that runs on Windows.</summary>
[TestFixture]
public sealed class GoPhaseTests
{
    private GoFixture fixture = null!;
    private string firstHash = null!;

    [OneTimeSetUp]
    public async Task Make()
    {
        fixture = new GoFixture();
        await fixture.MakeAsync();
        firstHash = Files.Sha256(fixture.Exe);
    }

    [OneTimeTearDown]
    public void TearDown() => fixture.Dispose();

    [SetUp]
    public void Reset() => (fixture.Artifacts, fixture.Architecture) = ("artifacts", Architecture.X64);

    [Test]
    public void The_program_runs_with_its_module_and_its_linker_variable()
    {
        using var windows = new WineSession();
        Assert.That(windows.RunOk(windows.CopyIn(fixture.Exe, @"C:\greeter.exe"), "x"), Is.EqualTo("hello a person 2\n"));
    }

    [Test]
    public void The_licences_are_those_of_what_is_linked() =>
        Assert.That(
            Directory.GetFiles(Path.Combine(fixture.Paths.Stage(fixture.Component), "licenses"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(fixture.Paths.Stage(fixture.Component), file)),
            Is.EquivalentTo(["licenses/go/LICENSE", "licenses/greeter/LICENSE", "licenses/greeter/modules/example.org/greeting/LICENSE"]));

    [Test]
    public void No_path_of_this_machine_and_no_build_id_is_in_the_program()
    {
        string text = File.ReadAllText(fixture.Exe, System.Text.Encoding.Latin1);
        Assert.That(text, Does.Not.Contain(fixture.Folder.Path).And.Not.Contain("Go build ID").And.Not.Contain("/usr/lib/go"));
    }

    [Test]
    public async Task A_second_run_has_nothing_to_do()
    {
        fixture.TakeOutput();
        await fixture.MakeAsync();
        string output = fixture.TakeOutput();
        Assert.That(output, Does.Contain("1 modules: up to date").And.Match(@"greeter +compile +up to date").And.Not.Contain("done in"));
    }

    [Test]
    public async Task Another_folder_gives_the_same_bytes()
    {
        fixture.Artifacts = "another/place";
        await fixture.MakeAsync();
        Assert.That(Files.Sha256(fixture.Exe), Is.EqualTo(firstHash));
    }

    [Test]
    public async Task It_can_be_built_for_arm64()
    {
        fixture.Architecture = Architecture.Arm64;
        await fixture.MakeAsync();
        Assert.That(PeImage.Read(fixture.Exe).Machine, Is.EqualTo(Architecture.Arm64.Machine));
    }

    [Test]
    public void The_source_tree_is_left_as_it_was() =>
        Assert.That(TestRepository.Git(fixture.Paths.Source(fixture.Component), "status", "--porcelain"), Is.Empty);

    [Test]
    public async Task Flags_of_the_caller_reach_go_and_count_as_an_input()
    {
        using var flags = new EnvironmentVariable("GOFLAGS", "-tags=unused");
        fixture.TakeOutput();
        await fixture.MakeAsync();
        Assert.That(fixture.TakeOutput(), Does.Contain("(changed: GOFLAGS)"));
    }

    [Test]
    public async Task A_module_cache_of_the_callers_is_used_and_filled()
    {
        using var cache = new EnvironmentVariable("GOMODCACHE", fixture.Folder["my-modules"]);
        fixture.Artifacts = "with-my-modules";
        await fixture.MakeAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fixture.Folder["my-modules/cache/download/example.org/greeting/@v/v1.0.0.zip"], Does.Exist);
            Assert.That(fixture.Paths.GoModules, Does.Not.Exist);
        }
    }

    [Test]
    public async Task What_go_fetches_is_recorded_with_its_size()
    {
        fixture.Artifacts = "recorded";
        using var record = new StepLog(fixture.Paths, 0);
        fixture.Record = record;
        await fixture.MakeAsync();
        await fixture.MakeAsync();
        fixture.Record = null;
        StepEvent[] ends = [.. record.Events.Where(one => one is { Event: "end", Origin: not null })];
        long size = Files.SizeOf(fixture.Folder["mirror/go"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(record.Events.Where(one => one.Event == "fetch").Select(one => one.Name), Is.EqualTo(["Go modules", "Go modules"]));
            Assert.That(ends.Select(end => end.Origin), Is.EqualTo(["mirror", "cache"]));
            Assert.That(ends.Select(end => end.Network), Is.All.False);
            // go keeps the checksum, and a lock, beside them
            Assert.That(ends[0].Bytes, Is.InRange(size, size + 200));
        }
    }

    [Test]
    public async Task A_proxy_of_the_callers_goes_before_the_mirror()
    {
        using var proxy = new EnvironmentVariable("GOPROXY", new Uri(fixture.Folder["mirror/go"]).AbsoluteUri);
        fixture.Artifacts = "with-my-proxy";
        fixture.TakeOutput();
        await fixture.MakeAsync();
        Assert.That(fixture.TakeOutput(), Does.Contain("fetching from file://"));
    }
}
