using Qcw.Integration.Tests.Packaging.Msi;

namespace Qcw.Integration.Tests.Utils;

/// <summary>The command prompts that qcw-utils.ps1 has installed, in cmd under Wine: their environment is read back.</summary>
public sealed class UtilsLauncherTests
{
    private const string Home = @"C:\Tools (x86) & more\qcw utils";
    private const string Qemu = @"C:\Program Files\qcw qemu";
    private WineSession windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        using var release = new UtilsRelease();
        windows = new WineSession();
        release.Script.RunOk("-Target", windows.HostPath(Home));
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [TestCase("qemu"), TestCase("wsl"), TestCase("hyperv")]
    public void Sets_the_provider_and_keeps_Podman_Desktop_off_the_prompt(string provider)
    {
        Dictionary<string, string> environment = EnvironmentOf(provider);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(environment["CONTAINERS_MACHINE_PROVIDER"], Is.EqualTo(provider));
            Assert.That(environment["ELECTRON_NO_ATTACH_CONSOLE"], Is.EqualTo("1"));
            Assert.That(environment["PATH"].Split(';')[0], Is.EqualTo(Home + @"\xz\bin"));
            Assert.That(environment.Keys.Where(name => name.StartsWith("QCW_", StringComparison.Ordinal) || name == "UNINSTALL"), Is.Empty);
        }
    }

    [Test]
    public void The_default_one_leaves_the_provider_as_it_is()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(EnvironmentOf("default"), Does.Not.ContainKey("CONTAINERS_MACHINE_PROVIDER"));
            Assert.That(EnvironmentOf("default", "set CONTAINERS_MACHINE_PROVIDER=wsl")["CONTAINERS_MACHINE_PROVIDER"], Is.EqualTo("wsl"));
        }
    }

    [Test]
    public void Finds_QEMU_and_Podman_of_qcw_through_the_registry()
    {
        Put($@"{Qemu}\qemu-system-x86_64w.exe");
        Put(@"C:\Program Files\qemu\qemu-system-x86_64w.exe");
        Put(@"C:\pod man\podman.exe");
        windows.Registry.Write(
            @"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu", "InstallLocation",
            RegistryValue.FromText(RegistryValue.Text, Qemu));
        windows.Registry.Write(
            @"HKEY_CURRENT_USER\Software\qcw\Podman", "InstallDir", RegistryValue.FromText(RegistryValue.Text, @"C:\pod man\"));
        string[] path = EnvironmentOf("qemu")["PATH"].Split(';');
        Assert.That(path[..3], Is.EqualTo([Home + @"\xz\bin", @"C:\pod man", Qemu]));
        Assert.That(path, Does.Not.Contain(@"C:\Program Files\qemu"));
    }

    [Test]
    public void The_QEMU_of_this_user_comes_before_that_of_all_users()
    {
        const string Key = @"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu";
        Put(@"C:\my qemu\qemu-system-x86_64w.exe");
        windows.Registry.Write(Key, "InstallLocation", RegistryValue.FromText(RegistryValue.Text, @"C:\my qemu"));
        Assert.That(EnvironmentOf("qemu")["PATH"].Split(';'), Does.Contain(@"C:\my qemu"));
        windows.RunOk("reg", $"delete {Key} /f");
    }

    [Test]
    public void Docker_goes_to_the_pipe_of_podmans_machine()
    {
        const string Folder = @"C:\stand in";
        MsiProduct.Compile(windows.HostPath(Folder + @"\podman.exe"), "5.8.3", null);
        const string Connections = "set FAKE_CONNECTIONS=true true two-root ssh://root@127.0.0.1:2/run/podman.sock true;";
        string before = $"set \"PATH={Folder};%PATH%\"\r\n{Connections}";
        Assert.That(EnvironmentOf("wsl", before)["DOCKER_HOST"], Is.EqualTo("npipe:////./pipe/podman-two"));
        Assert.That(EnvironmentOf("wsl", before + "\r\nset DOCKER_HOST=tcp://far")["DOCKER_HOST"], Is.EqualTo("tcp://far"));
        File.Delete(windows.HostPath(Folder + @"\podman.exe"));
    }

    [TestCase(@"C:\Program Files\Podman Desktop"), TestCase(@"C:\users\{user}\AppData\Local\Programs\podman-desktop")]
    public void Finds_Podman_Desktop_where_its_installer_puts_it(string folder)
    {
        folder = folder.Replace(
            "{user}",
            Path.GetFileName(
                Directory.GetDirectories(windows.HostPath(@"C:\users")).Single(user => !user.EndsWith("Public", StringComparison.Ordinal))),
            StringComparison.Ordinal);
        Put($@"{folder}\Podman Desktop.exe");
        Assert.That(EnvironmentOf("default")["PATH"].Split(';'), Does.Contain(folder));
        File.Delete(windows.HostPath($@"{folder}\Podman Desktop.exe"));
    }

    [Test]
    public void Finds_Podman_Desktop_elsewhere_through_the_registry()
    {
        const string Key = @"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall\0b8c7b4c";
        Put(@"C:\my apps\Podman Desktop.exe");
        windows.Registry.Write(Key, "DisplayIcon", RegistryValue.FromText(RegistryValue.Text, @"C:\my apps\Podman Desktop.exe,0"));
        Assert.That(EnvironmentOf("default")["PATH"].Split(';'), Does.Contain(@"C:\my apps"));
    }

    [Test]
    public void Runs_a_command_and_hands_on_its_exit_code() =>
        Assert.That(Run("wsl", "cmd /c exit 7").ExitCode, Is.EqualTo(7));

    [Test]
    public void Without_a_command_it_opens_a_prompt()
    {
        File.WriteAllText(windows.HostPath(@"C:\typed.txt"), "echo provider [%CONTAINERS_MACHINE_PROVIDER%]\r\nprompt $_\r\nexit 5\r\n");
        WineResult result = Run("hyperv", @"<C:\typed.txt");
        Assert.That(result.Output, Does.Contain("machine provider: provider hyperv").And.Contain("provider [hyperv]"));
        Assert.That(result.Output, Does.Contain("DOCKER_HOST: not set, because podman's connection is no machine"));
        Assert.That(result.ExitCode, Is.EqualTo(5));
    }

    private void Put(string windowsPath)
    {
        string file = windows.HostPath(windowsPath);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "not a program");
    }

    // a batch file that starts another one without CALL does not come back, and with it loses the exit code: so in a cmd of its own
    private WineResult Run(string provider, string arguments, string before = "")
    {
        File.WriteAllText(
            windows.HostPath(@"C:\start.bat"), $"@echo off\r\n{before}\r\n\"{Home}\\shells\\podman-{provider}.bat\" {arguments}\r\n");
        return windows.Run("cmd", @"/c C:\start.bat");
    }

    private Dictionary<string, string> EnvironmentOf(string provider, string before = "")
    {
        WineResult result = Run(provider, "set", before);
        Assert.That(result.ExitCode, Is.Zero, result.Output);
        return result.Output.Split('\n').Where(line => line.Contains('=', StringComparison.Ordinal))
            .Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
    }
}
