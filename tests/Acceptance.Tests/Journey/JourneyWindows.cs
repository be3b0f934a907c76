using System.Text;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>Where and how the parts of a release are installed.</summary>
/// <param name="Edition">Which MSI.</param>
/// <param name="Qemu">QEMU's folder.</param>
/// <param name="Podman">Podman's folder.</param>
/// <param name="Utils">Folder of qcw-utils; empty: it is not used.</param>
internal sealed record Installation(MsiEdition Edition, string Qemu, string Podman, string Utils)
{
    /// <summary>As the installers suggest.</summary>
    public static Installation Usual { get; } = new(
        MsiEdition.PerMachine, @"C:\Program Files\qcw-qemu", @"C:\Program Files\qcw-podman", PodmanWindows.Home + @"\qcw-utils");

    /// <summary>For one user, each in a folder of their choice, with blanks.</summary>
    public static Installation InFoldersWithBlanks { get; } = new(
        MsiEdition.PerUser, @"C:\My tools\QEMU for Podman", PodmanWindows.Home + @"\My tools\podman", @"C:\My tools\qcw utils");

    /// <summary>The folder of the one setup program, for one user.</summary>
    public const string SetupFolder = @"\AppData\Local\Programs\qcw";

    /// <summary>
    /// From the one setup program, by somebody who is no administrator. Commands are typed into the prompt of the Start menu.
    /// </summary>
    public static Installation OneSetup { get; } = new(
        MsiEdition.PerUser, PodmanWindows.Home + SetupFolder + @"\qemu", PodmanWindows.Home + SetupFolder + @"\podman", string.Empty);
}

/// <summary>
/// A Windows with the whole release on it, with what Wine lacks (Unix sockets, ssh.exe and ssh-keygen.exe), and with a client.
/// </summary>
internal sealed class JourneyWindows(Installation installation) : IDisposable
{
    /// <summary>What stands in for docker.exe: prints what the API of the machine answers to a request.</summary>
    public const string Docker = @"C:\docker.exe";

    private const string OpenSsh = @"C:\windows\system32\OpenSSH";

    private readonly PodmanWindows windows = new();
    private int scripts;

    public WineSession Session => windows.Session;

    /// <summary>Whether this QEMU shares folders: not every line's has 9pfs.</summary>
    public bool SharesFolders { get; private set; }

    /// <summary>Installs everything.</summary>
    public void Install(Steps steps)
    {
        UnixSocketLayer.InstallInto(Session);
        // Podman copies these into the machine; the host's certificates and proxies are not Windows'
        string[] proxies = ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "ALL_PROXY", "NO_PROXY"];
        foreach (string name in (string[])["SSL_CERT_DIR", "SSL_CERT_FILE", .. proxies, .. proxies.Select(name => name.ToLowerInvariant())])
        {
            Session.Variables[name] = null;
        }

        HideHostsConfiguration();
        steps.Run("install: ssh", InstallSsh);
        steps.Run("install: docker", () => Build("docker", Session.HostPath(Docker)));
        if (installation == Installation.OneSetup)
        {
            steps.Run("install: the one setup program", InstallSetup);
            return;
        }

        steps.Run("install: QEMU", InstallQemu);
        steps.Run("install: Podman", InstallPodman);
        steps.Run("install: qcw-utils", InstallUtils);
    }

    /// <summary>Runs a command in the prompt that podman-qemu.bat opens.</summary>
    /// <param name="command">As one would type it.</param>
    /// <param name="folder">The current folder of that prompt.</param>
    public WineResult Prompt(string command, string folder = @"C:\") => Session.Run("cmd", InPrompt(command, folder), Steps.Left);

    /// <summary>Starts a command in that prompt and does not wait for it.</summary>
    /// <returns>This machine's path of the file that gets its output.</returns>
    public string StartInPrompt(string command)
    {
        string output = $@"C:\journey-{scripts + 1}.txt";
        Session.Start("cmd", InPrompt($"{command} >{output} 2>&1", @"C:\"));
        return Session.HostPath(output);
    }

    /// <summary>Gives Windows one more drive.</summary>
    public void AddDrive(char letter)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Session.Prefix, "drive_" + letter)).FullName;
        File.CreateSymbolicLink(Path.Combine(Session.Prefix, "dosdevices", letter + ":"), folder);
    }

    /// <inheritdoc/>
    public void Dispose() => windows.Dispose();

    // a batch file: in a command line within a command line, quotation marks would end too early, and > would be a redirection
    private string InPrompt(string command, string folder)
    {
        string script = $@"C:\journey-{++scripts}.bat";
        string[] prompt = installation.Utils.Length > 0
            ? [$"call \"{installation.Utils}\\shells\\podman-qemu.bat\" {command}"]
            : [$"call \"{installation.Podman}\\shells\\podman-shell.cmd\" qemu >nul", command];
        string[] lines = ["@echo off", $"cd /d \"{folder}\"", .. prompt];
        File.WriteAllText(Session.HostPath(script), string.Join("\r\n", lines) + "\r\n", Encoding.ASCII);
        return "/c " + script;
    }

    // Wine lists the host's /etc/containers for \etc\containers, and then the files are not on drive C:
    private void HideHostsConfiguration()
    {
        const string Containers = "/etc/containers";
        if (!Directory.Exists(Containers))
        {
            return;
        }

        foreach (string file in Directory.EnumerateFiles(Containers, "*", SearchOption.AllDirectories))
        {
            string hidden = Path.Combine(Session.DriveC, file[1..]);
            Directory.CreateDirectory(Path.GetDirectoryName(hidden)!);
            File.WriteAllText(hidden, string.Empty);
        }
    }

    private static void Build(string name, string program) => GoTestProgram.BuildInTree(
        JourneyFolders.PodmanTree, Path.Combine(JourneyFolders.Sources(name), "main.go"), program, JourneyFolders.Gos);

    private void InstallSsh()
    {
        string folder = Directory.CreateDirectory(Session.HostPath(OpenSsh)).FullName;
        Build("ssh", Path.Combine(folder, "ssh.exe"));
        File.Copy(Path.Combine(folder, "ssh.exe"), Path.Combine(folder, "ssh-keygen.exe"));
        string path = Session.Registry.Read(PodmanWindows.MachineEnvironment)!["PATH"].AsText;
        Session.Registry.Write(
            PodmanWindows.MachineEnvironment, "PATH", RegistryValue.FromText(RegistryValue.ExpandedText, $"{path};{OpenSsh}"));
    }

    // where an administrator is needed nothing can be written: neither the machine's registry nor its folders
    private void InstallSetup()
    {
        Session.CopyIn(ReleaseUnderTest.File("qcw-*-setup.exe"), @"C:\Downloads\qcw setup.exe");
        var user = new WineUser(Session);
        using (user.CloseFolders())
        {
            Assert.That(user.Run(@"C:\Downloads\qcw setup.exe", "/S /CurrentUser").ExitCode, Is.Zero);
        }

        Assert.That(Session.HostPath($@"{installation.Podman}\podman.exe"), Does.Exist);
    }

    private void InstallQemu()
    {
        Session.CopyIn(QemuUnderTest.Setup, @"C:\Downloads\qemu setup.exe");
        Session.RunOk(@"C:\Downloads\qemu setup.exe", $"/S /D={installation.Qemu}");
        Assert.That(Session.HostPath($@"{installation.Qemu}\qemu-system-x86_64w.exe"), Does.Exist);
        SharesFolders = Session.RunOk($@"{installation.Qemu}\qemu-system-x86_64.exe", "-device help")
            .Contains("virtio-9p-pci", StringComparison.Ordinal);
    }

    private void InstallPodman()
    {
        Session.CopyIn(PodmanWindows.MsiOf(installation.Edition), @"C:\Downloads\podman setup.msi");
        Assert.That(windows.Msiexec($@"/i ""C:\Downloads\podman setup.msi"" INSTALLDIR=""{installation.Podman}"""), Is.Zero);
        Assert.That(Session.HostPath($@"{installation.Podman}\podman.exe"), Does.Exist);
    }

    private void InstallUtils()
    {
        string target = Session.HostPath(installation.Utils);
        ProcessResult result = Pwsh.Run(
            ReleaseUnderTest.Folder,
            ["-File", ReleaseUnderTest.File("qcw-utils.ps1"), "-Offline", ReleaseUnderTest.Folder, "-Target", target]);
        Assert.That(result.ExitCode, Is.Zero, result.StandardOutput + result.StandardError);
    }
}
