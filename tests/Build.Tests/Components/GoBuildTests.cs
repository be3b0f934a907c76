using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;
using Qcw.Build.Tests.Components.Podman;
using PodmanDefinition = Qcw.Build.Components.Podman;

namespace Qcw.Build.Tests.Components;

/// <summary>What must hold of every command that builds a Go program: a slip here changes what people get.</summary>
public sealed class GoBuildTests
{
    private static readonly ReleaseLine Line = Repository.Lines.Load("2023.04");

    private static readonly TemporaryFolder Sources = new();
    private static readonly string Source = PodmanSources.Podman45(Sources);

    private static IEnumerable<GoBuild> Builds =>
        [
            .. ComponentCatalog.All.OfType<GoDefinition>().Select(definition => definition.BuildOf(Line, Source)),
            Podman.NativeBuildOf(Line, Source),
        ];

    private static IEnumerable<TestCaseData> Commands =>
        from build in Builds
        from program in build.Programs
        select new TestCaseData(build, program).SetArgDisplayNames(build.Component.Name, program.Name);

    [OneTimeTearDown]
    public void Delete() => Sources.Dispose();

    [TestCaseSource(nameof(Commands))]
    public void Nothing_of_this_machine_gets_into_a_program(GoBuild build, GoProgram program)
    {
        IReadOnlyList<string> command = GoCommand.Build(build, program, "out.exe", 2);
        Assert.That(command, Is.SupersetOf(["-trimpath", "-buildvcs=false"]));
        Assert.That(After(command, "-ldflags").Split(' '), Is.SupersetOf(["-s", "-w", "-buildid="]));
    }

    [TestCaseSource(nameof(Commands))]
    public void The_package_comes_last_and_the_output_is_the_one_asked_for(GoBuild build, GoProgram program)
    {
        IReadOnlyList<string> command = GoCommand.Build(build, program, "out.exe", 7);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(command[0], Is.EqualTo("build"));
            Assert.That(command[^1], Is.EqualTo(program.Package).And.StartsWith("./"));
            Assert.That(After(command, "-o"), Is.EqualTo("out.exe"));
            Assert.That(After(command, "-p"), Is.EqualTo("7"));
            Assert.That(After(command, "-tags"), Is.EqualTo(string.Join(',', build.Tags)));
        }
    }

    [TestCaseSource(nameof(Commands))]
    public void Modules_come_from_the_source_or_else_from_the_cache_and_go_mod_stays_as_it_is(GoBuild build, GoProgram program)
    {
        string[] modes = [.. GoCommand.Build(build, program, "out.exe", 2)
            .Where(argument => argument.StartsWith("-mod=", StringComparison.Ordinal))];
        Assert.That(modes, Is.EqualTo([build.Component.NeedsModules ? "-mod=readonly" : "-mod=vendor"]));
    }

    [TestCaseSource(nameof(Commands))]
    public void Each_variable_reaches_the_linker_as_one_quoted_word(GoBuild build, GoProgram program)
    {
        string flags = GoCommand.LinkerFlags(build, program);
        Assert.That(
            build.Variables,
            Is.All.Matches<(string Variable, string Value)>(one =>
                flags.Contains($" -X '{one.Variable}={one.Value}'", StringComparison.Ordinal)
                && !one.Value.Contains('\'', StringComparison.Ordinal)));
        Assert.That(flags.Split(" -X "), Has.Length.EqualTo(1 + build.Variables.Count));
    }

    [Test]
    public void Podman_tells_the_commit_and_the_time_of_the_line()
    {
        Dictionary<string, string> variables = Podman
            .BuildOf(Line, Source)
            .Variables.ToDictionary(one => one.Variable.Split('.')[^1], one => one.Value);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(variables["gitCommit"], Is.EqualTo(((GitSource)Line.Component("podman").Source).Commit));
            Assert.That(variables["buildInfo"],
                Is.EqualTo(Line.SourceDateEpoch.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
    }

    [Test]
    public void Podman_is_the_remote_client_and_looks_for_its_helpers_beside_itself()
    {
        GoBuild podman = Podman.BuildOf(Line, Source);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(podman.Tags, Has.Member("remote"));
            Assert.That(podman.Variables.Single(one =>
                one.Variable.EndsWith(".additionalHelperBinariesDir", StringComparison.Ordinal)).Value, Is.EqualTo("$BINDIR"));
        }
    }

    [Test]
    public void The_client_that_tells_its_commands_is_the_one_that_is_shipped()
    {
        (GoBuild shipped, GoBuild asked) = (Podman.BuildOf(Line, Source), Podman.NativeBuildOf(Line, Source));
        Assert.That((asked.Tags, asked.Variables), Is.EqualTo((shipped.Tags, shipped.Variables)));
        Assert.That(asked.Programs.Select(program => program.Package), Is.EqualTo(shipped.Programs.Select(program => program.Package)));
    }

    [TestCaseSource(nameof(Commands))]
    public void Only_what_works_in_the_background_has_no_console_window(GoBuild build, GoProgram program) =>
        Assert.That(
            GoCommand.LinkerFlags(build, program).Contains("-H=windowsgui", StringComparison.Ordinal),
            Is.EqualTo(program.Name is "gvproxy" or "win-sshproxy"));

    [Test]
    public void Nothing_of_the_callers_environment_is_seen_and_there_is_no_network()
    {
        using var folder = new TemporaryFolder();
        string[] names = ["CC", "CGO_ENABLED", "GOARCH", "GOENV", "GOOS", "GOPATH", "GOPROXY", "GOSUMDB", "GOTOOLCHAIN", "GOWORK",
            "HTTPS_PROXY"];
        EnvironmentVariable[] set = [.. names.Select(name => new EnvironmentVariable(name, "the caller's"))];
        try
        {
            Dictionary<string, string?> seen = new GoEnvironment(new Paths(folder["root"], folder["artifacts"]), 42)
                .Offline("podman", "windows", "arm64");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(seen.Values, Has.None.EqualTo("the caller's"));
                Assert.That((seen["GOPROXY"], seen["GOSUMDB"], seen["GOTOOLCHAIN"], seen["CGO_ENABLED"]),
                    Is.EqualTo(("off", "off", "local", "0")));
                Assert.That((seen["GOOS"], seen["GOARCH"], seen["SOURCE_DATE_EPOCH"]), Is.EqualTo(("windows", "arm64", "42")));
                Assert.That(
                    ((string[])["GOCACHE", "GOMODCACHE", "GOPATH", "HOME", "TMPDIR"]).Select(name => seen[name]),
                    Is.All.StartsWith(folder["artifacts"]), "all that it writes is in the output folder");
            }
        }
        finally
        {
            Array.ForEach(set, variable => variable.Dispose());
        }
    }

    private static PodmanDefinition Podman => ComponentCatalog.All.OfType<PodmanDefinition>().Single();

    private static string After(IReadOnlyList<string> command, string option) => command[command.ToList().IndexOf(option) + 1];
}
