namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>The edition for all users, installed fresh.</summary>
internal sealed class MsiInstallTests : InstalledMsi
{
    private static readonly string[] AllFiles =
    [
        "docs/podman.html", "docs/tutorials/old (1).html", "gvproxy.exe", "licenses/gvisor-tap-vsock/LICENSE", "licenses/podman/LICENSE",
        "podman.exe", "shells/podman-shell.cmd", "win-sshproxy.exe",
    ];

    private static string ProductCode =>
        MsiTable.Property(Path.Combine(MsiWindows.Product.Root, $"podman-{MsiProduct.One}-PerMachine.msi"), "ProductCode");

    [Test]
    public void A_silent_installation_needs_no_answer_and_an_uninstallation_leaves_nothing()
    {
        string[] before = Drive();
        Install(MsiWindows.OneMsi);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FilesIn(Folder), Is.EqualTo(AllFiles));
            Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.5.0-dev"));
            Assert.That(TextOf(Folder + @"\shells\podman-shell.cmd"), Does.Contain("\r\n").And.Not.Match("[^\r]\n"));
            Assert.That(MachinePath, Does.EndWith($@";{Folder}\"), "behind everything else");
            Assert.That(Configuration, Is.EqualTo(ConfigurationOf("qemu")));

            IReadOnlyDictionary<string, RegistryValue> key = Windows.Registry.Read(MachineKey)!;
            Assert.That(key["InstallDir"].AsText, Is.EqualTo(Folder + @"\"));
            Assert.That(key["Version"].AsText, Is.EqualTo(MsiProduct.One));
            Assert.That(key["MachineProvider"].AsText, Is.EqualTo("qemu"));

            IReadOnlyDictionary<string, RegistryValue> entry = EntryOf("HKEY_LOCAL_MACHINE", ProductCode)!;
            Assert.That(entry["DisplayName"].AsText, Is.EqualTo(MsiProduct.Name));
            Assert.That(entry["DisplayVersion"].AsText, Is.EqualTo("4.5.0"));
            Assert.That(entry["Publisher"].AsText, Is.EqualTo("qcw"));
            Assert.That(entry["URLInfoAbout"].AsText, Is.EqualTo("https://github.com/arixmkii/qcw"));
            Assert.That(entry["HelpLink"].AsText, Does.EndWith("podman-installer.md"));
            Assert.That(entry["Comments"].AsText, Does.Contain("not the official build"));
            Assert.That(entry["InstallLocation"].AsText, Is.EqualTo(Folder + @"\"));
            Assert.That(int.Parse(entry["Size"].AsText, System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(10), "KB");
            Assert.That(entry, Does.Not.ContainKey("NoModify"));

            Assert.That(
                FilesIn(StartMenu),
                Is.EqualTo(
                    new[]
                    {
                        "Podman documentation.lnk",
                        "Podman shell (Hyper-V).lnk",
                        "Podman shell (QEMU).lnk",
                        "Podman shell (WSL).lnk",
                        "Podman shell.lnk",
                    }));
            Assert.That(LinkHas("Podman shell (QEMU)", $@"""{Folder}\shells\podman-shell.cmd"" qemu"""));
            Assert.That(LinkHas("Podman documentation", "podman.html"));
        }

        Uninstall(MsiWindows.OneMsi);
        Assert.That(Drive(), Is.EqualTo(before));
        Assert.That(Windows.Registry.Read(MachineKey), Is.Null);
        Assert.That(Windows.Registry.Read(UserKey), Is.Null);
        Assert.That(EntryOf("HKEY_LOCAL_MACHINE", ProductCode), Is.Null);
        Assert.That(MachinePath, Does.Not.Contain("podman"));
    }

    [Test]
    public void Folder_and_features_can_be_chosen()
    {
        const string Custom = @"C:\My tools (x86)\podman";
        Install(MsiWindows.OneMsi, $"INSTALLDIR=\"{Custom}\" ADDLOCAL=ALL REMOVE=docs,path");
        Assert.That(FilesIn(Custom), Is.EqualTo(AllFiles.Where(file => !file.StartsWith("docs/", StringComparison.Ordinal))));
        Assert.That(Directory.Exists(Windows.HostPath(Folder)), Is.False);
        Assert.That(MachinePath, Does.Not.Contain("podman"));
        Assert.That(FilesIn(StartMenu), Has.Length.EqualTo(4).And.None.Contains("documentation"));
        Assert.That(LinkHas("Podman shell (WSL)", $@"{Custom}\shells\podman-shell.cmd"));

        Assert.That(Msiexec($"/i {MsiWindows.OneMsi} ADDLOCAL=docs"), Is.Zero);
        Assert.That(FilesIn(Custom), Is.EqualTo(AllFiles), "added later, into the folder that was chosen");
        File.WriteAllText(Windows.HostPath(Custom + @"\mine.txt"), "mine");

        Uninstall(MsiWindows.OneMsi);
        Assert.That(FilesIn(Custom), Is.EqualTo(new[] { "mine.txt" }));
        Directory.Delete(Windows.HostPath(@"C:\My tools (x86)"), recursive: true);
    }

    [Test]
    public void The_required_feature_alone_is_the_programs_and_the_licences()
    {
        Install(MsiWindows.OneMsi, "ADDLOCAL=main");
        Assert.That(
            FilesIn(Folder),
            Is.EqualTo(
                AllFiles.Where(file =>
                    file.EndsWith(".exe", StringComparison.Ordinal) || file.StartsWith("licenses/", StringComparison.Ordinal))));
        Assert.That(Directory.Exists(Windows.HostPath(StartMenu)), Is.False);
        Uninstall(MsiWindows.OneMsi);
    }

    [TestCase("MACHINE_PROVIDER=docker")]
    [TestCase("MACHINE_PROVIDER=QEMU")]
    public void An_unknown_provider_is_refused(string argument) => AssertRefused(MsiWindows.OneMsi, argument);

    [Test]
    public void A_Windows_before_1803_is_refused()
    {
        const string Key = @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion";
        RegistryValue build = Windows.Registry.Read(Key)!["CurrentBuildNumber"];
        Windows.Registry.Write(Key, "CurrentBuildNumber", RegistryValue.FromText(RegistryValue.Text, "16299"));
        AssertRefused(MsiWindows.OneMsi, string.Empty);
        Windows.Registry.Write(Key, "CurrentBuildNumber", build);
    }

    [Test]
    public void A_repair_restores_what_was_deleted()
    {
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=hyperv");
        File.Delete(Windows.HostPath(Folder + @"\gvproxy.exe"));
        File.Delete(Windows.HostPath(ConfigurationFile));
        File.WriteAllText(Windows.HostPath(Folder + @"\podman.exe"), "damaged");

        Install(MsiWindows.OneMsi, "REINSTALL=ALL REINSTALLMODE=amus");
        Assert.That(FilesIn(Folder), Is.EqualTo(AllFiles));
        Assert.That(VersionIn(Folder), Is.EqualTo("podman.exe version 4.5.0-dev"));
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("hyperv")));

        Install(MsiWindows.OneMsi, "REINSTALL=ALL MACHINE_PROVIDER=wsl");
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf("wsl")), "so the provider is changed later");
        Assert.That(Windows.Registry.Read(MachineKey)!["MachineProvider"].AsText, Is.EqualTo("wsl"));
        Uninstall(MsiWindows.OneMsi);
    }
}
