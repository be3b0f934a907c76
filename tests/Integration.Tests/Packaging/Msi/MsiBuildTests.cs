using System.Security.Cryptography;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>Real MSIs, looked into without installing them.</summary>
internal sealed class MsiBuildTests
{
    private static MsiProduct Product => MsiWindows.Product;

    [Test]
    public void The_same_inputs_give_the_same_bytes_wherever_and_whenever()
    {
        using var other = new MsiProduct(); // another folder, later times
        foreach (MsiEdition edition in Enum.GetValues<MsiEdition>())
        {
            string again = Path.Combine(other.Root, "deeper", $"another name {edition}.msi");
            other.Installer().Write(other.Describe(MsiProduct.One, edition), again, other.Log);
            string first = Path.Combine(Product.Root, $"podman-{MsiProduct.One}-{edition}.msi");
            Assert.That(SHA256.HashData(File.ReadAllBytes(again)), Is.EqualTo(SHA256.HashData(File.ReadAllBytes(first))));
            Assert.That(File.ReadAllBytes(again).AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(other.Root)), Is.Negative);
        }

        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(other.Root, "tmp")), Is.Empty, "scratch is left");
    }

    [Test]
    public void Files_with_a_version_resource_have_it_in_the_table_and_no_hash()
    {
        string msi = Product.Make(MsiProduct.One, MsiEdition.PerMachine, "+versions");
        string podman = MsiTable.Rows(msi, "File").Single(row => row.Contains("|podman.exe|", StringComparison.Ordinal));
        string gvproxy = MsiTable.Rows(msi, "File").Single(row => row.Contains("|gvproxy.exe|", StringComparison.Ordinal));
        Assert.That(podman, Does.Contain("|4.5.0.7|1033|"));
        Assert.That(gvproxy, Does.Contain("|||512|"));
        string[] hashes = MsiTable.Rows(msi, "MsiFileHash");
        Assert.That(hashes.Any(row => row.StartsWith(podman.Split('|')[0], StringComparison.Ordinal)), Is.False);
        Assert.That(hashes.Any(row => row.StartsWith(gvproxy.Split('|')[0], StringComparison.Ordinal)), Is.True);
    }

    [Test]
    public void What_wixl_cannot_write_is_in_the_tables()
    {
        string msi = Path.Combine(Product.Root, $"podman-{MsiProduct.One}-PerMachine.msi");
        string code = MsiTable.Property(msi, "UpgradeCode");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MsiTable.Property(msi, "ProductVersion"), Is.EqualTo("4.5.0"));
            Assert.That(
                MsiTable.Rows(msi, "Upgrade"),
                Is.EqualTo(new[] { $"{code}|0.0.0|4.5.0||769||QCW_OLDER_FOUND", $"{code}|4.5.0|||2||QCW_NEWER_FOUND" }));
            Assert.That(MsiTable.Rows(msi, "Environment").Single(), Does.StartWith("AppendToPath|=-*PATH|[~];[INSTALLDIR]|"));
            Assert.That(
                MsiTable.Rows(msi, "IniFile").Single(),
                Does.Contain("|99-qcw-machine-provider.conf|").And.Contain("|machine|provider|\"[MACHINE_PROVIDER]\"|0|"));
            Assert.That(
                MsiTable.Rows(msi, "Component").Count(row => row.Contains("|MACHINE_PROVIDER<>\"none\"|", StringComparison.Ordinal)),
                Is.EqualTo(1));
            Assert.That(
                MsiTable
                    .Rows(msi, "Component")
                    .Select(row => int.Parse(row.Split('|')[3], System.Globalization.CultureInfo.InvariantCulture) & 256),
                Is.All.EqualTo(256),
                "64-bit");
            Assert.That(
                MsiTable.Rows(msi, "LaunchCondition"),
                Has.Exactly(1).StartsWith("Installed OR NOT QCW_NEWER_FOUND|A newer version of Podman for Windows (qcw) is installed."));
            Assert.That(
                MsiTable.Rows(msi, "InstallExecuteSequence"),
                Is.SupersetOf(new[] { "MigrateFeatureStates||1200", "WriteIniValues||5100" }));
            Assert.That(
                MsiTable.Property(msi, "SecureCustomProperties"),
                Is.EqualTo(
                    "INSTALLDIR;MACHINE_PROVIDER;QCW_WINDOWS_BUILD;QCW_REMEMBERED_INSTALLDIR;QCW_REMEMBERED_MACHINE_PROVIDER;"
                        + "QCW_NEIGHBOUR_1_MACHINE_PROVIDER;QCW_NEIGHBOUR_2_MACHINE_PROVIDER;QCW_NEIGHBOUR_3_MACHINE_PROVIDER;"
                        + "QCW_NEIGHBOUR_4_MACHINE_PROVIDER;QCW_WHOLE_HKLM;QCW_WHOLE_HKCU;QCW_CONFIGURATION_FOUND;"
                        + "QCW_OLDER_FOUND;QCW_NEWER_FOUND"));
            Assert.That(
                MsiTable.Rows(msi, "Feature").Select(row => row.Split('|')[0] + row.Split('|')[7]),
                Is.EqualTo(new[] { "docs8", "main24", "path8", "shells8" }));
            Assert.That(MsiTable.Summary(msi, 7), Is.EqualTo("x64;1033"));
            Assert.That(MsiTable.Summary(msi, 12), Is.EqualTo("2023/05/01 00:00:00"));
            Assert.That(MsiTable.Summary(msi, 15), Is.EqualTo("2"));
            Assert.That(MsiTable.Property(msi, "ALLUSERS"), Is.EqualTo("1"));
            Assert.That(MsiTable.Property(msi, "REBOOT"), Is.EqualTo("ReallySuppress"));
            Assert.That(MsiTable.Property(msi, "MSIRESTARTMANAGERCONTROL"), Is.EqualTo("Disable"));
            Assert.That(MsiTable.Rows(msi, "Error").Single(), Does.StartWith("1722|").And.Contain("podman machine stop"));
            Assert.That(
                MsiTable.Rows(msi, "Directory"), Has.None.Contains("AppDataFolder|").And.Exactly(1).StartsWith("QcwSettings|TARGETDIR|"));
        }
    }

    [TestCase(MsiEdition.PerMachine, "3106|ProgramFiles64Folder")]
    [TestCase(MsiEdition.PerUser, "1058|LocalAppDataFolder")]
    public void Each_program_is_looked_at_with_the_rights_of_the_installation_before_the_older_version_is_removed(
        MsiEdition edition, string how)
    {
        const string When = "QCW_REMEMBERED_INSTALLDIR AND NOT UPGRADINGPRODUCTCODE";
        string msi = Path.Combine(Product.Root, $"podman-{MsiProduct.One}-{edition}.msi");
        string[] checks = [.. MsiTable.Rows(msi, "CustomAction").Where(row => row.Contains("cmd.exe", StringComparison.Ordinal))];
        string[] sequence = MsiTable.Rows(msi, "InstallExecuteSequence");
        Assert.That(
            checks.Select(row => row[(row.IndexOf("(>>", StringComparison.Ordinal) + 3)..]),
            Is.EqualTo(new[] { "gvproxy.exe", "podman.exe", "win-sshproxy.exe" }.Select(
                name => $"\"[QCW_REMEMBERED_INSTALLDIR]{name}\" exit 0 & exit 1)\"|")));
        Assert.That(checks.Select(row => string.Join('|', row.Split('|')[1..3])), Is.All.EqualTo(how));
        Assert.That(
            sequence,
            Is.SupersetOf(checks.Select((row, index) => $"{row.Split('|')[0]}|{When}|{1501 + index}")
                .Concat([$"InstallExecute|{When}|1504", "RemoveExistingProducts||1505"])));
    }

    [Test]
    public void The_edition_for_one_user_needs_no_rights_and_upgrades_only_itself()
    {
        string msi = Path.Combine(Product.Root, $"podman-{MsiProduct.One}-PerUser.msi");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(MsiTable.Summary(msi, 15), Is.EqualTo("10"));
            Assert.That(MsiTable.Rows(msi, "Property"), Has.None.StartsWith("ALLUSERS|"));
            Assert.That(MsiTable.Rows(msi, "Registry").Select(row => row.Split('|')[1]), Is.All.EqualTo("1"), "HKCU");
            Assert.That(MsiTable.Rows(msi, "Environment").Single(), Does.StartWith("AppendToPath|=-PATH|"));
            Assert.That(
                MsiTable.Property(msi, "UpgradeCode"),
                Is.Not.EqualTo(MsiTable.Property(Path.Combine(Product.Root, $"podman-{MsiProduct.One}-PerMachine.msi"), "UpgradeCode")));
        }
    }

    [Test]
    public void An_MSI_for_ARM_says_so_and_has_64_bit_components()
    {
        string msi = Path.Combine(Product.Root, "arm.msi");
        Product
            .Installer()
            .Write(Product.Describe(MsiProduct.One, MsiEdition.PerMachine, architecture: Architecture.Arm64), msi, Product.Log);
        Assert.That(MsiTable.Summary(msi, 7), Is.EqualTo("Arm64;1033"));
        Assert.That(MsiTable.Summary(msi, 14), Is.EqualTo("500"), "the first Windows Installer that knows Arm64 packages");
        Assert.That(
            MsiTable
                .Rows(msi, "Component")
                .Select(row => int.Parse(row.Split('|')[3], System.Globalization.CultureInfo.InvariantCulture) & 256),
            Is.All.EqualTo(256));
    }

    [Test]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void A_failure_of_wixl_is_explained_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        string wixl = folder.Write("programs/wixl", []);
        string path = Environment.GetEnvironmentVariable("PATH")!;
        File.WriteAllText(wixl, $"#!/bin/sh\nsed -i 's/ Language=/ Langauge=/' product.wxs\nPATH='{path}' exec wixl \"$@\"\n");
        File.SetUnixFileMode(wixl, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string msi = folder["out/x.msi"];
        InstallerDescription description = Product.Describe(MsiProduct.One, MsiEdition.PerUser);
        using var variable = new EnvironmentVariable("PATH", $"{folder["programs"]}:{path}");
        Assert.That(
            () => Product.Installer().Write(description, msi, folder["log"]),
            Throws
                .InstanceOf<BuildException>()
                .With.Message.Contains("133")
                .And.Message.Contains("Langauge")
                .And.Message.Contains(folder["log"]));
        Assert.That(File.Exists(msi), Is.False);
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(Product.Root, "tmp")), Is.Empty);
    }

    [Test]
    public void A_missing_wixl_is_named()
    {
        using var path = new EnvironmentVariable("PATH", Product.Root);
        Assert.That(() => new WixlBuilder().Version(), Throws.InstanceOf<ProcessFailedException>().With.Message.Contains("wixl"));
    }

    [Test]
    public void The_fingerprint_follows_contents_and_tools()
    {
        Assert.That(FingerprintOf("").Inputs["msi tools"], Does.Match("^wixl 0\\..* msiinfo .*version 0\\."));
        string first = FingerprintOf("").Hash;
        string again = FingerprintOf("").Hash;
        Assert.That(again, Is.EqualTo(first));
        Assert.That(FingerprintOf("+other").Hash, Is.Not.EqualTo(first));
    }

    private static Fingerprint FingerprintOf(string contents)
    {
        var fingerprint = new Fingerprint();
        Product.Installer().AddInputs(fingerprint, Product.Describe(MsiProduct.One, MsiEdition.PerMachine, contents));
        return fingerprint;
    }
}
