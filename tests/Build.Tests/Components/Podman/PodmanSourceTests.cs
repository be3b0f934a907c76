using Qcw.Build.Compiling.Go;
using Qcw.Build.Components;
using PodmanDefinition = Qcw.Build.Components.Podman;

namespace Qcw.Build.Tests.Components.Podman;

/// <summary>Tags and variables come from the source: the path of Podman's module changes with each major version.</summary>
public sealed class PodmanSourceTests
{
    private static readonly ReleaseLine Line = Repository.Lines.Load("2023.04");

    private static PodmanDefinition Podman => ComponentCatalog.All.OfType<PodmanDefinition>().Single();

    [Test]
    public void The_command_of_4_5_is_what_it_always_was()
    {
        using var folder = new TemporaryFolder();
        GoBuild build = Podman.BuildOf(Line, PodmanSources.Podman45(folder));
        Assert.That(GoCommand.Build(build, build.Programs[0], "podman.exe", 2), Is.EqualTo((string[])
        [
            "build", "-v", "-trimpath", "-buildvcs=false", "-mod=vendor", "-p", "2",
            "-tags", "remote,exclude_graphdriver_btrfs,btrfs_noversion,exclude_graphdriver_devicemapper,containers_image_openpgp",
            "-ldflags",
            "-s -w -buildid= "
                + "-X 'github.com/containers/podman/v4/libpod/define.gitCommit=8bd1e3f9d6de76a34866969ebc05af71af8b75e2' "
                + "-X 'github.com/containers/podman/v4/libpod/define.buildInfo=1682812800' "
                + "-X 'github.com/containers/podman/v4/libpod/config._installPrefix=/usr/local' "
                + "-X 'github.com/containers/podman/v4/libpod/config._etcDir=/etc' "
                + "-X 'github.com/containers/podman/v4/pkg/systemd/quadlet._binDir=/usr/local/bin' "
                + "-X 'github.com/containers/common/pkg/config.additionalHelperBinariesDir=$BINDIR'",
            "-o", "podman.exe", "./cmd/podman",
        ]));
    }

    [Test]
    public void Podman_5_8_and_6_1_get_their_own_paths_and_tags()
    {
        using var folder = new TemporaryFolder();
        GoBuild old = Podman.BuildOf(Line, PodmanSources.Podman58(folder));
        GoBuild current = Podman.BuildOf(Line, PodmanSources.Podman61(folder));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(old.Tags, Is.EqualTo((string[])["remote", "exclude_graphdriver_btrfs", "containers_image_openpgp"]));
            Assert.That(current.Tags, Is.EqualTo(old.Tags));
            Assert.That(Names(old), Is.EqualTo(Expected("github.com/containers/podman/v5")));
            Assert.That(Names(current), Is.EqualTo(Expected("go.podman.io/podman/v6")));
            Assert.That(current.Variables, Has.Member(("go.podman.io/podman/v6/libpod/define.buildOrigin", "qcw")));
            Assert.That(current.Variables, Has.Member(("go.podman.io/common/pkg/config.additionalHelperBinariesDir", "$BINDIR")));
        }

        static string[] Expected(string module) =>
        [
            $"{module}/libpod/define.gitCommit", $"{module}/libpod/define.buildInfo", $"{module}/libpod/define.buildOrigin",
            $"{module}/libpod/config._installPrefix", $"{module}/libpod/config._etcDir", $"{module}/pkg/systemd/quadlet._binDir",
            "go.podman.io/common/pkg/config.additionalHelperBinariesDir",
        ];
    }

    [Test]
    public void A_variable_that_nobody_has_thought_about_is_an_error()
    {
        using var folder = new TemporaryFolder();
        string source = PodmanSources.Podman61(folder);
        Change(source, "Makefile", "define.buildOrigin", "define.builtBy");
        Assert.That(
            () => Podman.BuildOf(Line, source),
            Throws.TypeOf<BuildException>().With.Message.Contains("go.podman.io/podman/v6/libpod/define.builtBy"));
    }

    [TestCase("go.mod", "module", "modul", "go.mod names no module")]
    [TestCase("go.mod", "podman/v6", "podman/v7", "is in the module go.podman.io/podman/v7 of go.mod")]
    [TestCase("Makefile", "REMOTETAGS", "TAGS", "Makefile does not set REMOTETAGS")]
    [TestCase("Makefile", "LIBPOD :=", "LIBPODS :=", "Makefile does not set LIBPOD")]
    [TestCase("Makefile", "-X", "-Y", "0 variables")]
    public void What_the_source_does_not_say_is_named(string file, string text, string other, string message)
    {
        using var folder = new TemporaryFolder();
        string source = PodmanSources.Podman61(folder);
        Change(source, file, text, other);
        Assert.That(() => PodmanSource.Read(source), Throws.TypeOf<BuildException>().With.Message.Contains(message));
    }

    [Test]
    public void A_folder_that_is_not_Podmans_source_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => PodmanSource.Read(folder["none"]), Throws.TypeOf<BuildException>().With.Message.Contains("go.mod is missing"));
    }

    private static IEnumerable<string> Names(GoBuild build) => build.Variables.Select(one => one.Variable);

    private static void Change(string source, string file, string text, string other)
    {
        string path = Path.Combine(source, file);
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, other, StringComparison.Ordinal));
    }
}
