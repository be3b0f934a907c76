namespace Qcw.Acceptance.Tests.Journey;

/// <summary>Folders of Windows that a machine shares, seen from both sides.</summary>
internal sealed class SharedFolder(WineSession windows, Machine machine)
{
    /// <summary>Where a folder that the machine only reads is in it.</summary>
    public const string ReadOnlyTarget = "/mnt/read only";

    private const string ReadOnlySource = @"C:\Temp\Only read";
    private const string TargetOf4 = "/home/core/storage";

    /// <summary>The options of <c>podman machine init</c>.</summary>
    public static string Options =>
        $"-v \"{Source}{(PodmanUnderTest.SharesFolderOfUser ? string.Empty : $":{TargetOf4}")}\" "
        + $"-v \"{ReadOnlySource}:{ReadOnlyTarget}:ro\" ";

    /// <summary>In Windows. Podman 4 hands a comma on to QEMU as the end of the path.</summary>
    private static string Source => PodmanUnderTest.SharesFolderOfUser ? @"C:\Temp\My Storage, and more" : @"C:\Temp\My Storage";

    /// <summary>This machine's path of a file in it.</summary>
    public string HostPath(string name) => Path.Combine(windows.HostPath(Source), name);

    /// <summary>This machine's path of a file in the one that is only read.</summary>
    public string ReadOnlyHostPath(string name) => Path.Combine(windows.HostPath(ReadOnlySource), name);

    /// <summary>Makes the folders.</summary>
    public void Create()
    {
        Directory.CreateDirectory(windows.HostPath(Source));
        Directory.CreateDirectory(windows.HostPath(ReadOnlySource));
    }

    /// <summary>Runs a shell command in a container that has the folder as <c>/s</c>. Podman 4 wants the machine's path of it.</summary>
    public WineResult InContainer(string image, string command) =>
        machine.InContainer(image, PodmanUnderTest.SharesFolderOfUser ? Source : TargetOf4, command);
}
