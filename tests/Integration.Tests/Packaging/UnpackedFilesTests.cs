using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Nsis;
using Qcw.Integration.Tests.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Nsis;

namespace Qcw.Integration.Tests.Packaging;

/// <summary>What 7-Zip and msiextract find in real installers is what is recorded; a file that is not described ends the build.</summary>
public sealed class UnpackedFilesTests
{
    [Test]
    public void A_setup_program_has_what_is_recorded_and_what_NSIS_adds()
    {
        using var product = new TestProduct();
        InstallerDescription description = product.Describe("1.0");
        var nsis = new NsisInstaller(Path.Combine(Repository.Paths.Packaging, "Nsis"));
        Action<string> write = file => nsis.Build(description, file, Path.Combine(product.Root, "log"));

        ArtifactRecord record = Record(product.Root, "product-setup.exe", [.. description.Files], write);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                record.Contents.Where(file => file.From == PackedFile.Own).Select(file => file.Path),
                Is.EquivalentTo(description.Files.Select(file => file.Target)));
            Assert.That(
                record.Contents.Where(file => file.From == NsisInstaller.Owner).Select(file => file.Path),
                Does.Contain("uninstall.exe").And.Contain("$PLUGINSDIR/System.dll"));
        }

        AssertThatOneLessFails(product.Root, "product-setup.exe", description, write);
    }

    [Test]
    public void An_MSI_has_what_is_recorded()
    {
        using var product = new MsiProduct();
        InstallerDescription description = product.Describe(MsiProduct.One, MsiEdition.PerMachine);
        Action<string> write = file => product.Installer().Write(description, file, product.Log);

        ArtifactRecord record = Record(product.Root, "product.msi", [.. description.Files], write);
        Assert.That(record.Contents.Select(file => file.Path), Is.EquivalentTo(description.Files.Select(file => file.Target)));
        AssertThatOneLessFails(product.Root, "product.msi", description, write);
    }

    private static void AssertThatOneLessFails(string root, string name, InstallerDescription description, Action<string> write)
    {
        InstalledFile[] files = [.. description.Files];
        Assert.That(
            () => Record(Path.Combine(root, "less"), name, files[1..], write),
            Throws.TypeOf<BuildException>().With.Message.Contains($"{files[0].Target} is in it, and nobody owns it"));
    }

    private static ArtifactRecord Record(string root, string name, InstalledFile[] files, Action<string> write)
    {
        var paths = new Paths(root, Path.Combine(root, "artifacts"));
        new Packager(paths, new StepRunner(RecordingLog.Nowhere), _ => { }, _ => ArtifactDetails.None).Make(
            new PackageRequest(name, "installer", null, new Fingerprint().Add("x", "1"), Provenance.None, files, []), write);
        return ArtifactRecord.Read(paths.Facts(name));
    }
}
