using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Packaging.Msi;

/// <summary>When two MSIs are the same product, the same package, the same component.</summary>
public sealed class MsiIdentityTests
{
    private TemporaryFolder folder = null!;
    private InstallerDescription description = null!;

    [SetUp]
    public void MakeDescription()
    {
        folder = new TemporaryFolder();
        description = TestMsi.Create(folder);
    }

    [TearDown]
    public void DeleteFolder() => folder.Dispose();

    [Test]
    public void The_same_contents_are_the_same_product_from_any_folder_in_any_order()
    {
        using var other = new TemporaryFolder();
        InstallerDescription copy = TestMsi.Create(other);
        copy = copy with { Sections = [copy.Sections[0] with { Files = [.. copy.Sections[0].Files.Reverse()] }, .. copy.Sections.Skip(1)] };
        var one = new MsiPlan(description);
        var two = new MsiPlan(copy);
        Assert.That(two.ProductCode, Is.EqualTo(one.ProductCode));
        Assert.That(two.PackageCode, Is.EqualTo(one.PackageCode).And.Not.EqualTo(one.ProductCode));
        Assert.That(new WixlSource(two).Text(Guid.Empty), Is.EqualTo(new WixlSource(one).Text(Guid.Empty)));
    }

    [Test]
    public void Whatever_differs_makes_another_product()
    {
        var codes = new List<Guid> { new MsiPlan(description).ProductCode };
        MsiPart msi = description.Msi!;
        foreach (InstallerDescription changed in new[]
        {
            description with { SourceDateEpoch = 0 }, description with { Version = UpstreamVersion.Parse("4.5.0") },
            description with { Path = null }, description with { Msi = msi with { Comments = "Other." } },
            description with { Msi = msi with { Closing = "End it" } },
            description with { Msi = msi with { Architecture = Architecture.Arm64 } },
            description with { Msi = msi with { Edition = MsiEdition.PerUser } },
            description with { Msi = msi with { Choices = [msi.Choices[0] with { Default = "green" }] } },
            description with { Msi = msi with { Choices = [msi.Choices[0] with { Neighbour = null }] } },
        })
        {
            codes.Add(new MsiPlan(changed).ProductCode);
        }

        File.AppendAllText(folder["program"], "more");
        codes.Add(new MsiPlan(description).ProductCode);
        Assert.That(codes, Is.Unique);
    }

    [Test]
    public void A_component_is_the_same_over_versions_and_another_one_in_the_other_edition()
    {
        Dictionary<string, Guid> one = Codes(description);
        Dictionary<string, Guid> next = Codes(
            description with
            {
                Version = UpstreamVersion.Parse("5.0.0"),
                Name = "Other",
                Sections = [.. description.Sections.Take(2)],
                Shortcuts = [],
            });
        Dictionary<string, Guid> user = Codes(TestMsi.Create(folder, MsiEdition.PerUser));
        Assert.That(one.Values, Is.Unique);
        Assert.That(next, Is.SubsetOf(one));
        Assert.That(user.Keys, Is.EquivalentTo(one.Keys));
        Assert.That(user.Values.Intersect(one.Values), Is.Empty);
    }

    // an MSI that was given to people once must be found by every later one
    [Test]
    public void Codes_never_change() => Assert.That(
        Codes(description).Single(item => item.Key.StartsWith("file_a.exe", StringComparison.Ordinal)).Value,
        Is.EqualTo(new Guid("5172427f-b7ad-5ff7-b661-fbf49f7fe72a")));

    [Test]
    public void Batch_files_get_the_line_ends_of_Windows_and_nothing_else_does()
    {
        folder.Write("lf", "a\r\nb\nc");
        Assert.That(MsiContent.Read(new InstalledFile(folder["lf"], "x.CMD")), Is.EqualTo("a\r\nb\r\nc"u8.ToArray()));
        Assert.That(MsiContent.Read(new InstalledFile(folder["lf"], "x.txt")), Is.EqualTo("a\r\nb\nc"u8.ToArray()));
    }

    private static Dictionary<string, Guid> Codes(InstallerDescription description) =>
        new MsiPlan(description).Layout.Components.ToDictionary(component => component.Id, component => component.Code);
}
