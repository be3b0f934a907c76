using System.Globalization;
using System.Text.RegularExpressions;
using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Nsis;
using Qcw.Build.Releasing.Manifests;

namespace Qcw.Build.Tests.Releasing.Manifests;

/// <summary>What manifests say of the setup programs, against the script that these are made with.</summary>
public sealed class InstallerFactsTests
{
    private static readonly string Nsis = Path.Combine(Repository.Root, "build", "Packaging", "Nsis");
    private static readonly string Script = File.ReadAllText(Path.Combine(Nsis, "installer.nsi"));

    [Test]
    public void The_exit_codes_are_those_of_the_script()
    {
        Dictionary<string, int> defined = Regex
            .Matches(Script, "!define EXIT_([A-Z_]+) ([0-9]+)")
            .ToDictionary(
                match => match.Groups[1].Value.Replace("_", string.Empty, StringComparison.Ordinal),
                match => int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture));
        Assert.That(
            Enum.GetValues<NsisExitCode>()
                .Where(code => code is not (NsisExitCode.Done or NsisExitCode.Cancelled))
                .ToDictionary(code => code.ToString().ToUpperInvariant(), code => (int)code),
            Is.EquivalentTo(defined));
    }

    [Test]
    public void The_options_are_those_of_the_script()
    {
        string text = WingetManifests.Write(SamplePackages.Qemu(), SamplePackages.Addresses)[1].Text;
        foreach (string edition in (string[])["AllUsers", "CurrentUser"])
        {
            Assert.That(Script, Does.Match($"!define EDITION_[A-Z]+ \"{edition}\""));
            Assert.That(text, Does.Contain($"    Custom: /{edition}\n"));
        }
    }

    [Test]
    public void Only_the_setup_of_QEMU_is_an_installer_and_only_its_zip_an_archive()
    {
        Component qemu = new ReleaseLines(Repository.Paths).Load("debian13").Component("qemu");
        Package package = Qemu.Definition.PackageOf(
            qemu, [.. new[] { Qemu.GuestAgent, Qemu.Setup, Qemu.Zip }.Select(product => (product, File(product)))])!;
        Assert.That(package.Installers.Select(installer => installer.File), Is.EqualTo([File(Qemu.Setup), File(Qemu.Setup)]));
        Assert.That(package.Installers.Select(installer => installer.ForAllUsers), Is.EqualTo([true, false]));
        Assert.That(package.Scoop.Archives, Is.EqualTo([File(Qemu.Zip)]));

        ReleasedFile File(Product product) =>
            new("/release/" + product.NameFor(qemu, Architecture.X64), product.FileName, Architecture.X64, SamplePackages.Hash);
    }

    [Test]
    public void The_setup_of_QEMU_registers_what_its_manifest_says()
    {
        PackageInstaller manifest = SamplePackages.Qemu("7.2.0").Installers[0];
        string product = NsisProductFile.Text(
            new InstallerDescription(
                QemuInstallerDescription.Id, QemuInstallerDescription.Name, UpstreamVersion.Parse("7.2.0"), Publisher.Name,
                Publisher.Homepage, [], 0));
        string registration = File.ReadAllText(Path.Combine(Nsis, "registration.nsh"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Script, Does.Contain(@"CurrentVersion\Uninstall\${PRODUCT_ID}"""));
            AssertRegistered("ID", manifest.ProductCode);
            AssertRegistered("NAME", manifest.DisplayName, "DisplayName");
            AssertRegistered("VERSION", manifest.DisplayVersion, "DisplayVersion");
            AssertRegistered("PUBLISHER", manifest.DisplayPublisher, "Publisher");
        }

        void AssertRegistered(string define, string value, string? registryValue = null)
        {
            Assert.That(product, Does.Contain($"!define PRODUCT_{define} \"{value}\"\n"));
            if (registryValue is not null)
            {
                Assert.That(registration, Does.Contain($"\"{registryValue}\" \"${{PRODUCT_{define}}}\""));
            }
        }
    }
}
