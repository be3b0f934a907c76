using Qcw.Build.Fetching.Mirroring;
using Qcw.Build.Host;

namespace Qcw.Build.Tests.Fetching.Mirroring;

/// <summary>Which inputs of the real lines go into a mirror.</summary>
public sealed class MirrorSelectionTests
{
    private static readonly TaskGraph TheGraph = TaskGraph.OfHost();

    [Test]
    public void Everything_of_the_default_line_has_Gos_SDK_for_each_host()
    {
        ReleaseLine line = Load("2023.04");
        MirrorSelection selection = MirrorSelection.Everything(line);
        Assert.That(
            selection.Components.Select(component => component.Name),
            Is.EqualTo([
                .. line.Components.Concat(line.Libraries).Select(component => component.Name),
                .. line.Go!.Sdk!.All.Select(_ => "go"),
            ]));
        Assert.That(selection.Firmware, Is.False, "its QEMU brings its firmware");
    }

    [Test]
    public void Everything_of_debian13_has_the_firmware() => Assert.That(MirrorSelection.Everything(Load("debian13")).Firmware);

    [Test]
    public void A_target_gets_what_it_is_made_of()
    {
        Assert.That(Names("debian13", "XzArchive"), Is.EqualTo(["xz", "toolchain"]));
        Assert.That(Select("debian13", "XzArchive").Firmware, Is.False);
        Assert.That(
            Names("debian13", "QemuInstaller"), Does.Contain("qemu").And.Contain("glib").And.Not.Contain("xz").And.Not.Contain("go"));
        Assert.That(Select("debian13", "QemuInstaller").Firmware);
        Assert.That(Names("2023.04", "PodmanInstaller").Distinct(), Is.EquivalentTo(["podman", "gvisor-tap-vsock", "go"]));
    }

    [Test]
    public void Every_target_that_makes_a_file_gets_that_components_source()
    {
        foreach (ReleaseLine line in Repository.Lines.Names.Select(Load))
        {
            foreach (TaskNode node in TheGraph.Nodes.Where(node => node.Product is not null && node.Work?.Definition is not null))
            {
                if (node.IsIn(line))
                {
                    Assert.That(Names(line.Name, node.Name), Does.Contain(node.Work!.Definition!.Name), $"{line.Name} {node.Name}");
                }
            }
        }
    }

    [Test]
    public void SysrootFetch_fetches_every_library()
    {
        foreach (ReleaseLine line in new[] { "2023.04", "debian13" }.Select(Load))
        {
            Assert.That(line.Libraries.Select(library => library.Name), Is.SubsetOf(Names(line.Name, "QemuInstaller")));
            Assert.That(Names(line.Name, "SysrootFetch"), Is.EqualTo(line.Libraries.Select(library => library.Name)));
        }
    }

    [Test]
    public void Gos_SDK_comes_once_for_each_host()
    {
        ReleaseLine line = Load("2023.04");
        Assert.That(Names("2023.04", "PodmanCompile").Count(name => name == "go"), Is.EqualTo(line.Go!.Sdk!.All.Count()));
    }

    [Test]
    public void The_inputs_are_those_of_what_is_selected()
    {
        ReleaseLine line = Load("debian13");
        MirrorSelection selection = Select("debian13", "QemuInstaller");
        Assert.That(
            selection.InputsOf(line).Select(input => input.Owner).Distinct(),
            Is.EquivalentTo(
                selection
                    .Components.Where(component => component.Source is not RecipeSource)
                    .Select(component => component.Name)
                    .Append("firmware")));
    }

    [Test]
    public void A_target_that_needs_nothing_of_the_line_is_refused() =>
        Assert.That(
            () => Select("debian13", "Doctor"),
            Throws.TypeOf<UsageException>().With.Message.Contains("--for=Doctor").And.Message.Contains("debian13"));

    [Test]
    public void A_one_off_is_refused()
    {
        ReleaseLine line = Load("debian13");
        line = line with { Components = [.. line.Components.Select(component => component with { IsOneOff = component.Name == "xz" })] };
        Assert.That(() => MirrorSelection.Everything(line), Throws.TypeOf<UsageException>().With.Message.Contains("--xz-source"));
        Assert.That(() => Mirror.SelectionOf(line, "QemuInstaller", TheGraph.Closure("QemuInstaller")), Throws.Nothing);
    }

    [Test]
    public void Patches_of_debian_need_debians_programs_and_are_in_the_mirror()
    {
        var patches = new DebianPatches(new DebianSource("a", "trixie", "a_1-1.debian.tar.xz", new string('a', 64)), []);
        Component component = Sample.Component("a", patches: [patches]);
        var selection = new MirrorSelection([component], Firmware: false);
        Assert.That(selection.NeedsDebian);
        Assert.That(selection.InputsOf(Sample.Line()).Select(input => input.Name), Is.EqualTo([patches.Archive.File]));
        Assert.That(new MirrorSelection([component with { Patches = [] }], Firmware: false).NeedsDebian, Is.False);
    }

    private static ReleaseLine Load(string name) => new ReleaseLines(Repository.Paths).Load(name);

    private static MirrorSelection Select(string line, string target) => Mirror.SelectionOf(Load(line), target, TheGraph.Closure(target));

    private static string[] Names(string line, string target) => [.. Select(line, target).Components.Select(component => component.Name)];
}
