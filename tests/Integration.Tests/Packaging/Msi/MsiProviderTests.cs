namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>What MACHINE_PROVIDER writes, and what it leaves alone.</summary>
internal sealed class MsiProviderTests : InstalledMsi
{
    [TestCase("wsl")]
    [TestCase("hyperv")]
    public void The_provider_is_written_where_Podman_reads_it_and_the_users_files_are_left_alone(string provider)
    {
        string[] mine = ["containers.conf", "containers.conf.d/10-mine.conf"];
        foreach (string file in mine)
        {
            string path = Path.Combine(Windows.HostPath(Settings), file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, "[machine]\nprovider = \"mine\"\n");
        }

        Install(MsiWindows.OneMsi, $"MACHINE_PROVIDER={provider}");
        Assert.That(Configuration, Is.EqualTo(ConfigurationOf(provider)));
        Uninstall(MsiWindows.OneMsi);

        Assert.That(FilesIn(Settings), Is.EqualTo(mine));
        Assert.That(
            mine.Select(file => File.ReadAllText(Path.Combine(Windows.HostPath(Settings), file))),
            Is.All.EqualTo("[machine]\nprovider = \"mine\"\n"));
        Directory.Delete(Windows.HostPath(Settings), recursive: true);
    }

    [Test]
    public void No_provider_can_be_asked_for()
    {
        Install(MsiWindows.OneMsi, "MACHINE_PROVIDER=none");
        Assert.That(Configuration, Is.Null);
        Assert.That(Windows.Registry.Read(MachineKey)!["MachineProvider"].AsText, Is.EqualTo("none"));
        Uninstall(MsiWindows.OneMsi);
    }

    [Test]
    public void What_a_user_adds_to_the_configuration_file_stays()
    {
        Install(MsiWindows.OneMsi);
        File.AppendAllText(Windows.HostPath(ConfigurationFile), "cpus=4\r\n");
        Assert.That(Msiexec($"/x {MsiWindows.OneMsi}"), Is.Zero);
        Assert.That(Configuration, Is.EqualTo("[machine]\ncpus=4\n"));
        Directory.Delete(Windows.HostPath(Settings), recursive: true);
    }
}
