using System.Text.Json;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests;

/// <summary>
/// Podman, installed by its MSI and used as far as Wine itself goes: it has no Unix sockets, so no machine starts. (Journey/ gives it
/// some.)
/// </summary>
[TestFixture]
[Category("podman")]
public sealed class PodmanTests
{
    private const string Image = @"C:\image.qcow2";

    private static readonly string Init = $"podman machine init {PodmanUnderTest.ImageOptions(Image)}";
    private PodmanWindows windows = null!;

    [OneTimeSetUp]
    public void Install()
    {
        windows = new PodmanWindows();
        windows.Session.CopyIn(PodmanWindows.MsiOf(MsiEdition.PerMachine), @"C:\release.msi");
        Assert.That(windows.Msiexec(@"/i C:\release.msi"), Is.Zero);
    }

    [OneTimeTearDown]
    public void End() => windows.Dispose();

    [Test, Order(1)]
    public void Machines_are_qemus_because_the_installer_says_so()
    {
        string info = windows.PromptOk("podman machine info");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(info, Does.Match(@"(?i)vmtype:\s+qemu"));
            Assert.That(info, Does.Match(@"(?i)osarch:\s+windows/amd64"));
        }
    }

    [TestCase("qemu"), TestCase("wsl"), TestCase("hyperv"), Order(2)]
    public void Machines_of_each_provider_can_be_listed(string provider) =>
        Assert.That(windows.PromptOk($"set CONTAINERS_MACHINE_PROVIDER={provider}&& podman machine ls"), Does.Contain("VM TYPE"));

    [Test, Order(3)]
    public void An_unknown_provider_is_refused()
    {
        string command = PodmanUnderTest.SeesMachinesOfAllProviders ? "info" : "ls"; // a list of all machines asks for no provider
        (int code, string output) = windows.Prompt($"set CONTAINERS_MACHINE_PROVIDER=bogus&& podman machine {command}");
        Assert.That(code, Is.EqualTo(125));
        Assert.That(output, Does.Contain("Error: unknown VMType `bogus`"));
    }

    [Test, Order(4)]
    public void Without_qemu_it_says_what_it_looked_for()
    {
        WriteKeys(PodmanWindows.Home);
        File.WriteAllText(windows.Session.HostPath(Image), "no image yet\n");
        (int code, string output) = windows.Prompt($"podman machine init {PodmanUnderTest.ImageOptions(Image)} demo");
        Assert.That(code, Is.EqualTo(125));
        Assert.That(output, Does.Contain("qemu-system-x86_64w").And.Contain("%PATH%"));
    }

    [Test, Order(5)]
    public void With_our_qemu_a_machine_is_made()
    {
        windows.Session.CopyIn(QemuUnderTest.Setup, @"C:\qemu-setup.exe");
        windows.Session.RunOk(@"C:\qemu-setup.exe", "/S /PATH=1");
        windows.PromptOk($"qemu-img create -f qcow2 {Image} 64M");
        if (!PodmanUnderTest.SharesFolderOfUser)
        {
            AssertSharesByCommandLine();
        }
        else if (windows.PromptOk("qemu-system-x86_64 -device help").Contains("virtio-9p-pci", StringComparison.Ordinal))
        {
            AssertSharesFolderOfUser();
        }
        else
        {
            AssertSharesNothing();
        }

        Assert.That(windows.PromptOk("podman machine ls"), Does.Match(@"demo\*?\s+qemu"));
    }

    [Test, Order(6)]
    public void Whether_the_other_provider_lists_that_machine_depends_on_the_version() =>
        Assert.That(
            windows.PromptOk("set CONTAINERS_MACHINE_PROVIDER=wsl&& podman machine ls"),
            PodmanUnderTest.SeesMachinesOfAllProviders ? Does.Match(@"demo\*?\s+qemu") : Does.Not.Contain("demo"));

    [Test, Order(7)]
    public void The_command_prompt_of_the_start_menu_says_what_is_in_effect()
    {
        string said = windows.PromptOk($"\"{PodmanWindows.Folder}\\shells\\podman-shell.cmd\" wsl");
        Assert.That(said, Does.Contain("wsl").And.Contain($" {PodmanUnderTest.Major}."));
    }

    [Test, Order(8)]
    public void It_sends_docker_to_the_machine_that_podman_uses()
    {
        const string Address = "npipe:////./pipe/podman-demo";
        string prompt = $"call \"{PodmanWindows.Folder}\\shells\\podman-shell.cmd\"";
        if (PodmanUnderTest.Major < 5)
        {
            Assert.That(windows.PromptOk(prompt), Does.Contain("DOCKER_HOST: not set"), "its pipes have other names");
        }
        else
        {
            Assert.That(
                windows.PromptOk($"{prompt}&& set DOCKER_HOST"), Does.Contain($"DOCKER_HOST: {Address}\nDOCKER_HOST={Address}\n"));
        }
    }

    [Test, Order(9)]
    public Task Gvproxy_serves_its_api() => Gvproxy.ServesAsync(windows.Session, PodmanWindows.Folder + @"\gvproxy.exe");

    [Test, Order(10)]
    public void The_manual_is_whole_and_loads_nothing_from_the_network()
    {
        string docs = windows.Session.HostPath(PodmanWindows.Folder + @"\docs");
        using (Assert.EnterMultipleScope())
        {
            foreach (string page in Directory.GetFiles(docs, "*.html", SearchOption.AllDirectories))
            {
                string html = File.ReadAllText(page);
                Assert.That(html, Does.Contain("</html>"), page);
                Assert.That(html, Does.Not.Match("src=\"https?:"), page);
            }
        }
    }

    // QEMU's programs get the paths of the profile from Podman
    [Test, Order(11)]
    public void A_machine_is_made_in_a_profile_with_letters_that_the_code_page_lacks()
    {
        const string Home = @"C:\users\Ігор 客";
        WriteKeys(Home);
        (_, string output) = windows.Prompt($"set USERPROFILE={Home}&& podman machine init {PodmanUnderTest.ImageOptions(Image)} letters");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("ssh-keygen").Or.Contain("Machine init complete"));
            Assert.That(
                Directory.GetFiles(windows.Session.HostPath(Home), "letters*.qcow2", SearchOption.AllDirectories),
                Has.Length.EqualTo(1));
        }
    }

    // Wine has no ssh-keygen. Podman 4 wants it last, and keys for each machine; newer ones want it first, and take what is there
    private void WriteKeys(string home)
    {
        string folder = windows.Session.HostPath(home + @"\.local\share\containers\podman\machine");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "machine"), "not a key\n");
        File.WriteAllText(Path.Combine(folder, "machine.pub"), "ssh-ed25519 AAAA not a key\n");
    }

    // everything but the keys is written by the time that Podman 4 looks for ssh-keygen
    private void AssertSharesByCommandLine()
    {
        (_, string output) = windows.Prompt($@"podman machine init {PodmanUnderTest.ImageOptions(Image)} -v C:\Users:/mnt/users demo");
        Assert.That(output, Does.Contain("ssh-keygen").Or.Contain("Machine init complete"));
        using JsonDocument machine = ReadMachine();
        string[] command = [.. machine.RootElement.GetProperty("CmdLine").EnumerateArray().Select(argument => argument.GetString()!)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(command[0], Is.EqualTo(@"C:\Program Files\qcw-qemu\qemu-system-x86_64w.exe"));
            Assert.That(command, Has.Some.Match(@"^stream,id=vlan,server=off,addr\.type=unix,addr\.path=.*vlan_demo\.sock$"), "patch 1");
            Assert.That(command, Has.Some.EqualTo("q35,accel=whpx:tcg"), "patch 3");
            Assert.That(command, Has.Some.StartsWith(@"local,path=C:\Users,mount_tag=vol0"));
            Assert.That(machine.RootElement.GetProperty("Mounts")[0].GetProperty("Target").GetString(), Is.EqualTo("/mnt/users"));
        }
    }

    // newer ones make the command line when the machine starts, which the journey tries
    private void AssertSharesFolderOfUser()
    {
        foreach ((string volume, string refusal) in ((string, string)[])
            [(@"C:\missing:/x", "cannot be shared"), (@"C:\users:x", "must be a path of the VM"), (@"C:\users:/x:z", "use ro or rw"),
                (@"\\server\share:/x", "only folders on a drive")])
        {
            AssertInitIsRefused(volume, refusal);
        }

        Assert.That(windows.PromptOk($@"{Init} -v C:\users:/mnt/users:ro named"), Does.Contain("Machine init complete"));
        Assert.That(ReadMounts("named"), Is.EqualTo(((string, string, bool)[])[(@"C:\users", "/mnt/users", true)]));
        windows.PromptOk("podman machine rm -f named");
        Assert.That(windows.PromptOk($"{Init} demo"), Does.Contain("Machine init complete").And.Not.Contain("shares no folders"));
        string inMachine = "/mnt/c" + PodmanWindows.Home[2..].Replace('\\', '/');
        Assert.That(ReadMounts("demo"), Is.EqualTo(((string, string, bool)[])[(PodmanWindows.Home, inMachine, false)]));
    }

    private void AssertInitIsRefused(string volume, string refusal)
    {
        (int code, string said) = windows.Prompt($"{Init} -v {volume} demo");
        Assert.That(code, Is.EqualTo(125));
        Assert.That(said, Does.Contain(refusal));
    }

    private void AssertSharesNothing()
    {
        AssertInitIsRefused(@"C:\users:/mnt/users", "this QEMU cannot share folders");
        Assert.That(windows.PromptOk($"{Init} demo"), Does.Contain("The machine shares no folders").And.Contain("Machine init complete"));
        using JsonDocument machine = ReadMachine();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(machine.RootElement.GetProperty("Mounts").GetArrayLength(), Is.Zero);
            Assert.That(machine.RootElement.GetProperty("SSH").GetProperty("RemoteUsername").GetString(), Is.EqualTo("core"));
            Assert.That(
                machine.RootElement.GetProperty("QEMUHypervisor").GetProperty("QMPMonitor").GetProperty("Network").GetString(),
                Is.EqualTo("unix"));
        }
    }

    private (string Source, string Target, bool ReadOnly)[] ReadMounts(string name)
    {
        using JsonDocument machine = ReadMachine(name);
        return
        [
            .. machine.RootElement.GetProperty("Mounts").EnumerateArray().Select(mount => (
                mount.GetProperty("Source").GetString()!,
                mount.GetProperty("Target").GetString()!,
                mount.GetProperty("ReadOnly").GetBoolean())),
        ];
    }

    private JsonDocument ReadMachine(string name = "demo") => JsonDocument.Parse(
        File.ReadAllText(windows.Session.HostPath(PodmanWindows.Home + $@"\.config\containers\podman\machine\qemu\{name}.json")));
}
