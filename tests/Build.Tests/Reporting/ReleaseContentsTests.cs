using Qcw.Build.Attesting;
using Qcw.Build.Packaging;
using Qcw.Build.Reporting;
using Qcw.Build.Tests.Attesting;

namespace Qcw.Build.Tests.Reporting;

/// <summary>Releases as their bills of materials tell them, and in what two differ.</summary>
public sealed class ReleaseContentsTests
{
    [Test]
    public void A_bill_of_materials_has_every_file_that_was_packed()
    {
        ReleasedContents contents = SampleReport.Contents(SampleRecord.Record);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                contents.Items.SelectMany(item => item.Files).Select(file => (file.Path, file.Sha256, file.Size)),
                Is.EquivalentTo(SampleRecord.Record.Contents.Select(file => (file.Path, file.Sha256, file.Size))));
            Assert.That(contents.Unpacked, Is.EqualTo(SampleRecord.Record.Contents.Sum(file => file.Size)));
            Assert.That(contents.Line, Is.EqualTo("sample"));
            Assert.That(contents.Items.SelectMany(item => item.Patches).Single().Name, Is.EqualTo("CVE-2026-0001.patch"));
            Assert.That(contents.Tools, Has.Member(("nsis", "3.08-3+deb12u1")));
        }
    }

    [TestCase("xz-5.2.9-setup.exe", "5.2.9", "xz-*-setup.exe")]
    [TestCase("podman-5.8.3-windows-x86_64.msi", "5.8.3", "podman-*-windows-x86_64.msi")]
    [TestCase("qcw-utils.ps1", "2026.11", "qcw-utils.ps1"), TestCase("gocat-0.1.0.zip", "v0.2", "gocat-*.zip")]
    public void The_same_file_of_two_releases_is_found_by_its_name_without_versions(string name, string version, string kind) =>
        Assert.That(new ReleasedContents(name, version, null, string.Empty, [], [], []).Kind, Is.EqualTo(kind));

    [Test]
    public void What_changed_between_two_releases_is_found()
    {
        ArtifactRecord before = SampleRecord.Record;
        ArtifactRecord now = before with
        {
            By = before.By with
            {
                Sources = [.. before.By.Sources.Select(source => source.Name == "xz" ? source with { Version = "5.2.10" } : source)],
                Tools = new Dictionary<string, string> { ["strange"] = "strange 2" },
            },
            Contents =
            [
                .. before.Contents.Where(file => file.Path != "bin/zlib1.dll")
                    .Select(file => file.Path == "bin/xz.exe" ? file with { Sha256 = new string('e', 64), Size = 80 } : file),
                new PackedFile("bin/new.exe", new string('a', 64), 5, "xz"),
            ],
            Details = before.Details with { Patches = [] },
        };
        Advisory gained = new("xz", "CVE-2026-1111", ["5.2.10"], "exploitable", "Bad.");
        Advisory lost = new("xz", "CVE-2025-2222", ["5.2.9"], "exploitable", "It was bad.");
        var difference = ReleaseDifference.Of(SampleReport.Release(before, gained, lost), SampleReport.Release(now, gained, lost));
        FileDifference file = difference.Files.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(difference.Versions, Is.EqualTo([new Change("xz", "5.2.9", "5.2.10")]));
            Assert.That(difference.Licences, Is.Empty);
            Assert.That(
                difference.Patches.Select(change => (change.Name, change.Is)),
                Is.EqualTo([("zlib: CVE-2026-0001.patch", (string?)null)]));
            Assert.That(difference.Gained.Select(one => one.Id), Is.EqualTo(["CVE-2026-1111"]));
            Assert.That(difference.Fixed.Select(one => one.Id), Is.EqualTo(["CVE-2025-2222"]));
            Assert.That(difference.Tools, Has.Member(new Change("strange", "strange 1", "strange 2")));
            Assert.That(file.Added.Select(one => one.Path), Is.EqualTo(["bin/new.exe"]));
            Assert.That(file.Removed.Select(one => one.Path), Is.EqualTo(["bin/zlib1.dll"]));
            Assert.That(file.Changed.Select(one => (one.Was.Size, one.Is.Size)), Is.EqualTo([(8L, 80L)]));
        }
    }

    [Test]
    public void A_release_does_not_differ_from_itself()
    {
        var difference = ReleaseDifference.Of(SampleReport.Release(), SampleReport.Release());
        Assert.That(
            difference.Versions.Concat(difference.Licences).Concat(difference.Patches).Concat(difference.Tools), Is.Empty);
    }

    [TestCase("{}"), TestCase("x"), TestCase("[]")]
    [TestCase("""{"metadata":{"component":{"name":"a","version":"1"}},"components":[{"bom-ref":1}]}""")]
    public void What_is_no_bill_of_materials_of_this_project_is_named(string text) =>
        Assert.That(
            () => ReleasedContents.Parse(text, "old/x.cdx.json"),
            Throws.TypeOf<BuildException>().With.Message.Contains("old/x.cdx.json").And.Message.Contains("get the release again"));

    [Test]
    public void A_folder_without_bills_of_materials_is_refused()
    {
        using var folder = new TemporaryFolder();
        Assert.That(() => ReleaseContents.Read(folder.Path), Throws.TypeOf<BuildException>().With.Message.Contains(".cdx.json"));
    }
}
