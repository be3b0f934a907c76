namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>
/// Beside an official Podman: of it there is what it registers, which is all that ours looks at, and in one test what it installs.
/// </summary>
internal sealed class MsiBesideTests : InstalledMsi
{
    private const string Official = @"C:\Program Files\RedHat\Podman";
    private const string OfficialMachineKey = @"HKEY_LOCAL_MACHINE\Software\Podman";
    private const string OfficialUserKey = @"HKEY_CURRENT_USER\Software\Podman";
    private const string OfficialOlderKey = @"HKEY_LOCAL_MACHINE\Software\Red Hat\Podman";

    [TearDown]
    public void UnregisterOfficial()
    {
        foreach (string key in new[] { OfficialMachineKey, OfficialUserKey, OfficialOlderKey })
        {
            Windows.Run("reg", $"delete \"{key}\" /f");
        }
    }

    [TestCase(MsiWindows.OneMsi, OfficialMachineKey)]
    [TestCase(MsiWindows.OneMsi, OfficialUserKey)]
    [TestCase(MsiWindows.OneMsi, OfficialOlderKey)]
    [TestCase(MsiWindows.UserOneMsi, OfficialMachineKey)]
    [TestCase(MsiWindows.UserOneMsi, OfficialUserKey)]
    public void No_provider_is_written_unless_it_is_asked_for(string msi, string key)
    {
        Register(key);
        Install(msi);
        Assert.That(Configuration, Is.Null);
        Assert.That(Directory.Exists(Windows.HostPath(Settings)), Is.False);
        Assert.That(Remembered(msi), Is.EqualTo("none"));

        Install(msi, "REINSTALL=ALL MACHINE_PROVIDER=qemu");
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("qemu")));
        Assert.That(Remembered(msi), Is.EqualTo("qemu"));
        Uninstall(msi);
    }

    [Test]
    public void A_provider_that_was_asked_for_stays_in_repairs_and_upgrades()
    {
        Register(OfficialMachineKey);
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=qemu");
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("qemu")));
        AssertRepairsAndUpgradesKeep("qemu");
    }

    [Test]
    public void An_official_Podman_that_comes_later_changes_nothing()
    {
        Install(MsiWindows.OneMsi);
        Register(OfficialMachineKey);
        AssertRepairsAndUpgradesKeep("qemu");
    }

    [Test]
    public void An_official_Podman_that_goes_changes_nothing()
    {
        Register(OfficialMachineKey);
        Install(MsiWindows.OneMsi);
        UnregisterOfficial();
        AssertRepairsAndUpgradesKeep("none");
    }

    [Test]
    public void It_is_left_alone()
    {
        string officialFile = Settings + @"\containers.conf.d\99-podman-machine-provider.conf";
        RegistryValue path = Windows.Registry.Read(MachineEnvironment)!["PATH"];
        foreach (string file in new[] { Official + @"\podman.exe", officialFile })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Windows.HostPath(file))!);
            File.WriteAllText(Windows.HostPath(file), "official");
        }

        Register(OfficialMachineKey);
        Windows.Registry.Write(MachineEnvironment, "PATH", RegistryValue.FromText(path.Type, $@"{path.AsText};{Official}\"));

        Install(MsiWindows.OneMsi);
        Assert.That(MachinePath, Does.EndWith($@"{Official}\;{Folder}\"), "theirs stays the podman of the command line");
        Assert.That(
            FilesIn(Settings), Is.EqualTo(new[] { "containers.conf.d/99-podman-machine-provider.conf" }),
            "and makes the virtual machines that it made before");
        Uninstall(MsiWindows.OneMsi);

        Assert.That(MachinePath, Does.Contain($@"{Official}\"));
        Assert.That(Windows.Registry.Read(OfficialMachineKey)!["InstallDir"].AsText, Is.EqualTo(Official + @"\"));
        Assert.That(TextOf(Official + @"\podman.exe"), Is.EqualTo("official"));
        Assert.That(TextOf(officialFile), Is.EqualTo("official"));
        Directory.Delete(Windows.HostPath(Settings), recursive: true);
        Directory.Delete(Windows.HostPath(@"C:\Program Files\RedHat"), recursive: true);
        Windows.Registry.Write(MachineEnvironment, "PATH", path);
    }

    private static void Register(string key) =>
        Windows.Registry.Write(key, "InstallDir", RegistryValue.FromText(RegistryValue.Text, Official + @"\"));

    private static string Remembered(string msi) =>
        Windows.Registry.Read(msi == MsiWindows.UserOneMsi ? UserKey : MachineKey)!["MachineProvider"].AsText;

    private static void AssertRepairsAndUpgradesKeep(string provider)
    {
        string? configuration = provider == "none" ? null : ConfigurationOf(provider);
        Install(MsiWindows.OneMsi, "REINSTALL=ALL REINSTALLMODE=amus");
        Assert.That(Configuration, Is.EqualTo(configuration));
        Assert.That(Remembered(MsiWindows.OneMsi), Is.EqualTo(provider));

        Install(MsiWindows.TwoMsi);
        Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.6.0"));
        Assert.That(Configuration, Is.EqualTo(configuration));
        Assert.That(Remembered(MsiWindows.TwoMsi), Is.EqualTo(provider));
        Uninstall(MsiWindows.TwoMsi);
    }
}
