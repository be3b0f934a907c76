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
        string pidFile = read.RootElement.GetProperty("VMPidFilePath").GetProperty("Path").GetString()!;
        folder = Path.GetDirectoryName(windows.HostPath(pidFile))!;
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

    public bool HasProxyPid => HasNumber($"{name}_proxy.pid");

    /// <summary>What gvproxy has said since the last start.</summary>
    public string ProxyLog => File.ReadAllText(Path.Combine(folder, $"gvproxy_{name}.log"));

    /// <summary>Names of the files that a machine has only while it runs.</summary>
    public string[] Files =>
    [
        .. Directory.GetFiles(folder).Select(file => Path.GetFileName(file))
            .Where(file => file.Contains(name, StringComparison.Ordinal) && Path.GetExtension(file) is ".pid" or ".sock")
            .Order(StringComparer.Ordinal),
    ];

    private bool HasNumber(string file) => new FileInfo(Path.Combine(folder, file)) is { Exists: true, Length: > 0 };
}
