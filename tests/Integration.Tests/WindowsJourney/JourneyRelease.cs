using System.Text;
using Qcw.Build.Components;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Msi;
using Qcw.Integration.Tests.Packaging.Nsis;
using Qcw.Integration.Tests.Utils;
using UtilsScript = Qcw.Integration.Tests.Utils.UtilsScript;

namespace Qcw.Integration.Tests.WindowsJourney;

/// <summary>
/// A release whose installers are made as the real ones are, around small programs: podman-machine.c stands for Podman and its machine.
/// </summary>
internal sealed class JourneyRelease : IDisposable
{
    /// <summary>QEMU's setup program.</summary>
    public const string Setup = "qemu-8.0.0-rc2-windows-x86_64-setup.exe";

    /// <summary>The script for the prompts.</summary>
    public const string Utils = UtilsScriptText.FileName;

    private const string Msi = $"podman-{MsiProduct.One}-windows-x86_64.msi";
    private const string UserMsi = $"podman-{MsiProduct.One}-windows-x86_64-user.msi";

    private readonly TemporaryFolder folder = new();

    /// <summary>Makes it.</summary>
    public JourneyRelease()
    {
        Directory.CreateDirectory(Path);
        MakeSetup();
        MakeMsis();
        using var utils = new UtilsRelease();
        File.Copy(utils.Folder[UtilsRelease.XzFile], System.IO.Path.Combine(Path, UtilsRelease.XzFile));
        File.WriteAllText(System.IO.Path.Combine(Path, Utils), UtilsScript.Text(utils.Stamp));
        WriteSums(Path);
    }

    /// <summary>Its folder.</summary>
    public string Path => folder["a release"];

    /// <summary>Podman's installer.</summary>
    public static string MsiOf(string scope) => scope == "user" ? UserMsi : Msi;

    /// <summary>Writes SHA256SUMS of what is in a folder.</summary>
    public static void WriteSums(string path)
    {
        string sums = System.IO.Path.Combine(path, "SHA256SUMS");
        File.Delete(sums);
        File.WriteAllText(
            sums, string.Concat(Directory.GetFiles(path).Select(file => $"{Files.Sha256(file)}  {System.IO.Path.GetFileName(file)}\n")));
    }

    public void Dispose() => folder.Dispose();

    private void MakeSetup()
    {
        var files = new List<InstalledFile>();
        foreach (string name in (string[])["qemu-system-x86_64.exe", "qemu-system-x86_64w.exe"])
        {
            MsiProduct.Compile(folder[$"qemu/{name}"], "8.0.0-rc2", null);
            files.Add(new InstalledFile(folder[$"qemu/{name}"], name));
        }

        string licence = folder.Write("qemu/COPYING", Encoding.ASCII.GetBytes("free\n"));
        files.Add(new InstalledFile(licence, "licenses/COPYING"));
        var description = new InstallerDescription(
            QemuInstallerDescription.Id, QemuInstallerDescription.Name, UpstreamVersion.Parse("8.0.0-rc2"), "qcw tests",
            new Uri("https://example.org/product"), [new("program", "Program", "All.", SectionChoice.Required, files)], TestProduct.Epoch)
        {
            LicenceFile = licence,
            Path = new("", "Add to PATH", "For all users.", SectionChoice.OffByDefault),
            DisplayIcon = "qemu-system-x86_64.exe",
        };
        TestProduct.Installer.Build(description, System.IO.Path.Combine(Path, Setup), folder["makensis.log"]);
    }

    private void MakeMsis()
    {
        using var product = new MsiProduct();
        foreach ((MsiEdition edition, string name) in ((MsiEdition, string)[])[(MsiEdition.PerMachine, Msi), (MsiEdition.PerUser, UserMsi)])
        {
            InstallerDescription description = product.Describe(MsiProduct.One, edition);
            Compile(System.IO.Path.Combine(product.Root, MsiProduct.One, "podman", "bin", "podman.exe"));
            product.Installer().Write(description, System.IO.Path.Combine(Path, name), product.Log);
        }
    }

    private static void Compile(string exe) => ProcessRunner.Run(new ProcessRequest(
        "x86_64-w64-mingw32-gcc", "-O1", "-s", "-Wall", "-Werror", "-o", exe,
        System.IO.Path.Combine(Repository.Fixture("programs"), "podman-machine.c"), "-lws2_32"));
}
