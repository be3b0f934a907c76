using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Nsis;

namespace Qcw.Integration.Tests.Packaging.Setup;

/// <summary>The one setup program, and the installers that it takes the place of, around small programs that are compiled here.</summary>
internal sealed class SetupProduct : IDisposable
{
    public const string Podman = "5.8.3";
    public const string NewerPodman = "5.8.4";

    private readonly MsiProduct msis = new();

    /// <summary>Makes the one setup program.</summary>
    /// <returns>Its full path.</returns>
    public string Make(string podmanVersion, string qemuVersion)
    {
        InstallerDescription qemu = Qemu(qemuVersion);
        InstallerDescription podman = msis.Describe(podmanVersion, MsiEdition.PerUser);
        string script = Write("qcw-utils.ps1", "# script\n");
        string licence = Write("licence.txt", QcwSetupDescription.LicenceText(qemu, podman));
        string site = Path.GetDirectoryName(Write("site/index.html", "<title>guide</title>\n"))!;
        return Build(QcwSetupDescription.From(qemu, podman, script, licence, site), $"setup-{podmanVersion}-{qemuVersion}");
    }

    /// <summary>Makes QEMU's own setup program.</summary>
    public string MakeQemu(string version) => Build(Qemu(version), "qemu-" + version);

    /// <summary>Makes Podman's MSI.</summary>
    public string MakeMsi(MsiEdition edition) => msis.Make(Podman, edition);

    public void Dispose() => msis.Dispose();

    private InstallerDescription Qemu(string version)
    {
        string stage = Path.Combine(msis.Root, "qemu", version);
        if (!Directory.Exists(stage))
        {
            foreach (string name in (string[])["qemu-system-x86_64", "qemu-system-x86_64w", "qemu-img", "qemu-system-aarch64"])
            {
                MsiProduct.Compile(Path.Combine(stage, name + ".exe"), version, null);
            }

            foreach (string file in (string[])["share/bios-256k.bin", "licenses/qemu/COPYING", "doc/index.html"])
            {
                Write($"qemu/{version}/{file}", $"{file} of {version}\n");
            }
        }

        return QemuInstallerDescription.Create(
            new QemuInstallerInputs(version, stage, null, [], TestProduct.WindowsDlls, MsiProduct.Epoch));
    }

    private string Build(InstallerDescription description, string name)
    {
        string setup = Path.Combine(msis.Root, name + ".exe");
        TestProduct.Installer.Build(description, setup, msis.Log);
        return setup;
    }

    private string Write(string name, string text)
    {
        string file = Path.Combine(msis.Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
