namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>Versions over each other. (Wine 8 has no MigrateFeatureStates: that features are carried over is seen in the tables.)</summary>
internal sealed class MsiUpgradeTests : InstalledMsi
{
    private const string Custom = @"C:\My tools (x86)\podman";

    [TearDown]
    public void DeleteCustomFolder()
    {
        string folder = Windows.HostPath(@"C:\My tools (x86)");
        Assert.That(FilesIn(@"C:\My tools (x86)"), Is.Empty);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public void An_upgrade_keeps_folder_and_provider_and_a_downgrade_is_refused()
    {
        Install(MsiWindows.OneMsi, $"INSTALLDIR=\"{Custom}\" MACHINE_PROVIDER=wsl");
        Install(MsiWindows.TwoMsi);
        Assert.That(VersionIn(Custom), Is.EqualTo("podman.exe version 4.6.0"));
        Assert.That(FilesIn(Custom), Does.Contain("docs/tutorials/new.html").And.Not.Contain("docs/tutorials/old (1).html"));
        Assert.That(FilesIn(Folder), Is.Empty);
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("wsl")));
        Assert.That(EntryOf("HKEY_LOCAL_MACHINE", CodeOf(MsiProduct.One)), Is.Null);
        Assert.That(EntryOf("HKEY_LOCAL_MACHINE", CodeOf(MsiProduct.Two))!["DisplayVersion"].AsText, Is.EqualTo("4.6.0"));
        Assert.That(MachinePath.Split(';').Count(entry => entry == Custom + @"\"), Is.EqualTo(1));

        Assert.That(Msiexec($@"/i {MsiWindows.OneMsi} /l*v C:\qcw-downgrade.log"), Is.EqualTo(1603));
        Assert.That(
            TextOf(@"C:\qcw-downgrade.log"), Does.Contain($"QCW_NEWER_FOUND = {CodeOf(MsiProduct.Two)}").And.Not.Contain("CostInitialize"));
        Assert.That(VersionIn(Custom), Is.EqualTo("podman.exe version 4.6.0"));
        Uninstall(MsiWindows.TwoMsi);
        Assert.That(MachinePath, Does.Not.Contain("podman"));
    }

    [Test]
    public void The_command_line_of_an_upgrade_wins_over_what_is_remembered()
    {
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=wsl");
        Install(MsiWindows.TwoMsi, $"INSTALLDIR=\"{Custom}\" MACHINE_PROVIDER=hyperv");
        Assert.That(FilesIn(Folder), Is.Empty);
        Assert.That(VersionIn(Custom), Is.EqualTo("podman.exe version 4.6.0"));
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("hyperv")));
        Uninstall(MsiWindows.TwoMsi);
    }

    [Test]
    public void Another_build_of_the_same_version_replaces_it_in_either_direction()
    {
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=none");
        Install(MsiWindows.OtherOneMsi);
        Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.5.0-dev+other"));
        Assert.That(Configuration, Is.Null);
        Assert.That(EntryOf("HKEY_LOCAL_MACHINE", CodeOf(MsiProduct.One)), Is.Null, "they are not installed side by side");

        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=qemu");
        Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.5.0-dev"));
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("qemu")));
        Uninstall(MsiWindows.OneMsi);
    }

    private static string CodeOf(string version) =>
        MsiTable.Property(Path.Combine(MsiWindows.Product.Root, $"podman-{version}-PerMachine.msi"), "ProductCode");
}
