namespace Qcw.Build.Tests.Catalog;

/// <summary>The lines of this repository, compared with what was measured and recorded.</summary>
public sealed class RealLinesTests
{
    private static readonly ReleaseLines Loader = new(Repository.Paths);

    [Test]
    public void The_lines_are_found() => Assert.That(Loader.Names, Is.EqualTo(["2023.04", "debian12"]));

    [Test]
    public void The_2023_04_line_is_what_the_readme_names()
    {
        ReleaseLine line = Loader.Load("2023.04");

        Assert.That(line.Components.Select(component => component.Id), Is.EqualTo(
            ["xz-5.2.9", "qemu-8.0.0-rc2", "podman-4.5.0-dev", "gvisor-tap-vsock-0.5.0", "gocat-0.2.0-6-gcc6fb8a"]));
        Assert.That(line.SourceDateEpoch, Is.EqualTo(1682812800));
        Assert.That(line.Firmware, Is.Empty);
        var qemu = (ArchiveSource)line.Component("qemu").Source;
        Assert.That(qemu.Location, Is.EqualTo("https://download.qemu.org/qemu-8.0.0-rc2.tar.xz"));
        Assert.That(qemu.Pin, Is.EqualTo("qemu-8.0.0-rc2.tar.xz sha256:- openpgp:CEACC9E15534EBABB82D3FA03353C9CEF108B584"));
        Assert.That(qemu.Origin, Is.EqualTo("2"));
        Assert.That(line.Component("xz").Source.Pin, Is.EqualTo(
            "xz-5.2.9.tar.xz sha256:287ef163e7e57561e9de590b2a9037457af24f03a46bbd12bf84f3263679e8d2 " +
            "openpgp:3690C240CE51B4670D30AD1C38EE757D69184620"));
        var podman = (GitSource)line.Component("podman").Source;
        Assert.That(podman.Commit, Is.EqualTo("8bd1e3f9d6de76a34866969ebc05af71af8b75e2"));
        Assert.That(podman.Sparse, Is.EqualTo(["/*", "!/test/", "!/vendor/github.com/mattn/go-sqlite3/"]));
        Assert.That(line.Component("podman").Patches, Has.Count.EqualTo(3).And.All.InstanceOf<RemotePatch>());
        var ninePfs = (RemotePatch)line.Component("qemu").Patches[0];
        Assert.That(ninePfs.Sha256, Is.EqualTo("b9edc85bc999b5c64f6a44ae74d012828092b268b66ddf58b9510f04449c663b"));
        Assert.That(ninePfs.Security, Does.Contain("974"));
    }

    [Test]
    public void The_debian12_line_comes_from_debian_alone()
    {
        ReleaseLine line = Loader.Load("debian12");

        Assert.That(line.Components.Select(component => component.Id), Is.EqualTo(["xz-5.4.1", "qemu-7.2.0"]));
        Assert.That(line.SourceDateEpoch, Is.EqualTo(1686355200));
        Assert.That(
            line.Components.Concat(line.Libraries).Select(component => component.Source),
            Is.All.InstanceOf<DebianSource>().Or.InstanceOf<RecipeSource>());
        Assert.That(line.Component("qemu").Source.Pin, Is.EqualTo(
            "qemu_7.2+dfsg.orig.tar.xz sha256:91aca71520040edc40b8d437aa3004dae614f58e286cf653ee8996c07af2962f"));
        Assert.That(line.Components.SelectMany(component => component.Patches), Is.All.InstanceOf<LocalPatch>());
        Assert.That(((DebianSource)line.Library("libfdt").Source).Suite, Is.EqualTo("trixie"));
        Assert.That(line.Firmware.Select(package => package.Package), Is.EqualTo(["seabios", "ipxe-qemu", "qemu-system-data", "ovmf"]));
    }

    [TestCaseSource(typeof(LineFolder), nameof(LineFolder.RealNames))]
    public void Every_library_stands_on_the_toolchain_and_is_needed(string name)
    {
        ReleaseLine line = Loader.Load(name);

        Assert.That(line.Libraries[0].Name, Is.EqualTo("toolchain"));
        Assert.That(line.Libraries.Skip(1), Is.All.Matches<Component>(library => library.Needs.Contains("toolchain")));
        Assert.That(
            line.Libraries.Select(library => library.Name),
            Is.SubsetOf(line.Components.Concat(line.Libraries).SelectMany(component => component.Needs)));
    }

    [TestCaseSource(typeof(LineFolder), nameof(LineFolder.RealNames))]
    public void An_affected_xz_says_so(string name) =>
        Assert.That(Loader.Load(name).Component("xz").Notes, Has.Some.Contains("CVE-2024-47611"));

    [Test]
    public void Every_patch_file_is_used_by_a_line()
    {
        IEnumerable<string> used = Loader.Names
            .SelectMany(name => Loader.Load(name) is var line ? line.Components.Concat(line.Libraries) : [])
            .SelectMany(component => component.Patches)
            .Select(patch => patch.File);
        IEnumerable<string> present = Directory.EnumerateDirectories(Repository.Paths.Patches)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories));

        Assert.That(present, Is.EquivalentTo(used.Distinct()));
    }

    [Test]
    public void Every_key_is_used_by_a_line()
    {
        IEnumerable<string?> used = Loader.Names
            .SelectMany(name => Loader.Load(name) is var line ? line.Components.Concat(line.Libraries) : [])
            .Select(component => (component.Source as ArchiveSource)?.Signature?.KeyFile);

        Assert.That(Directory.EnumerateFiles(Repository.Paths.Keys), Is.EquivalentTo(used.OfType<string>().Distinct()));
    }
}
