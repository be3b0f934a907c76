using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Zip;

namespace Qcw.Build.Tests.Packaging;

public sealed class ArtifactRecordTests
{
    private TemporaryFolder folder = null!;
    private Paths paths = null!;

    [SetUp]
    public void SetUp()
    {
        folder = new TemporaryFolder();
        paths = new Paths(folder.Path, Path.Combine(folder.Path, "artifacts"));
    }

    [TearDown]
    public void TearDown() => folder.Dispose();

    [Test]
    public void A_file_is_recorded_with_everything_that_is_in_it_and_whose_it_is()
    {
        Make("1");
        ArtifactRecord record = ArtifactRecord.Read(paths.Facts("a.zip"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((record.File, record.Component, record.Version), Is.EqualTo(("a.zip", "xz", "5.2")));
            Assert.That(
                (record.Sha256, record.Size),
                Is.EqualTo((Files.Sha256(paths.Package("a.zip")), new FileInfo(paths.Package("a.zip")).Length)));
            Assert.That(record.Sha512, Does.Match("^[0-9a-f]{128}$"));
            Assert.That(
                record.Contents.Select(file => (file.Path, file.Size, file.From)),
                Is.EqualTo([("LICENSE", 7L, PackedFile.Own), ("bin/xz.exe", 7L, "xz"), ("lib.dll", 3L, "glib")]));
            Assert.That(record.Contents[1].Sha256, Is.EqualTo(Files.Sha256(Path.Combine(folder.Path, "stage-xz", "xz.exe"))));
            Assert.That(record.By.Tools["makensis"], Is.EqualTo("v3.08-3+deb12u1"));
            Assert.That(File.ReadAllText(paths.Facts("a.zip")), Does.Contain("v3.08-3+deb12u1").And.EndWith("}\n"));
        }
    }

    [Test]
    public void A_record_is_written_again_where_the_file_is_made_again_or_it_is_damaged()
    {
        Make("1");
        string before = File.ReadAllText(paths.Facts("a.zip"));
        Make("2");
        Assert.That(ArtifactRecord.Read(paths.Facts("a.zip")).Fingerprint, Is.Not.EqualTo(ArtifactRecordOf(before).Fingerprint));
        File.WriteAllText(paths.Facts("a.zip"), "{");
        Make("2");
        Assert.That(ArtifactRecord.Read(paths.Facts("a.zip")).File, Is.EqualTo("a.zip"));
    }

    [Test]
    public void A_file_that_was_packed_and_is_not_described_ends_the_build_by_name()
    {
        var extra = new InstalledFile(folder.Write("extra", "x"), "bin/extra.dll");
        Assert.That(
            () => Make("1", extra), Throws.TypeOf<BuildException>().With.Message.Contains("bin/extra.dll is in it, and nobody owns it"));
        Assert.That(File.Exists(paths.Facts("a.zip")), Is.False);
    }

    [TestCase(null, "is missing, and the release notes need it")]
    [TestCase("{}", "it lacks file, sha256")]
    [TestCase("nonsense", "cannot be read")]
    public void A_record_that_is_none_is_refused(string? content, string message)
    {
        string path = content is null ? Path.Combine(folder.Path, "facts.json") : folder.Write("facts.json", content);
        Assert.That(
            () => ArtifactRecord.Read(path),
            Throws.TypeOf<BuildException>().With.Message.Contains(message).And.Message.Contains("copy it together"));
    }

    private ArtifactRecord ArtifactRecordOf(string text) => ArtifactRecord.Read(folder.Write("before.json", text));

    private void Make(string state, params InstalledFile[] more)
    {
        string[] files =
        [
            folder.Write("LICENSE", "licence"),
            folder.Write("stage-xz/xz.exe", "program"),
            folder.Write("stage-glib/lib.dll", "dll"),
        ];
        var xz = new Component("xz", "5.2", new RecipeSource(), [], [], []);
        InstalledFile[] packed =
            [new InstalledFile(files[2], "lib.dll"), new InstalledFile(files[1], "bin/xz.exe"), new InstalledFile(files[0], "LICENSE")];
        new Packager(paths, new StepRunner(RecordingLog.Nowhere), _ => { }, _ => ArtifactDetails.None).Make(
            new PackageRequest(
                "a.zip", "archive", xz, new Fingerprint().Add("state", state), Provenance.None.WithTool("makensis", "v3.08-3+deb12u1"),
                packed,
                [(Path.GetDirectoryName(files[1])!, "xz"), (Path.GetDirectoryName(files[2])!, "glib")]),
            partial => DeterministicZip.Write(partial, [.. packed, .. more], 1_700_000_000));
    }
}
