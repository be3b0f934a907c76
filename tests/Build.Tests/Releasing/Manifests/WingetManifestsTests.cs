using Qcw.Build.Components;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing.Manifests;
using YamlDotNet.RepresentationModel;

namespace Qcw.Build.Tests.Releasing.Manifests;

public sealed class WingetManifestsTests
{
    [Test]
    public void The_files_stand_where_wingets_repository_has_them() =>
        Assert.That(WingetManifests.Write(SamplePackages.Qemu(), SamplePackages.Addresses).Select(file => file.Path), Is.EqualTo(
        [
            "winget/manifests/q/qcw/QEMU/8.0.0-rc2/qcw.QEMU.yaml",
            "winget/manifests/q/qcw/QEMU/8.0.0-rc2/qcw.QEMU.installer.yaml",
            "winget/manifests/q/qcw/QEMU/8.0.0-rc2/qcw.QEMU.locale.en-US.yaml",
        ]));

    [Test]
    public void The_version_file_in_full() =>
        Assert.That(WingetManifests.Write(SamplePackages.Qemu(), SamplePackages.Addresses)[0].Text, Is.EqualTo("""
            # yaml-language-server: $schema=https://aka.ms/winget-manifest.version.1.12.0.schema.json

            PackageIdentifier: qcw.QEMU
            PackageVersion: 8.0.0-rc2
            DefaultLocale: en-US
            ManifestType: version
            ManifestVersion: 1.12.0

            """.ReplaceLineEndings("\n")));

    [Test]
    public void A_version_that_looks_like_a_number_is_a_text() =>
        Assert.That(
            WingetManifests.Write(SamplePackages.Qemu("8.0"), SamplePackages.Addresses)[0].Text,
            Does.Contain("\nPackageVersion: \"8.0\"\n"));

    [Test]
    public void The_setup_of_QEMU_is_run_as_NSIS_wants_it()
    {
        string text = WingetManifests.Write(SamplePackages.Qemu(), SamplePackages.Addresses)[1].Text;
        Assert.That(
            text,
            Does.Contain("InstallerType: nullsoft\n")
                .And.Contain("  Silent: /S\n  SilentWithProgress: /S\n  InstallLocation: /D=<INSTALLPATH>\n"));
        Assert.That(
            text, Does.Contain("- InstallerReturnCode: 5\n  ReturnResponse: downgrade\n").And.Not.Contain("Commands:"),
            "it is not on PATH unless asked for");
        Assert.That(
            text,
            Does.EndWith(
                """
                Installers:
                - Architecture: x64
                  Scope: machine
                  InstallerUrl: https://github.com/arixmkii/qcw/releases/download/2023.04.1/qemu-8.0.0-rc2-windows-x86_64-setup.exe
                  InstallerSha256: 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF
                  InstallerSwitches:
                    Custom: /AllUsers
                  ProductCode: qcw-qemu
                  AppsAndFeaturesEntries:
                  - DisplayName: QEMU for Windows (qcw)
                    Publisher: qcw
                    DisplayVersion: 8.0.0-rc2
                    ProductCode: qcw-qemu
                  ElevationRequirement: elevatesSelf
                - Architecture: x64
                  Scope: user
                  InstallerUrl: https://github.com/arixmkii/qcw/releases/download/2023.04.1/qemu-8.0.0-rc2-windows-x86_64-setup.exe
                  InstallerSha256: 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF
                  InstallerSwitches:
                    Custom: /CurrentUser
                  ProductCode: qcw-qemu
                  AppsAndFeaturesEntries:
                  - DisplayName: QEMU for Windows (qcw)
                    Publisher: qcw
                    DisplayVersion: 8.0.0-rc2
                    ProductCode: qcw-qemu
                ManifestType: installer
                ManifestVersion: 1.12.0

                """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Podman_has_an_installer_for_each_architecture_and_scope()
    {
        YamlMappingNode manifest = Parse(WingetManifests.Write(SamplePackages.Podman(), SamplePackages.Addresses)[1]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(manifest, "InstallerType"), Is.EqualTo("wix"));
            Assert.That(
                Text((YamlMappingNode)manifest["InstallerSwitches"], "InstallLocation"), Is.EqualTo("INSTALLDIR=\"<INSTALLPATH>\""),
                "winget's own would set TARGETDIR");
            Assert.That(Text(manifest, "MinimumOSVersion"), Is.EqualTo("10.0.17134.0"));
            Assert.That(
                Installers(manifest)
                    .Select(item =>
                        $"{Text(item, "Architecture")} {Text(item, "Scope")} {Text(item, "ProductCode")} "
                            + $"{Path.GetFileName(Text(item, "InstallerUrl"))}"),
                Is.EqualTo([
                    "x64 machine {0A} podman-4.5.0-dev-windows-x86_64.msi",
                    "arm64 machine {0B} podman-4.5.0-dev-windows-arm64.msi",
                    "x64 user {0C} podman-4.5.0-dev-windows-x86_64-user.msi",
                ]));
            Assert.That(
                Installers(manifest)
                    .Select(item => (YamlMappingNode)item["AppsAndFeaturesEntries"][0])
                    .Select(entry => $"{Text(entry, "DisplayVersion")} {Text(entry, "UpgradeCode")}"),
                Is.EqualTo([
                    "4.5.0 {50287B26-9B83-42C5-9B79-9FB958E339B5}",
                    "4.5.0 {50287B26-9B83-42C5-9B79-9FB958E339B5}",
                    "4.5.0 {D761815C-DBAB-4701-8400-4E385D3F894B}",
                ]),
                "what Windows Installer writes, not the package's version");
        }
    }

    [Test]
    public void Every_text_reads_back_as_it_was_written()
    {
        YamlMappingNode texts = Parse(WingetManifests.Write(SamplePackages.Podman(), SamplePackages.Addresses)[2]);
        Assert.That(Text(texts, "InstallationNotes"), Is.EqualTo(SamplePackages.Podman().InstallationNotes));
        Assert.That(Text(texts, "Description"), Is.EqualTo(SamplePackages.Podman().Description));
        Assert.That(Text(texts, "ReleaseNotesUrl"), Is.EqualTo("https://github.com/arixmkii/qcw/releases/tag/2023.04.1"));
        Assert.That(
            ((YamlMappingNode)texts["Documentations"][0]).Children.Values.Select(value => value.ToString()),
            Does.Contain("https://github.com/arixmkii/qcw/blob/2023.04.1/docs/podman-installer.md"));
    }

    [Test]
    public void A_version_that_no_address_can_have_is_refused() =>
        Assert.That(
            () => WingetManifests.Write(SamplePackages.Qemu("8.0~rc2"), SamplePackages.Addresses),
            Throws.TypeOf<BuildException>().With.Message.Contains("PackageVersion: found \"8.0~rc2\", expected a text that matches"));

    [Test]
    public void An_MSI_that_is_not_what_its_name_says_is_refused()
    {
        MsiPackage good = SamplePackages.Msi(MsiEdition.PerUser, "{0E}", []);
        using (Assert.EnterMultipleScope())
        {
            AssertRefused(
                good with
                {
                    ProductName = "Other",
                },
                "its ProductName is Other, expected Podman for Windows (qcw); make it again with --target=PodmanUserInstaller");
            AssertRefused(good with { ProductVersion = "4.4.0" }, "its ProductVersion is 4.4.0, expected 4.5.0");
            AssertRefused(
                SamplePackages.Msi(MsiEdition.PerMachine, "{0E}", []),
                "its UpgradeCode is {50287B26-9B83-42C5-9B79-9FB958E339B5}, expected {D761815C-");
            AssertRefused(good with { Files = [] }, "its program is none, expected podman.exe");
        }
    }

    private static void AssertRefused(MsiPackage msi, string message) =>
        Assert.That(
            () => PodmanPackage.From("4.5.0-dev", [(MsiEdition.PerUser, SamplePackages.Podman().Installers[2].File, msi)]),
            Throws
                .TypeOf<BuildException>()
                .With.Message.Contains("podman-4.5.0-dev-windows-x86_64-user.msi is not what its name says: " + message));

    private static YamlMappingNode Parse(ManifestFile file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(file.Text));
        return (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    private static IEnumerable<YamlMappingNode> Installers(YamlMappingNode manifest) =>
        ((YamlSequenceNode)manifest["Installers"]).Children.Cast<YamlMappingNode>();

    private static string Text(YamlMappingNode node, string name) => node[name].ToString();
}
