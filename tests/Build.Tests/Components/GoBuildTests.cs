using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;

namespace Qcw.Build.Tests.Components;

/// <summary>The exact go commands: what is in them is measured knowledge, and a slip changes what people get.</summary>
public sealed class GoBuildTests
{
    private static readonly ReleaseLine TheLine = new ReleaseLines(Repository.Paths).Load("2023.04");

    [Test]
    public void Podman() => Assert.That(Command(PodmanBuild.ForWindows(TheLine)), Is.EqualTo(
    [
        "build", "-v", "-trimpath", "-buildvcs=false", "-mod=vendor", "-p", "2",
        "-tags", "remote,exclude_graphdriver_btrfs,btrfs_noversion,exclude_graphdriver_devicemapper,containers_image_openpgp",
        "-ldflags",
        "-s -w -buildid= -X 'github.com/containers/podman/v4/libpod/define.gitCommit=8bd1e3f9d6de76a34866969ebc05af71af8b75e2' " +
        "-X 'github.com/containers/podman/v4/libpod/define.buildInfo=1682812800' -X 'github.com/containers/podman/v4/libpod/config._installPrefix=/usr/local' " +
        "-X 'github.com/containers/podman/v4/libpod/config._etcDir=/etc' -X 'github.com/containers/podman/v4/pkg/systemd/quadlet._binDir=/usr/local/bin' " +
        "-X 'github.com/containers/common/pkg/config.additionalHelperBinariesDir=$BINDIR'",
        "-o", "out.exe", "./cmd/podman",
    ]));

    [Test]
    public void Gvproxy_and_win_sshproxy_have_no_console_window()
    {
        GoBuild build = GvisorTapVsockBuild.For(TheLine);
        Assert.That(build.Programs.Select(program => GoCommand.LinkerFlags(build, program)), Is.All.EqualTo("-s -w -buildid= -H=windowsgui"));
    }

    [Test]
    public void Gocat_gets_its_modules_from_the_cache_and_may_not_change_go_mod() => Assert.That(Command(GocatBuild.For(TheLine)), Is.EqualTo(
    [
        "build", "-v", "-trimpath", "-buildvcs=false", "-mod=readonly", "-modcacherw", "-p", "2", "-tags", "", "-ldflags", "-s -w -buildid=",
        "-o", "out.exe", "./",
    ]));

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

    private static IReadOnlyList<string> Command(GoBuild build) => GoCommand.Build(build, build.Programs[0], "out.exe", 2);
}
