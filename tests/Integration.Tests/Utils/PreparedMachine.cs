namespace Qcw.Integration.Tests.Utils;

/// <summary>A Windows with everything that Podman needs, as Wine keeps it: registry files, and drive C: as a folder. The programs are empty.</summary>
internal sealed class PreparedMachine
{
    /// <summary>The folder of its user.</summary>
    public const string User = "drive_c/users/jo/";

    /// <summary>Podman Desktop, installed for that user.</summary>
    public const string Desktop = User + "AppData/Local/Programs/Podman Desktop/Podman Desktop.exe";

    private static readonly string[] Files =
    [
        "drive_c/windows/system32/drivers/afunix.sys", "drive_c/windows/system32/WinHvPlatform.dll",
        "drive_c/windows/system32/OpenSSH/ssh-keygen.exe",
        "drive_c/Program Files/qcw-qemu/qemu-system-x86_64w.exe",
        "drive_c/Program Files/qcw-podman/podman.exe", "drive_c/Program Files/qcw-podman/gvproxy.exe", Desktop,
    ];

    /// <summary>Makes it.</summary>
    public PreparedMachine(string root)
    {
        Root = root;
        Write("system.reg", """
            WINE REGISTRY Version 2

            [Software\\Microsoft\\Windows NT\\CurrentVersion] 1700000000
            #time=1d9f
            "CurrentBuildNumber"="19045"
            "ProductName"="Windows 10 Pro"

            [Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\qcw-qemu] 1700000000
            "DisplayVersion"="8.0.0-rc2"
            "InstallLocation"="C:\\Program Files\\qcw-qemu"

            [Software\\qcw\\Podman] 1700000000
            "InstallDir"="C:\\Program Files\\qcw-podman\\"
            "Version"="4.5.0-dev"
            """);
        Write("user.reg", """
            [Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\podman-desktop] 1700000000
            "DisplayName"="Podman Desktop 1.0.0"
            "DisplayVersion"="1.0.0"
            """);
        foreach (string file in Files)
        {
            Write(file, "x");
        }

        Write(User + "AppData/Roaming/containers/containers.conf", "[machine]\nprovider = \"wsl\"\n");
        Write(User + "AppData/Roaming/containers/containers.conf.d/99-qcw-machine-provider.conf", "[engine]\nprovider=\"no\"\n[machine]\nprovider=\"qemu\"\n");
        Write(User + ".config/containers/podman/machine/qemu/podman-machine-default.json", "{}");
    }

    /// <summary>What <c>-Root</c> is given.</summary>
    public string Root { get; }

    /// <summary>This machine's path of one of its files.</summary>
    public string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Writes one of its files.</summary>
    /// <returns>This machine's path of it.</returns>
    public string Write(string relative, string text)
    {
        string file = PathOf(relative);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }
}
