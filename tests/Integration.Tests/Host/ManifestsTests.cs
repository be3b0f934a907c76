using System.Text.Json;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Releasing;
using Qcw.Integration.Tests.Packaging.Msi;

namespace Qcw.Integration.Tests.Host;

/// <summary>The task Manifests on a release folder with real MSIs, small ones.</summary>
public sealed class ManifestsTests
{
    private const string Tag = "2023.04.1";
    private const string Setup = "qemu-8.0.0-rc2-windows-x86_64-setup.exe";
    private const string Zip = "qemu-8.0.0-rc2-windows-x86_64.zip";
    private const string PodmanManifest = "manifests/winget/manifests/q/qcw/Podman/4.5.0-dev/qcw.Podman.installer.yaml";

    private MsiProduct product = null!;
    private TemporaryFolder folder = null!;

    [OneTimeSetUp]
    public void MakeInstallers()
    {
        product = new MsiProduct();
        Make("podman-4.5.0-dev-windows-x86_64.msi", MsiEdition.PerMachine, Architecture.X64);
        Make("podman-4.5.0-dev-windows-x86_64-user.msi", MsiEdition.PerUser, Architecture.X64);
        Make("podman-4.5.0-dev-windows-arm64.msi", MsiEdition.PerMachine, Architecture.Arm64);
    }

    [OneTimeTearDown]
    public void DeleteInstallers() => product.Dispose();

    [SetUp]
    public void FillReleaseFolder()
    {
        folder = new TemporaryFolder();
        Publish("podman-4.5.0-dev-windows-x86_64.msi", "podman-4.5.0-dev-windows-x86_64-user.msi");
        folder.Write("release/" + Setup, [1, 2, 3]);
        folder.Write("release/" + Zip, [4]);
        folder.Write("release/qcw-2023.04-windows-x86_64-setup.exe", [5]);
        ReleaseChecksums.Write(folder["release"]);
    }

    [TearDown]
    public void DeleteReleaseFolder() => folder.Dispose();

    [Test]
    public void The_manifests_have_what_the_MSIs_say_of_themselves()
    {
        HostProcess.RunOk(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", $"--tag={Tag}");
        string text = File.ReadAllText(folder[PodmanManifest]);
        using (Assert.EnterMultipleScope())
        {
            foreach (string msi in Msis())
            {
                Assert.That(
                    text,
                    Does.Contain($"  InstallerUrl: https://github.com/arixmkii/qcw/releases/download/{Tag}/{Path.GetFileName(msi)}\n"));
                Assert.That(
                    text,
                    Does.Contain(
                        $"    ProductCode: '{MsiTable.Property(msi, "ProductCode")}'\n"
                            + $"    UpgradeCode: '{MsiTable.Property(msi, "UpgradeCode")}'\n"));
            }

            Assert.That(text, Does.Contain($"  - DisplayName: {MsiProduct.Name}\n    Publisher: qcw\n    DisplayVersion: 4.5.0\n"));
            Assert.That(File.ReadAllText(folder["manifests/winget/manifests/q/qcw/QEMU/8.0.0-rc2/qcw.QEMU.installer.yaml"]), Does.Contain(
                "InstallerSha256: 039058C6F2C0CB492C533B0A4D14EF77CC0F78ABCCCED5287D84A1A2011CFB81"));
        }
    }

    [Test]
    public void Scoop_finds_Podman_in_the_folder_that_the_MSI_unpacks_into()
    {
        HostProcess.RunOk(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", $"--tag={Tag}");
        JsonElement manifest = JsonDocument.Parse(File.ReadAllText(folder["manifests/scoop/bucket/qcw-podman.json"])).RootElement;
        ProcessRunner.Run(new ProcessRequest("msiextract", "-C", folder["unpacked"], Msis()[1]));
        string unpacked = Path.Combine(
            folder["unpacked"],
            manifest.GetProperty("architecture").GetProperty("64bit").GetProperty("extract_dir").GetString()!.Replace('\\', '/'));
        Assert.That(Path.Combine(unpacked, manifest.GetProperty("bin")[0].GetString()!), Does.Exist);
        Assert.That(Path.Combine(unpacked, manifest.GetProperty("shortcuts")[0][0].GetString()!.Replace('\\', '/')), Does.Exist);
    }

    [Test]
    public void What_the_folder_has_for_another_architecture_is_in_the_manifests_too()
    {
        Publish("podman-4.5.0-dev-windows-arm64.msi");
        ReleaseChecksums.Write(folder["release"]);
        HostProcess.RunOk(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", $"--tag={Tag}");
        Assert.That(
            File.ReadAllText(folder[PodmanManifest]),
            Does.Contain(
                "- Architecture: arm64\n  Scope: machine\n"
                    + $"  InstallerUrl: https://github.com/arixmkii/qcw/releases/download/{Tag}/podman-4.5.0-dev-windows-arm64.msi\n"));
        Assert.That(File.ReadAllText(folder["manifests/scoop/bucket/qcw-podman.json"]), Does.Contain("\"arm64\": {"));
    }

    [Test]
    public void The_second_run_has_nothing_to_do_and_another_tag_replaces_all()
    {
        HostProcess.RunOk(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", $"--tag={Tag}");
        Assert.That(
            HostProcess.RunOk(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", $"--tag={Tag}"),
            Does.Contain("up to date"));
        HostProcess.RunOk(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", "--tag=other");
        Assert.That(
            Directory
                .GetFiles(folder["manifests"], "*", SearchOption.AllDirectories)
                .Where(file => File.ReadAllText(file).Contains(Tag, StringComparison.Ordinal)),
            Is.Empty);
    }

    [Test]
    public void Without_a_tag_it_ends_before_anything_starts()
    {
        (int code, string output) = HostProcess.Run(folder.Path, "--line=2023.04", "--target=Manifests");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(output, Does.Contain("error: Manifests needs --tag=TAG"));
    }

    [Test]
    public void A_missing_installer_comes_with_the_target_that_makes_it()
    {
        File.Delete(Msis()[0]);
        (int code, string output) = HostProcess.Run(folder.Path, "--line=2023.04", "--target=Manifests", "--exclusive", $"--tag={Tag}");
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output, Does.Contain("podman-4.5.0-dev-windows-x86_64-user.msi is not in").And.Contain("--target=PodmanUserInstaller"));
        Assert.That(Directory.Exists(folder["manifests"]), Is.False);
    }

    private string[] Msis() => [.. Directory.GetFiles(folder["release"], "*.msi").Order(StringComparer.Ordinal)];

    private void Make(string name, MsiEdition edition, Architecture architecture) =>
        product
            .Installer()
            .Write(product.Describe(MsiProduct.One, edition, architecture: architecture), Path.Combine(product.Root, name), product.Log);

    private void Publish(params IEnumerable<string> names)
    {
        Directory.CreateDirectory(folder["release"]);
        foreach (string name in names)
        {
            File.Copy(Path.Combine(product.Root, name), folder["release/" + name]);
        }
    }
}
