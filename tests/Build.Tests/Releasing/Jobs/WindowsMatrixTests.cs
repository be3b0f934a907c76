using Qcw.Build.Host;
using Qcw.Build.Releasing.Jobs;

namespace Qcw.Build.Tests.Releasing.Jobs;

/// <summary>The jobs where MSYS2 is to compile what recipes do.</summary>
public sealed class WindowsMatrixTests
{
    private static readonly TaskGraph TheGraph = TaskGraph.OfHost();

    [Test]
    public void What_recipes_compile_runs_on_windows_and_everything_else_where_it_was()
    {
        IReadOnlyList<ReleaseJob> jobs = Jobs("msys2");
        IReadOnlyList<ReleaseJob> before = Jobs("auto");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs.Select(job => job.File), Is.EqualTo(before.Select(job => job.File)), "the same files, each once");
            Assert.That(
                jobs.Where(job => job.Runner != BuildMachine.Debian.Runner)
                    .Select(job => $"{job.Target} {job.Runner} '{job.Container}' {job.Builder}"),
                Is.EqualTo(
                    ["QemuArchive windows-2022 '' msys2", "QemuInstaller windows-2022 '' msys2", "XzArchive windows-2022 '' msys2"]));
            Assert.That(
                jobs.Where(job => job.Runner == BuildMachine.Debian.Runner),
                Is.EqualTo(before.Where(job => job.Target is not ("QemuArchive" or "QemuInstaller" or "XzArchive"))));
        }
    }

    [Test]
    public void They_have_no_sysroot_and_the_same_packages_of_msys2()
    {
        JobCaches[] caches = [.. Jobs("msys2").Where(job => job.Builder == "msys2").Select(job => job.Cache)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(caches.Select(cache => cache.Sysroot + cache.SysrootPaths + cache.Ccache + cache.CcachePrefix), Is.All.Empty);
            Assert.That(
                caches.Select(cache => cache.Msys2).Distinct().Single(), Does.Match("^msys2-[0-9a-f]{16}$"),
                "a release has one version of each package");
            Assert.That(
                caches.Select(cache => cache.Downloads).Distinct().Count(), Is.EqualTo(caches.Length - 1),
                "QEMU's zip and setup program are made from the same");
            Assert.That(Jobs("msys2").Where(job => job.Builder != "msys2").Select(job => job.Cache.Msys2), Is.All.Empty);
            Assert.That(caches, Is.EqualTo(Jobs("msys2").Where(job => job.Builder == "msys2").Select(job => job.Cache)), "the same again");
        }
    }

    [Test]
    public void Libraries_come_with_msys2_so_their_sources_do_not_count()
    {
        ReleaseLine line = Line("2023.04");
        ReleaseLine other = line with { Libraries = [.. line.Libraries.Select(WithPin)] };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Qemu(other, "msys2").Cache, Is.EqualTo(Qemu(line, "msys2").Cache));
            Assert.That(Qemu(other, "host").Cache.Downloads, Is.Not.EqualTo(Qemu(line, "host").Cache.Downloads));
        }
    }

    [Test]
    public void Without_recipes_nothing_runs_on_windows() =>
        Assert.That(Jobs("msys2", architecture: Architecture.Arm64), Is.EqualTo(Jobs("auto", architecture: Architecture.Arm64)));

    [Test]
    public void Host_is_what_is_done_anyway() => Assert.That(Jobs("host"), Is.EqualTo(Jobs("auto")));

    [Test]
    public void What_comes_from_debian_is_refused() =>
        Assert.That(
            () => Jobs("msys2", "debian13"),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "--builder=msys2: in the line debian13 QemuArchive uses Debian's packages, and Windows has neither apt nor "
                        + "dpkg-deb: leave the option out, or choose another line"));

    [Test]
    public void Firmware_from_debian_is_reason_enough()
    {
        ReleaseLine line = Line("2023.04") with { Firmware = [new FirmwarePackage("seabios", "bookworm", ["bios.bin"])] };
        Assert.That(
            () => Qemu(line, "msys2"), Throws.TypeOf<UsageException>().With.Message.Contains("QemuArchive uses Debian's packages"));
    }

    [Test]
    public void A_container_in_the_container_is_refused() =>
        Assert.That(
            () => Jobs("container"),
            Throws
                .TypeOf<UsageException>()
                .With.Message.Contains("already run in a Debian container")
                .And.Message.Contains("give host or msys2"));

    private static ReleaseJob Qemu(ReleaseLine line, string builder) =>
        Matrix(line, builder, Architecture.X64).Jobs().Single(job => job.Target == "QemuInstaller");

    private static IReadOnlyList<ReleaseJob> Jobs(string builder, string line = "2023.04", Architecture? architecture = null) =>
        Matrix(Line(line), builder, architecture ?? Architecture.X64).Jobs();

    private static Component WithPin(Component library) =>
        library.Source is ArchiveSource archive ? library with { Source = archive with { Sha256 = new string('9', 64) } } : library;

    private static JobMatrix Matrix(ReleaseLine line, string builder, Architecture architecture) =>
        new(Repository.Paths with { Architecture = architecture }, line, Build.Host.Matrix.JobsOf(TheGraph, line, architecture))
        {
            Recipes = BuildMachine.ForRecipes(builder),
        };

    private static ReleaseLine Line(string name) => new ReleaseLines(Repository.Paths).Load(name);
}
