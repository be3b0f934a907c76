namespace Qcw.Integration.Tests.Packaging.Msi;

/// <summary>The command prompts of the Start menu, in a folder with blanks and brackets.</summary>
internal sealed class PodmanShellTests : InstalledMsi
{
    private const string Custom = @"C:\My tools (x86)\podman";
    private const string Qemu = @"C:\Program Files (x86)\qcw qemu";
    private const string Script = @"C:\qcw-shell.bat";
    private const string Mark = "qcw-case";
    private const string NoMachine = "not set, because podman's connection is no machine of Podman 5 or newer";
    private const string QemuKey = @"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Uninstall\qcw-qemu";

    [OneTimeSetUp]
    public void InstallIt() => Install(MsiWindows.OneMsi, $"INSTALLDIR=\"{Custom}\" MACHINE_PROVIDER=none");

    [OneTimeTearDown]
    public void UninstallIt()
    {
        Uninstall(MsiWindows.OneMsi);
        Windows.Run("reg", $"delete {QemuKey} /f");
        Directory.Delete(Windows.HostPath(Qemu), recursive: true);
    }

    [Test]
    [Order(1)]
    public void Without_QEMU_it_says_how_to_get_it()
    {
        string output = Shell("qemu");
        Assert.That(
            output,
            Does.Contain("podman.exe version 4.5.0-dev\n")
                .And.Contain("machine provider: qemu\n")
                .And.Contain("QEMU: not found; its installer"));
        Assert.That(output, Does.Contain("CONTAINERS_MACHINE_PROVIDER=qemu\n").And.Contain($"\nPATH={Custom};").IgnoreCase);
        Assert.That(output, Does.Not.Contain("QCW_"), "no variables of its own are left");
    }

    [Test]
    [Order(2)]
    public void QEMU_of_qcw_is_found_and_put_on_PATH_once()
    {
        Windows.Registry.Write(QemuKey, "InstallLocation", RegistryValue.FromText(RegistryValue.Text, Qemu));
        Directory.CreateDirectory(Windows.HostPath(Qemu));
        File.Copy(Windows.HostPath(Custom + @"\podman.exe"), Windows.HostPath(Qemu + @"\qemu-system-x86_64w.exe"), overwrite: true);
        string output = Shell(string.Empty);
        Assert.That(output, Does.Contain("machine provider: as configured\n").And.Contain($"QEMU: {Qemu}\\\n"));
        Assert.That(output, Does.Contain($"\nPATH={Custom};{Qemu};").IgnoreCase.And.Not.Contain("CONTAINERS_MACHINE_PROVIDER="));

        string again = Shell("wsl", $"set \"PATH=%PATH%;{Qemu}\" & ");
        Assert.That(
            again
                .Split('\n')
                .Single(line => line.StartsWith("PATH=", StringComparison.OrdinalIgnoreCase))
                .Split(';')
                .Count(entry => entry == Qemu),
            Is.EqualTo(1));
        Assert.That(again, Does.Contain("CONTAINERS_MACHINE_PROVIDER=wsl\n"));
    }

    [Test]
    [Order(3)]
    public void The_QEMU_of_this_user_comes_before_that_of_all_users()
    {
        string key = QemuKey.Replace("HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", StringComparison.Ordinal);
        Windows.Registry.Write(key, "InstallLocation", RegistryValue.FromText(RegistryValue.Text, Custom));
        File.Copy(Windows.HostPath(Custom + @"\podman.exe"), Windows.HostPath(Custom + @"\qemu-system-x86_64w.exe"));
        Assert.That(Shell(string.Empty), Does.Contain($"QEMU: {Custom}\\\n"));
        File.Delete(Windows.HostPath(Custom + @"\qemu-system-x86_64w.exe"));
        Windows.RunOk("reg", $"delete {key} /f");
    }

    [Test]
    [Order(4)]
    public void An_unknown_provider_is_named()
    {
        Assert.That(Shell("docker"), Does.Contain("unknown provider \"docker\"").And.Not.Contain("CONTAINERS_MACHINE_PROVIDER="));
    }

    // {{.IsMachine}} {{.Default or .Name}} {{.Name}} {{.URI}} {{.ReadWrite}}
    [Test]
    [Order(4)]
    public void Docker_goes_where_podman_goes_unless_somebody_has_said_where()
    {
        const string Machines =
            "false false far ssh://me@far/run/podman.sock true;true false two ssh://core@127.0.0.1:2/run/podman.sock true;"
            + "true true podman-machine-default ssh://core@127.0.0.1:1/run/podman.sock true;";
        (string Before, string Host)[] cases =
        [
            ($"FAKE_CONNECTIONS={Machines}", "npipe:////./pipe/podman-machine-default"),
            ("FAKE_CONNECTIONS=true true two-root ssh://root@127.0.0.1:2/run/podman.sock true;", "npipe:////./pipe/podman-two"),
            ("FAKE_CONNECTIONS=true true two-root ssh://core@127.0.0.1:2/run/podman.sock true;", "npipe:////./pipe/podman-two-root"),
            (
                "CONTAINER_CONNECTION=two\" & set \"FAKE_CONNECTIONS=true one one ssh://core@127.0.0.1:1/run/podman.sock true;"
                    + "true two two ssh://core@127.0.0.1:2/run/podman.sock true;",
                "npipe:////./pipe/podman-two"
            ),
            ($"DOCKER_HOST=tcp://elsewhere:2375\" & set \"FAKE_CONNECTIONS={Machines}", "tcp://elsewhere:2375"),
            ($"DOCKER_CONTEXT=elsewhere\" & set \"FAKE_CONNECTIONS={Machines}", "not set, because DOCKER_CONTEXT is"),
            ($"CONTAINER_HOST=ssh://me@far\" & set \"FAKE_CONNECTIONS={Machines}", NoMachine),
            ("FAKE_CONNECTIONS=false true far ssh://me@far/run/podman.sock true;", NoMachine),
            ("FAKE_CONNECTIONS=", NoMachine),
        ];
        IEnumerable<string> lines = cases.Select(one =>
            $"setlocal\r\nset \"{one.Before}\"\r\ncall \"{Custom}\\shells\\podman-shell.cmd\"\r\nset\r\nendlocal\r\necho {Mark}\r\n");
        File.WriteAllText(Windows.HostPath(Script), "@echo off\r\n" + string.Concat(lines));
        string[] outputs = Windows.Run("cmd", "/c " + Script).Output.Split(Mark + "\n")[..^1];
        Assert.That(outputs, Has.Length.EqualTo(cases.Length));
        using (Assert.EnterMultipleScope())
        {
            foreach (((_, string host), string output) in cases.Zip(outputs))
            {
                bool isSet = host.Contains("://", StringComparison.Ordinal);
                Assert.That(output, Does.Contain($"\nDOCKER_HOST: {host}\n").And.Not.Contain("QCW_"));
                Assert.That(output, isSet ? Does.Contain($"\nDOCKER_HOST={host}\n") : Does.Not.Contain("DOCKER_HOST="));
            }
        }
    }

    // as the Start menu starts it, but with an end
    private static string Shell(string provider, string before = "")
    {
        File.WriteAllText(
            Windows.HostPath(Script),
            $"@echo off\r\n{before}cmd /s /c \"cd /d \"%USERPROFILE%\" & \"{Custom}\\shells\\podman-shell.cmd\" {provider} & set\"\r\n");
        return Windows.Run("cmd", "/c " + Script).Output;
    }
}
