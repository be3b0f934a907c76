using Qcw.Build.Components;
using Qcw.Build.Host;
using Qcw.Build.Releasing;

namespace Qcw.Build.Tests.Releasing;

public sealed class ComponentTableTests
{
    private static readonly ReleaseLines Loader = new(Repository.Paths);
    private static readonly ReleaseLine[] Lines = [.. Loader.Names.Select(name => Loader.Load(name))];
    private static readonly IReadOnlyList<ShippedComponent> Rows = Readme.Rows(TaskGraph.OfHost());

    [Test]
    public void The_readme_is_up_to_date()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.That(readme, Is.EqualTo(ComponentTable.Replace(readme, Lines, Rows)), "./build.sh --target=Readme brings it up to date");
    }

    [Test]
    public void Each_line_has_its_version_and_its_number_of_patch_sets()
    {
        ReleaseLine full = Loader.Load("2023.04");
        Component qemu = full.Component("qemu") with { Version = "9.8" };
        ReleaseLine one = full with { Name = "one", Components = [qemu, full.Component("podman") with { Version = "7.6", Patches = [] }] };
        ReleaseLine two = full with { Name = "two", Components = [qemu with { Version = "5.4", Patches = [qemu.Patches[0]] }] };
        string table = ComponentTable.Write([one, two], Rows);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(table, Does.StartWith("| component | what it is | line `one` | changes | line `two` | changes | comes as |\n"));
            Assert.That(table, Does.Contain("| 9.8 | 3 patch sets | 5.4 | 1 patch set | zip, setup program |\n"));
            Assert.That(table, Does.Contain("| 7.6 | none | – | | MSI, MSI for one user |\n"));
        }
    }

    [Test]
    public void Patches_of_debian_are_counted_apart()
    {
        ReleaseLine line = Loader.Load("debian13");
        var debian = new DebianSource("qemu", "trixie", "qemu_1-1.debian.tar.xz", new string('a', 64));
        SourcePatch own = line.Component("qemu").Patches[0];
        string Changes(params SourcePatch[] patches) => ComponentTable.Write(
            [line with { Components = [line.Component("qemu") with { Version = "9.8", Patches = patches }] }], Rows);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Changes(own, new DebianPatches(debian, ["a", "b"])), Does.Contain("| 9.8 | 1 patch set, 2 of Debian's patches |"));
            Assert.That(Changes(new DebianPatches(debian, ["a"])), Does.Contain("| 9.8 | 1 of Debian's patches |"));
            Assert.That(Changes(new DebianPatches(debian, [])), Does.Contain("| 9.8 | Debian's patches |"));
        }
    }

    [Test]
    public void A_component_that_nobody_has_defined_is_named() =>
        Assert.That(() => ComponentCatalog.Find("newcomer"), Throws.TypeOf<BuildException>().With.Message.Contains("newcomer"));

    [Test]
    public void Every_component_of_a_line_has_a_row() =>
        Assert.That(
            Lines.SelectMany(line => line.Components).Select(component => component.Name).Distinct(),
            Is.SubsetOf(Rows.Select(row => row.Name)));

    [Test]
    public void A_text_without_the_marks_is_refused() =>
        Assert.That(
            () => ComponentTable.Replace("# qcw\n", Lines, Rows),
            Throws.TypeOf<BuildException>().With.Message.Contains("components: begin"));
}
