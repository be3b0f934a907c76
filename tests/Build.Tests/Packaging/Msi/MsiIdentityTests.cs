using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Tests.Packaging.Msi;

/// <summary>When two MSIs are the same product, the same package, the same component.</summary>
public sealed class MsiIdentityTests
{
    private TemporaryFolder folder = null!;
    private MsiDescription description = null!;

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
        MsiDescription copy = TestMsi.Create(other);
        copy = copy with { Features = [copy.Features[0] with { Files = [.. copy.Features[0].Files.Reverse()] }, .. copy.Features.Skip(1)] };
        var one = new MsiPlan(description);
        var two = new MsiPlan(copy);
        Assert.That(two.ProductCode, Is.EqualTo(one.ProductCode));
        Assert.That(two.PackageCode, Is.EqualTo(one.PackageCode).And.Not.EqualTo(one.ProductCode));
        Assert.That(two.WixlSource, Is.EqualTo(one.WixlSource));
        Assert.That(two.WixSource, Is.EqualTo(one.WixSource));
    }

    [Test]
    public void Whatever_differs_makes_another_product()
    {
        var codes = new List<Guid> { new MsiPlan(description).ProductCode };
        foreach (MsiDescription changed in new[]
        {
            description with { Comments = "Other." }, description with { SourceDateEpoch = 0 }, description with { Architecture = Architecture.Arm64 },
            description with { Version = "4.5.0" }, description with { PathFeature = null }, description with { Edition = MsiEdition.PerUser },
            description with { Choices = [description.Choices[0] with { Default = "green" }] }, description with { Choices = [description.Choices[0] with { Neighbour = null }] },
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
        Dictionary<string, Guid> next = Codes(description with { Version = "5.0.0", Comments = "Other.", Features = [.. description.Features.Take(2)], Shortcuts = [] });
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

    private static Dictionary<string, Guid> Codes(MsiDescription description) =>
        new MsiLayout(description).Components.ToDictionary(component => component.Id, component => component.Code);
}
