using System.Text.Json;
using Qcw.Build.Host;
using Qcw.Build.Releasing.Jobs;

namespace Qcw.Build.Tests.Releasing.Jobs;

public sealed class JobMatrixTests
{
    private static readonly TaskGraph TheGraph = TaskGraph.OfHost();

    [Test]
    public void Each_installer_and_archive_of_the_default_line_has_one_job() =>
        Assert.That(Jobs("2023.04").Select(job => $"{job.Target} {job.File}"), Is.EqualTo(
        [
            "GocatArchive gocat-0.2.0-6-gcc6fb8a-windows-x86_64.zip",
            "GvisorTapVsockArchive gvisor-tap-vsock-0.5.0-windows-x86_64.zip",
            "PodmanInstaller podman-4.5.0-dev-windows-x86_64.msi",
            "PodmanUserInstaller podman-4.5.0-dev-windows-x86_64-user.msi",
            "QcwSetup qcw-2023.04-windows-x86_64-setup.exe",
            "QemuArchive qemu-8.0.0-rc2-windows-x86_64.zip",
            "QemuInstaller qemu-8.0.0-rc2-windows-x86_64-setup.exe",
            "XzArchive xz-5.2.9-windows-x86_64.zip",
        ]));

    [Test]
    public void What_the_architecture_or_the_line_lacks_has_none()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Jobs("debian13").Select(job => job.Target),
                Is.EqualTo(["QemuArchive", "QemuGuestAgentArchive", "QemuInstaller", "XzArchive"]));
            Assert.That(
                Jobs("2023.04", Architecture.Arm64).Select(job => $"{job.Target} {job.Arch}"),
                Is.EqualTo(["GocatArchive arm64", "GvisorTapVsockArchive arm64", "PodmanInstaller arm64", "PodmanUserInstaller arm64"]));
        }
    }

    [Test]
    public void It_is_one_line_that_a_workflow_can_take()
    {
        string json = MatrixOf(Repository.Paths, Line("debian13")).Json();
        using var document = JsonDocument.Parse(json);
        JsonElement xz = document.RootElement.GetProperty("include")[3];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(json, Does.Not.Contain('\n').And.Not.Contain(Repository.Root));
            Assert.That(
                document.RootElement.EnumerateObject().Select(property => property.Name), Is.EqualTo(["include"]),
                "anything else would be an axis");
            Assert.That(xz.GetProperty("target").GetString(), Is.EqualTo("XzArchive"));
            Assert.That(xz.GetProperty("container").GetString(), Does.Match("^debian:bookworm@sha256:[0-9a-f]{64}$"));
            Assert.That(xz.GetProperty("builder").GetString(), Is.EqualTo("host"));
            Assert.That(xz.GetProperty("cache").GetProperty("sysrootPaths").GetString(), Is.EqualTo("artifacts/stage/toolchain-1-x86_64*"));
        }
    }

    [Test]
    public void Another_output_folder_gives_the_same_jobs() =>
        Assert.That(
            MatrixOf(Repository.Paths with { Artifacts = "/elsewhere" }, Line("debian13")).Json(),
            Is.EqualTo(MatrixOf(Repository.Paths, Line("debian13")).Json()));

    [Test]
    public void A_key_changes_with_what_it_is_about()
    {
        ReleaseLine line = Line("debian13");
        JobCaches before = Xz(line);
        JobCaches newer = Xz(
            line with
            {
                Components = [.. line.Components.Select(component => component.Name == "xz" ? WithPin(component) : component)],
            });
        JobCaches otherSysroot = Xz(line with { SourceDateEpoch = 1 });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Xz(line), Is.EqualTo(before), "the same again");
            Assert.That(newer.Downloads, Is.Not.EqualTo(before.Downloads));
            Assert.That(newer.Sysroot, Is.EqualTo(before.Sysroot));
            Assert.That(newer.Ccache, Is.Not.EqualTo(before.Ccache).And.StartWith(before.CcachePrefix));
            Assert.That(otherSysroot.Sysroot, Is.Not.EqualTo(before.Sysroot));
            Assert.That(otherSysroot.Downloads, Is.EqualTo(before.Downloads));
        }
    }

    [Test]
    public void A_package_of_Gos_SDK_that_is_for_every_host_counts_once()
    {
        static DebianPackagesSource For(string host, string shared) => new(
            [
                new DebianPackage("golang", "trixie", $"golang_1_{host}.deb", new string('1', 64)),
                new DebianPackage("golang-src", "trixie", "golang-src_1_all.deb", shared),
            ],
            "usr/lib/go");
        JobCaches Gocat(string shared) => MatrixOf(Repository.Paths, Line("2023.04") with
        {
            Go = new GoVersions(new Version(1, 18), new Version(1, 21), new GoSdk("1.20.14", new Dictionary<string, ArchiveSource>())
            {
                Packages = new Dictionary<string, DebianPackagesSource>
                {
                    ["linux-amd64"] = For("amd64", shared),
                    ["linux-arm64"] = For("arm64", shared),
                },
            }),
        }).Jobs().Single(job => job.Target == "GocatArchive").Cache;
        Assert.That(Gocat(new string('2', 64)).Downloads, Is.Not.EqualTo(Gocat(new string('3', 64)).Downloads));
    }

    [Test]
    public void Keys_change_with_the_patches_that_are_taken_from_debian()
    {
        ReleaseLine line = Line("debian13");
        JobCaches Qemu(params string[] patched) => MatrixOf(Repository.Paths, line with
        {
            Components = [.. line.Components.Select(component => WithFewerPatches(component, patched))],
            Libraries = [.. line.Libraries.Select(library => WithFewerPatches(library, patched))],
        }).Jobs().Single(job => job.Target == "QemuInstaller").Cache;
        JobCaches before = Qemu();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Qemu(), Is.EqualTo(before), "the same again");
            Assert.That(Qemu("glib").Sysroot, Is.Not.EqualTo(before.Sysroot));
            Assert.That(Qemu("qemu").Sysroot, Is.EqualTo(before.Sysroot));
            Assert.That(Qemu("qemu").Ccache, Is.Not.EqualTo(before.Ccache));
        }
    }

    [Test]
    public void What_is_not_compiled_with_a_sysroot_has_no_cache_of_one() =>
        Assert.That(
            Jobs("2023.04").Single(job => job.Target == "GocatArchive").Cache,
            Is.EqualTo(
                new JobCaches(Jobs("2023.04")[0].Cache.Downloads, string.Empty, string.Empty, string.Empty, string.Empty, string.Empty)));

    [Test]
    public void No_job_at_all_is_wrong_usage() =>
        Assert.That(
            () => Jobs("debian13", Architecture.Arm64),
            Throws.TypeOf<UsageException>().With.Message.EqualTo("the line debian13 has nothing that is built for arm64"));

    [Test]
    public void A_local_source_is_refused()
    {
        using var folder = new TemporaryFolder();
        ReleaseLine line = new ReleaseLines(Repository.Paths).Load(
            "debian13", [new SourceOverride("xz", "9", folder.Write("xz.tar", "x"))]);
        Assert.That(
            () => MatrixOf(Repository.Paths, line).Json(),
            Throws.TypeOf<UsageException>().With.Message.Contains("--xz-source: the machines of the matrix do not have this local source"));
    }

    private static JobCaches Xz(ReleaseLine line) => MatrixOf(Repository.Paths, line).Jobs().Single(job => job.Target == "XzArchive").Cache;

    private static IReadOnlyList<ReleaseJob> Jobs(string line, Architecture? architecture = null) =>
        MatrixOf(Repository.Paths with { Architecture = architecture ?? Architecture.X64 }, Line(line)).Jobs();

    private static Component WithPin(Component component) =>
        component with { Source = (DebianSource)component.Source with { Sha256 = new string('9', 64) } };

    private static Component WithFewerPatches(Component component, string[] patched) =>
        !patched.Contains(component.Name) ? component : component with
        {
            Patches =
            [
                .. component.Patches.Select(
                    patch => patch is DebianPatches debian ? debian with { Take = [.. debian.Take.Skip(1)] } : patch),
            ],
        };

    private static JobMatrix MatrixOf(Paths paths, ReleaseLine line) => new(paths, line, Matrix.JobsOf(TheGraph, line, paths.Architecture));

    private static ReleaseLine Line(string name) => new ReleaseLines(Repository.Paths).Load(name);
}
