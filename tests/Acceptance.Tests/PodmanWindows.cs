using System.Text.RegularExpressions;
using Qcw.Build.Packaging;
using Qcw.Build.Packaging.Msi;

namespace Qcw.Acceptance.Tests;

/// <summary>A Windows with the MSIs of a release on it, and what a person looks at.</summary>
internal sealed partial class PodmanWindows : IDisposable
{
    public const string Folder = @"C:\Program Files\qcw-podman";
    public const string MachineEnvironment = @"HKEY_LOCAL_MACHINE\System\CurrentControlSet\Control\Session Manager\Environment";
    public const string UserEnvironment = @"HKEY_CURRENT_USER\Environment";

    public WineSession Session { get; } = AsPodmanWants(new());

    public static string Home => @"C:\users\" + Environment.UserName;

    // from Podman 5 on the edition for all users writes among the machine's settings
    private static string[] ConfigurationFiles =>
        [.. ((string[])[Home + @"\AppData\Roaming", @"C:\ProgramData"]).Select(folder =>
            folder + @"\containers\containers.conf.d\99-qcw-machine-provider.conf")];

    /// <summary>The release's MSI.</summary>
    public static string MsiOf(MsiEdition edition) =>
        ReleaseUnderTest.File(edition == MsiEdition.PerUser ? "podman-*-user.msi" : $"podman-*-windows-{Architecture.X64}.msi");

    /// <summary>What Podman reads about its machines, or null; without where it is told to look for QEMU.</summary>
    public string? Configuration => ConfigurationFiles.Select(Session.HostPath).SingleOrDefault(File.Exists) is { } file
        ? File.ReadAllText(file).ReplaceLineEndings("\n").Split("[engine]")[0].TrimEnd() + '\n'
        : null;

    /// <summary>Runs msiexec without a window.</summary>
    public int Msiexec(string arguments) => Session.Run("msiexec", arguments + " /qn").ExitCode;

    /// <summary>Runs a command line in a new command prompt, as after signing in; without what Wine lacks to tell (WMI).</summary>
    public (int ExitCode, string Output) Prompt(string command)
    {
        WineResult result = Session.Run("cmd", $"/s /c \"{command}\"");
        return (result.ExitCode, WmiNoise().Replace(result.Output, string.Empty));
    }

    /// <summary>The same, for what must succeed.</summary>
    public string PromptOk(string command)
    {
        (int code, string output) = Prompt(command);
        Assert.That(code, Is.Zero, $"{command}\n{output}");
        return output;
    }

    /// <summary>Names of what is under Apps &amp; Features for all users and for this one, with versions.</summary>
    public string[] AppsAndFeatures()
    {
        string output = Session
            .Run(
                "cmd",
                @"/c reg query HKLM\Software\Microsoft\Windows\CurrentVersion\Uninstall /s"
                    + @" & reg query HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall /s")
            .Output;
        return
        [
            .. DisplayName()
                .Matches(output)
                .Select(match => match.Groups[1].Value.Trim())
                .Where(name => name.Contains("Podman", StringComparison.Ordinal)),
        ];
    }

    /// <summary>The files below a folder, with <c>/</c>, sorted; empty where there is none.</summary>
    public string[] FilesIn(string folder)
    {
        string host = Session.HostPath(folder);
        return Directory.Exists(host)
            ?
            [
                .. Directory
                    .EnumerateFiles(host, "*", SearchOption.AllDirectories)
                    .Select(file => Path.GetRelativePath(host, file))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }

    public void Dispose() => Session.Dispose();

    // Podman 6 wants Windows 11, which Wine 8 has not: the MSI reads this value
    private static WineSession AsPodmanWants(WineSession windows)
    {
        if (PodmanUnderTest.Major >= 6)
        {
            windows.Registry.Write(
                @"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows NT\CurrentVersion", "CurrentBuildNumber",
                RegistryValue.FromText(RegistryValue.Text, $"{OldestWindows.Eleven.Build}"));
        }

        return windows;
    }

    [GeneratedRegex("^time=\\S+ level=error msg=\"Could not initialize Wbem.*\n", RegexOptions.Multiline)]
    private static partial Regex WmiNoise();

    [GeneratedRegex(@"DisplayName\s+REG_SZ\s+(.+)")]
    private static partial Regex DisplayName();
}
