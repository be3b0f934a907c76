using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Msi.Wix5;

namespace Qcw.Build.Tests.Packaging.Msi.Wix5;

public sealed class WixBuilderTests
{
    [Test]
    public void WiX_is_started_with_the_pinned_version_and_the_right_processor()
    {
        using var folder = new TemporaryFolder();
        string work = Path.Combine(folder.Path, "work");
        InstallerDescription description = TestMsi.Create(folder);
        var plan = new MsiPlan(description);
        var arm = new MsiPlan(description with { Msi = description.Msi! with { Architecture = Architecture.Arm64 } });
        var builder = new WixBuilder("/repository");
        Assert.That(
            builder.Requests(plan, work).Select(request => request.CommandLine),
            Is.EqualTo(
                new[]
                {
                    "dotnet tool restore",
                    $"dotnet wix build -arch x64 -bindpath {work} -pdbtype none -intermediatefolder {work}/obj -o "
                        + $"{work}/product.msi {work}/product.wxs",
                }));
        Assert.That(builder.Requests(plan, work).Select(request => request.WorkingDirectory), Is.All.EqualTo("/repository"));
        Assert.That(builder.Requests(arm, work)[1].Arguments, Does.Contain("arm64"));
    }

    [Test]
    public void The_manifest_pins_WiX_5() // 6 and newer are under another licence
    {
        string manifest = File.ReadAllText(Path.Combine(Repository.Root, WixBuilder.Manifest));
        Assert.That(manifest, Does.Contain("\"wix\"").And.Contain("\"version\": \"5.0.2\""));
        Assert.That(new WixBuilder(Repository.Root).Version(), Does.Match("^wix by [0-9a-f]{64}$"));
    }
}
