using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components;

/// <summary>How the line's Go programs are compiled.</summary>
public sealed class GoBuildTests
{
    private static readonly ReleaseLine TheLine = new ReleaseLines(Repository.Paths).Load("2023.04");

    private static IEnumerable<GoBuild> Builds => ComponentCatalog.All.OfType<GoDefinition>().Select(definition => definition.BuildOf(TheLine));

    [Test]
    public void Every_program_is_stripped_and_has_nothing_of_this_machine_in_it()
    {
        foreach (GoBuild build in Builds)
        {
            Assert.That(Command(build), Is.SupersetOf((string[])["build", "-trimpath", "-buildvcs=false", "-o", "out.exe"]), build.Product);
            Assert.That(build.Programs.Select(program => GoCommand.LinkerFlags(build, program)), Is.All.StartsWith("-s -w -buildid="), build.Product);
        }
    }

    [Test]
    public void Podman_knows_its_commit_its_time_and_that_gvproxy_is_beside_it()
    {
        string flags = GoCommand.LinkerFlags(Podman, Podman.Programs[0]);
        string commit = ((GitSource)TheLine.Component("podman").Source).Commit;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(flags, Does.Contain($"/libpod/define.gitCommit={commit}'"));
            Assert.That(flags, Does.Contain($"/libpod/define.buildInfo={TheLine.SourceDateEpoch}'"));
            Assert.That(flags, Does.Contain("config.additionalHelperBinariesDir=$BINDIR'"));
            Assert.That(Podman.Tags, Does.Contain("remote"));
        }
    }

    [Test]
    public void Gvproxy_and_win_sshproxy_have_no_console_window()
    {
        GoBuild build = Builds.Single(one => one.Component.Name == "gvisor-tap-vsock");
        Assert.That(build.Programs.Select(program => GoCommand.LinkerFlags(build, program)), Is.All.EndsWith("-H=windowsgui"));
    }

    [Test]
    public void Modules_come_from_the_source_or_from_the_cache_and_go_mod_is_not_changed()
    {
        foreach (GoBuild build in Builds)
        {
            Assert.That(Command(build), Does.Contain(build.Component.NeedsModules ? "-mod=readonly" : "-mod=vendor"), build.Product);
        }
    }

    [Test]
    public void Nothing_of_the_callers_environment_is_seen_and_there_is_no_network()
    {
        var paths = new Paths("/r", Path.Combine(Path.GetTempPath(), "qcw-go-environment"));
        Dictionary<string, string?> environment = new GoEnvironment(paths, 42).Offline("podman", "windows", "arm64");
        string[] seen = [.. environment.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value?.Replace(paths.Artifacts, "A", StringComparison.Ordinal)}")];
        Assert.That(seen, Is.EqualTo(
        [
            "CGO_ENABLED=0", "GOAMD64=v1", "GOARCH=arm64", "GOCACHE=A/build/go-cache", "GOENV=off", "GOFLAGS=", "GOMODCACHE=A/downloads/go-modules",
            "GOOS=windows", "GOPATH=A/tmp/podman/gopath", "GOPROXY=off", "GOSUMDB=off", "GOTELEMETRY=off", "GOTOOLCHAIN=local", "GOWORK=off",
            "HOME=A/tmp/podman", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", "SOURCE_DATE_EPOCH=42", "TMPDIR=A/tmp/podman", "TZ=UTC",
        ]));
    }

    private static GoBuild Podman => Builds.Single(build => build.Component.Name == "podman");

    private static IReadOnlyList<string> Command(GoBuild build) => GoCommand.Build(build, build.Programs[0], "out.exe", 2);
}
