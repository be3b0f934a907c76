using Qcw.Build.Attesting;
using Qcw.Build.Packaging;

namespace Qcw.Build.Tests.Attesting;

public sealed class InventoryTests
{
    private static ArtifactRecord Sample => SampleRecord.Record;

    [Test]
    public void Every_file_belongs_to_one_item()
    {
        Inventory inventory = Take(Sample);
        Assert.That(
            inventory.Items.SelectMany(item => item.Files).Select(file => file.Path).Order(StringComparer.Ordinal),
            Is.EqualTo(Sample.Contents.Select(file => file.Path)));
        Assert.That(
            inventory.Items.Where(item => item.Files.Count > 0).Select(item => (item.Name, item.Files[0].Path)).Order(),
            Is.EqualTo(new[]
            {
                ("example.org/Module", "licenses/xz/modules/example.org/Module/LICENSE"), ("meson", "licenses/meson/COPYING"),
                ("nsis-common", "uninstall.exe"), ("qcw", "LICENSE"), ("seabios", "share/bios.bin"), ("xz", "bin/xz.exe"),
                ("zlib", "bin/zlib1.dll"),
            }));
    }

    [Test]
    public void A_script_with_nothing_inside_is_an_item_of_this_repository()
    {
        ArtifactRecord script = Sample with { File = "x.ps1", Component = null, Version = null, Contents = [], By = Provenance.None };
        Item item = Take(script with { Details = ArtifactDetails.None }).Items.Single();
        Assert.That((item.Name, item.Licence, item.Files.Count), Is.EqualTo((PackedFile.Own, "Apache-2.0", 0)));
    }

    [Test]
    public void What_two_components_have_inside_is_there_once_and_both_need_it()
    {
        Item[] items = [.. Take(Sample).Items];
        const string module = "pkg:golang/example.org/module@v1.2.3";
        Assert.That(items.Count(item => item.Ref == module), Is.EqualTo(1));
        Assert.That(items.Where(item => item.Needs.Contains(module)).Select(item => item.Name), Is.EquivalentTo(["xz", "zlib"]));
        Assert.That(items.Single(item => item.Name == "xz").Needs, Does.Contain("component:zlib"));
    }

    [Test]
    public void A_library_that_is_only_a_tool_is_marked() => Assert.That(
        Take(Sample).Items.Where(item => item.OnlyBuilds).Select(item => item.Name), Is.EqualTo(["meson"]));

    [Test]
    public void An_item_is_known_by_its_archive_or_commit_or_package_or_else_by_its_files()
    {
        Dictionary<string, string> hashes = Take(Sample).Items.ToDictionary(item => item.Name, item => Inventory.HashOf(item).Hash);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(hashes["xz"], Is.EqualTo(new string('a', 64)));
            Assert.That(hashes["zlib"], Is.EqualTo(new string('b', 40)));
            Assert.That(hashes["seabios"], Is.EqualTo(new string('e', 64)));
            Assert.That(hashes["example.org/Module"], Is.EqualTo(new string('0', 64)));
            Assert.That(hashes["keymaps"], Is.EqualTo(hashes["xz"]), "it is out of the source of xz");
            Assert.That(hashes["nsis-common"], Has.Length.EqualTo(64), "of the list of its files");
        }
    }

    [Test]
    public void A_library_that_is_not_in_the_inventory_ends_the_build_by_name()
    {
        Provenance by = Sample.By with
        {
            Sources = [.. Sample.By.Sources.Where(source => source.Name != "zlib")],
            Libraries = ["meson"],
        };
        Assert.That(
            () => Take(Sample with { By = by }),
            Throws.TypeOf<BuildException>().With.Message.Contains("bin/zlib1.dll is from zlib, which is not in the inventory"));
    }

    [Test]
    public void A_library_that_the_line_does_not_have_ends_the_build_by_name() => Assert.That(
        () => Take(Sample with { By = Sample.By with { Libraries = ["meson", "openssl", "zlib"] } }),
        Throws.TypeOf<BuildException>().With.Message.Contains("openssl is inside xz-5.2.9-setup.exe, and the line sample does not"));

    [Test]
    public void A_licence_that_the_line_does_not_say_ends_the_build_by_name()
    {
        ReleaseLine line = SampleRecord.Line with
        {
            Libraries = [.. SampleRecord.Line.Libraries.Select(one => one.Name == "zlib" ? one with { Licence = null } : one)],
        };
        Assert.That(
            () => Inventory.Of(Sample, line, string.Empty, []),
            Throws.TypeOf<BuildException>()
                .With.Message.Contains("does not say the licence of zlib").And.Message.Contains("add \"licence\""));
    }

    [Test]
    public void A_package_with_parts_in_what_it_makes_has_a_licence_here() => Assert.That(
        ToolCatalog.All.SelectMany(tool => tool.PartPackages.Select(package => new ToolPackage(tool.Name, package, "1", "all", "debian")))
            .Select(package => ToolParts.In(Sample with { By = Sample.By with { Packages = [package] } })
                .First(item => item.Name == package.Name).Licence),
        Is.All.Not.Null);

    [Test]
    public void Without_Debians_packages_NSIS_is_known_by_what_it_says() => Assert.That(
        Take(Sample with { By = Sample.By with { Packages = [] } }).Items.Single(item => item.Name == "nsis").Purl,
        Is.EqualTo("pkg:generic/nsis@3.08-3%2Bdeb12u1"));

    private static Inventory Take(ArtifactRecord record) => Inventory.Of(record, SampleRecord.Line, string.Empty, ["meson"]);
}
