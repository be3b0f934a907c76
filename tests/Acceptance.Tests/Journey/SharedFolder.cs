namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A folder of Windows that a machine shares, seen from both sides.</summary>
internal sealed class SharedFolder(WineSession windows, Machine machine)
{
    /// <summary>In Windows.</summary>
    public const string Source = @"C:\Temp\My Storage";

    /// <summary>In the guest.</summary>
    public const string Target = "/home/core/storage";

    /// <summary>The option of <c>podman machine init</c>.</summary>
    public static string Option => $"-v \"{Source}:{Target}\" ";

    /// <summary>This machine's path of a file in it.</summary>
    public string HostPath(string name) => Path.Combine(windows.HostPath(Source), name);

    /// <summary>Makes the folder.</summary>
    public void Create() => Directory.CreateDirectory(windows.HostPath(Source));

    /// <summary>Runs a shell command in a container that has the folder as <c>/s</c>.</summary>
    public WineResult InContainer(string image, string command) =>
        machine.Try($"podman run --rm -v {Target}:/s {image} /bin/busybox sh -c \"{command}\"");
}
