using System.Text.Json;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>What a machine of QEMU leaves in files while it starts, runs and stops, seen from outside.</summary>
internal sealed class MachineState
{
    private readonly string settings;
    private readonly string folder;
    private readonly string name;

    /// <summary>Reads where the machine has its files; it must have been made.</summary>
    public MachineState(WineSession windows, string name)
    {
        this.name = name;
        settings = windows.HostPath($@"{PodmanWindows.Home}\.config\containers\podman\machine\qemu\{name}.json");
        using JsonDocument read = JsonDocument.Parse(File.ReadAllText(settings));
        JsonElement machine = read.RootElement;
        JsonElement pidFile = PodmanUnderTest.Major < 5
            ? machine.GetProperty("VMPidFilePath")
            : machine.GetProperty("QEMUHypervisor").GetProperty("QEMUPidPath");
        folder = Path.GetDirectoryName(windows.HostPath(pidFile.GetProperty("Path").GetString()!))!;
    }

    /// <summary>The settings say that the machine is being started.</summary>
    public bool IsStarting
    {
        get
        {
            try
            {
                using JsonDocument read = JsonDocument.Parse(File.ReadAllText(settings));
                return read.RootElement.GetProperty("Starting").GetBoolean();
            }
            catch (JsonException)
            {
                return false; // it is being written
            }
        }
    }

    public bool HasMonitor => File.Exists(Path.Combine(folder, $"qmp_{name}.sock"));

    public bool HasEmulatorPid => HasNumber($"{name}_vm.pid");

    public bool HasProxyPid => HasNumber(ProxyPidFile);

    /// <summary>What gvproxy has said since the last start.</summary>
    public string ProxyLog =>
        File.ReadAllText(Path.Combine(folder, PodmanUnderTest.Major < 5 ? $"gvproxy_{name}.log" : "gvproxy.log"));

    /// <summary>Names of the files that a machine has only while it runs.</summary>
    public string[] Files =>
    [
        .. Directory.GetFiles(folder).Select(file => Path.GetFileName(file))
            .Where(file => file == ProxyPidFile
                || (file.Contains(name, StringComparison.Ordinal) && Path.GetExtension(file) is ".pid" or ".sock"))
            .Order(StringComparer.Ordinal),
    ];

    // from 5 on only one machine of QEMU runs at a time, and the network's files have no machine's name
    private string ProxyPidFile => PodmanUnderTest.Major < 5 ? $"{name}_proxy.pid" : "gvproxy.pid";

    private bool HasNumber(string file) => new FileInfo(Path.Combine(folder, file)) is { Exists: true, Length: > 0 };
}
