namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>The edition for one user.</summary>
internal sealed class MsiUserTests : InstalledMsi
{
    private static string? UserPath => Windows.Registry.Read(UserEnvironment)?.GetValueOrDefault("PATH")?.AsText;

    [Test]
    public void It_touches_nothing_of_the_machine_and_an_uninstallation_leaves_nothing()
    {
        string[] before = Drive();
        string machinePath = MachinePath;
        Install(MsiWindows.UserOneMsi);
        Assert.That(VersionIn(UserFolder), Is.EqualTo("podman.exe version 4.5.0-dev"));
        Assert.That(FilesIn(Folder), Is.Empty);
        Assert.That(UserPath, Does.Contain(UserFolder + @"\"));
        Assert.That(MachinePath, Is.EqualTo(machinePath));
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("qemu")));
        Assert.That(Windows.Registry.Read(UserKey)!["InstallDir"].AsText, Is.EqualTo(UserFolder + @"\"));
        Assert.That(Windows.Registry.Read(MachineKey), Is.Null);
        Assert.That(LinkHas("Podman shell", UserFolder + @"\shells\podman-shell.cmd"));

        Uninstall(MsiWindows.UserOneMsi);
        Assert.That(
            Drive().Where(file => !file.EndsWith("/Programs", StringComparison.Ordinal)),
            Is.EqualTo(before.Where(file => !file.EndsWith("/Programs", StringComparison.Ordinal))));
        Assert.That(Windows.Registry.Read(UserKey), Is.Null);
        Assert.That(UserPath ?? string.Empty, Does.Not.Contain("podman"));
    }

    [Test]
    public void An_upgrade_keeps_the_provider_and_leaves_the_edition_for_all_users_alone()
    {
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=none");
        Install(MsiWindows.UserOneMsi, "MACHINE_PROVIDER=wsl");
        Install(MsiWindows.UserTwoMsi);
        Assert.That(VersionIn(UserFolder), Is.EqualTo("podman.exe version 4.6.0"));
        Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.5.0-dev"));
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("wsl")));
        Assert.That(Msiexec($"/x {MsiWindows.UserTwoMsi}"), Is.Zero);
        Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.5.0-dev"));
        Uninstall(MsiWindows.OneMsi);
    }
}
