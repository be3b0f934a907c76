namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>From Podman 5 on the edition for all users configures the machine, and Podman is told where QEMU is.</summary>
internal sealed class MsiMachineWideTests : InstalledMsi
{
    private const string MachineSettings = @"C:\ProgramData\containers";
    private const string File = @"\containers.conf.d\99-qcw-machine-provider.conf";

    [Test]
    public void All_users_get_the_provider_and_QEMUs_folders()
    {
        Install(MsiWindows.FiveMsi);
        Assert.That(LinesOf(MachineSettings + File), Is.EqualTo(Expected("qemu")));
        Assert.That(Configuration, Is.Null, "nothing is written for the user");

        Install(MsiWindows.FiveMsi, "REINSTALL=ALL MACHINE_PROVIDER=wsl");
        Assert.That(LinesOf(MachineSettings + File), Is.EqualTo(Expected("wsl")));
        Uninstall(MsiWindows.FiveMsi);
        AssertGone();
    }

    [Test]
    public void One_user_gets_them_without_the_machines_settings()
    {
        Install(MsiWindows.UserFiveMsi);
        Assert.That(LinesOf(ConfigurationFile), Is.EqualTo(Expected("qemu")));
        AssertGone();
        Uninstall(MsiWindows.UserFiveMsi);
    }

    [Test]
    public void An_upgrade_from_4_5_moves_the_line_to_the_machine_and_keeps_the_provider()
    {
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=hyperv");
        Install(MsiWindows.FiveMsi);
        Assert.That(LinesOf(MachineSettings + File), Is.EqualTo(Expected("hyperv")));
        Assert.That(Configuration, Is.Null, "the user's line of 4.5 is gone");
        Uninstall(MsiWindows.FiveMsi);
        AssertGone();
    }

    // Wine 8 has no Windows 11; its build number is a value of the registry
    [TestCase("19045", 1603), TestCase("22000", 0)]
    public void Podman_6_is_for_Windows_11(string number, int code)
    {
        const string Key = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
        RegistryValue before = Windows.Registry.Read(Key)!["CurrentBuildNumber"];
        Windows.Registry.Write(Key, "CurrentBuildNumber", RegistryValue.FromText(RegistryValue.Text, number));
        Assert.That(Msiexec($"/i {MsiWindows.SixMsi}"), Is.EqualTo(code));
        Assert.That(System.IO.File.Exists(Windows.HostPath(Folder + @"\podman.exe")), Is.EqualTo(code == 0));
        if (code == 0)
        {
            Uninstall(MsiWindows.SixMsi);
        }

        Windows.Registry.Write(Key, "CurrentBuildNumber", before);
    }

    [Test]
    public void What_an_administrator_adds_stays()
    {
        Install(MsiWindows.FiveMsi);
        System.IO.File.AppendAllText(Windows.HostPath(MachineSettings + File), "retry=3\r\n");
        Assert.That(Msiexec($"/x {MsiWindows.FiveMsi}"), Is.Zero);
        Assert.That(LinesOf(MachineSettings + File), Does.Contain("retry=3").And.Not.Contains("provider"));
        Directory.Delete(Windows.HostPath(MachineSettings), recursive: true);
    }

    // an empty line between the sections means nothing
    private static string[] LinesOf(string windowsPath) =>
        TextOf(windowsPath).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string[] Expected(string provider) =>
    [
        "[machine]",
        $"provider=\"{provider}\"",
        "[engine]",
        @"helper_binaries_dir=['$BINDIR\..\qcw-qemu','C:\Program Files\qcw-qemu','C:\Program Files\qemu',{append=true}]",
    ];

    private static void AssertGone() =>
        Assert.That(Directory.Exists(Windows.HostPath(MachineSettings)), Is.False, "an empty folder is left among the machine's settings");
}
