using System.Text.Json;

namespace Qcw.Integration.Tests.Utils;

/// <summary>
/// A Windows with everything that Podman needs, in a folder: drive C: as <c>drive_c</c>, the registry as <c>LocalMachine.json</c> and
/// <c>CurrentUser.json</c>, the names of running programs as <c>processes.txt</c>. The programs are empty, but for podman.exe, which
/// starts.
/// </summary>
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

    private readonly string root;

    /// <summary>Makes it.</summary>
    public PreparedMachine(string root)
    {
        this.root = root;
        Environment["QCW_TEST_MACHINE"] = root;
        Environment["CONTAINER_HOST"] = "tcp://elsewhere";
        Write("LocalMachine.json", """
            {
              "Software\\Microsoft\\Windows NT\\CurrentVersion": { "CurrentBuildNumber": "19045", "ProductName": "Windows 10 Pro" },
              "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\qcw-qemu": {
                "DisplayVersion": "8.0.0-rc2", "InstallLocation": "C:\\Program Files\\qcw-qemu"
              },
              "Software\\qcw\\Podman": { "InstallDir": "C:\\Program Files\\qcw-podman\\", "Version": "4.5.0-dev" }
            }
            """);
        Write("CurrentUser.json", """
            {
              "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\podman-desktop": {
                "DisplayName": "Podman Desktop 1.0.0", "DisplayVersion": "1.0.0"
              }
            }
            """);
        Write("processes.txt", "explorer\n");
        foreach (string file in Files)
        {
            Write(file, "x");
        }

        SetPodman("exit 0");

        Write(User + "AppData/Roaming/containers/containers.conf", "[machine]\nprovider = \"wsl\"\n");
        Write(
            User + "AppData/Roaming/containers/containers.conf.d/99-qcw-machine-provider.conf",
            "[engine]\nprovider=\"no\"\n[machine]\nprovider=\"qemu\"\n");
        Write(User + ".config/containers/podman/machine/qemu/podman-machine-default.json", "{}");
    }

    /// <summary>Its variables; what is in PATH is what users have there.</summary>
    public Dictionary<string, string?> Environment { get; } = new()
    {
        ["PATH"] = """;C:\windows\system32;%SystemRoot%;Q:\gone;;"C:\with; semicolon";C:\a|b<*>?;\\server\share;a::b;~""",
        ["SystemRoot"] = @"C:\windows",
        ["ProgramFiles"] = @"C:\Program Files",
        ["USERPROFILE"] = @"C:\users\jo",
        ["ProgramData"] = @"C:\ProgramData",
        ["APPDATA"] = @"C:\users\jo\AppData\Roaming",
        ["LOCALAPPDATA"] = @"C:\users\jo\AppData\Local",
        ["TEMP"] = @"C:\users\jo\Temp",
        ["CONTAINERS_MACHINE_PROVIDER"] = null,
        ["CONTAINERS_CONF"] = null,
        ["CONTAINERS_CONF_OVERRIDE"] = null,
        ["QCW_TEST_CONFIG_HOME"] = null,
    };

    /// <summary>What Windows answers where containers are set up. A page is there unless <c>pages</c> says why not.</summary>
    public Dictionary<string, object> Answers { get; } = new()
    {
        ["resources"] = new { Processors = 4, Memory = 8192, FreeMemory = 4096, FreeDisk = 100 },
        ["administrator"] = false,
        ["hypervisor"] = true,
        ["dism"] = 3010,
        ["ports"] = Array.Empty<int>(),
        ["pages"] = new Dictionary<string, string>(),
    };

    /// <summary>The folder of the script's parts, of which this machine replaces what reads the machine it runs on.</summary>
    public string Parts()
    {
        string parts = Path.Combine(root, "parts");
        Directory.CreateDirectory(parts);
        foreach (string part in Directory.GetFiles(UtilsScript.Parts))
        {
            File.Copy(part, Path.Combine(parts, Path.GetFileName(part)));
        }

        string own = Path.Combine(Repository.Root, "tests", "Integration.Tests", "Utils", "PreparedMachine.ps1");
        File.AppendAllText(Path.Combine(parts, "Programs.ps1"), File.ReadAllText(own));
        return parts;
    }

    /// <summary>This machine's path of one of its files.</summary>
    public string PathOf(string relative) => Path.Combine(root, relative);

    /// <summary>Changes a text in one of its files.</summary>
    public void Replace(string relative, string before, string after) =>
        Write(relative, File.ReadAllText(PathOf(relative)).Replace(before, after, StringComparison.Ordinal));

    /// <summary>Writes down what it answers, for a run of the script.</summary>
    public void WriteAnswers() => Write("answers.json", JsonSerializer.Serialize(Answers));

    /// <summary>Makes its Podman another version than 4.5.0-dev.</summary>
    public void SetPodmanVersion(string version) => Replace("LocalMachine.json", "4.5.0-dev", version);

    /// <summary>Makes podman.exe a shell script.</summary>
    public void SetPodman(string script)
    {
        string file = Write("drive_c/Program Files/qcw-podman/podman.exe", $"#!/bin/sh\n{script}\n");
        ProcessRunner.Run(new ProcessRequest("chmod", "+x", file));
    }

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
