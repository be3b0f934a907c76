using System.Text.RegularExpressions;

namespace Qcw.Acceptance.Tests.Journey;

/// <summary>A Podman machine of one Windows, driven as a person does: by commands in a prompt.</summary>
/// <param name="windows">Where it is.</param>
/// <param name="steps">Takes the times.</param>
/// <param name="transcript">What was typed and what was printed goes there: the documentation quotes it.</param>
/// <param name="name">What Podman calls it.</param>
internal sealed partial class Machine(JourneyWindows windows, Steps steps, string transcript, string name = Machine.DefaultName)
{
    /// <summary>What Podman calls a machine that nobody has named.</summary>
    public const string DefaultName = "podman-machine-default";

    /// <summary>The program that is the machine, without <c>.exe</c>.</summary>
    public const string Qemu = "qemu-system-x86_64w";

    /// <summary>The program that is its network, without <c>.exe</c>.</summary>
    public const string Gvproxy = "gvproxy";

    /// <summary>The QEMUs that run; never more than one may have the disk.</summary>
    public IReadOnlyList<HostedProcess> Emulators => MachineProcesses.Find(windows.Session.Prefix, Qemu);

    /// <summary>The gvproxies that run.</summary>
    public IReadOnlyList<HostedProcess> Proxies => MachineProcesses.Find(windows.Session.Prefix, Gvproxy);

    /// <summary>Where the current folder is, for the commands that follow.</summary>
    public string Folder { get; set; } = @"C:\";

    private string NameArgument => name == DefaultName ? string.Empty : " " + name;

    /// <summary><c>podman machine init</c> with an image of this machine.</summary>
    /// <param name="image">Its Windows path.</param>
    /// <param name="more">More options.</param>
    public string Init(string image, string more = "") =>
        Do($"podman machine init {PodmanUnderTest.ImageOptions(image)} --disk-size 10 {more}{NameArgument}");

    public string Start() => Do("podman machine start" + NameArgument);

    public string Stop() => Do("podman machine stop" + NameArgument);

    public string Remove() => Do("podman machine rm -f" + NameArgument);

    /// <summary>Runs a command in the guest.</summary>
    public string Ssh(string command) => Do($"podman machine ssh{NameArgument} \"{command}\"");

    /// <summary>Runs a shell command in a container that has a folder as <c>/s</c>.</summary>
    public WineResult InContainer(string image, string folder, string command) =>
        Try($"podman run --rm -v \"{folder}:/s\" {image} /bin/busybox sh -c \"{command}\"");

    /// <summary>Runs a command that must succeed.</summary>
    public string Do(string command)
    {
        WineResult result = Try(command);
        Assert.That(result.ExitCode, Is.Zero, $"{command}\n{result.Output}");
        return result.Output;
    }

    /// <summary>Runs a command, whatever comes of it.</summary>
    public WineResult Try(string command)
    {
        WineResult result = steps.Run(command.Length > 44 ? command[..43] + "…" : command, () => windows.Prompt(command, Folder));
        result = result with { Output = WmiNoise().Replace(result.Output, string.Empty) };
        File.AppendAllText(transcript, $"{Folder}> {command}\n{result.Output}({result.ExitCode})\n\n");
        return result;
    }

    // Wine's own
    [GeneratedRegex("^time=\\S+ level=error msg=\"Could not initialize Wbem.*\n", RegexOptions.Multiline)]
    private static partial Regex WmiNoise();
}
