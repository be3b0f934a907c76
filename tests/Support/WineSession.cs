using System.Globalization;
using System.Text;

namespace Qcw.Tests.Support;

/// <summary>A Windows of its own under Wine: drive C:, registry, processes. Everything ends and is deleted with it.</summary>
public sealed class WineSession : IDisposable
{
    private readonly TemporaryFolder folder = new("qcw-wine-");
    private int scripts;

    /// <summary>Makes the session; the first one of a test run makes the template.</summary>
    public WineSession()
    {
        WineTemplate.CopyTo(Prefix);
        Registry = new WineRegistry(this);
        Wine.KeepServer(Prefix);
    }

    /// <summary>The registry.</summary>
    public WineRegistry Registry { get; }

    /// <summary>Where drive C: is on this machine.</summary>
    public string DriveC => Path.Combine(Prefix, "drive_c");

    /// <summary>Where this Windows is on this machine.</summary>
    public string Prefix => folder["prefix"];

    /// <summary>Variables of this machine's environment for all programs, Wine's own among them; a null value removes one.</summary>
    public Dictionary<string, string?> Variables { get; } = [];

    /// <summary>This machine's path of a file on drive C:. Letter cases must be the right ones.</summary>
    public string HostPath(string windowsPath) =>
        windowsPath.StartsWith(@"C:\", StringComparison.OrdinalIgnoreCase)
            ? Path.Combine(DriveC, windowsPath[3..].Replace('\\', '/'))
            : throw new ArgumentException($"{windowsPath} is not on drive C:", nameof(windowsPath));

    /// <summary>Copies a file of this machine onto drive C:.</summary>
    /// <returns>Its Windows path.</returns>
    public string CopyIn(string hostFile, string windowsPath)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(HostPath(windowsPath))!);
        File.Copy(hostFile, HostPath(windowsPath), overwrite: true);
        return windowsPath;
    }

    /// <summary>
    /// Runs a program to its end, through a batch file: only there arguments arrive exactly as they are written, and only there
    /// the whole exit code can be read (a Unix process keeps the lowest 8 bits).
    /// </summary>
    /// <param name="program">A Windows path, or a name that Windows finds.</param>
    /// <param name="arguments">As one would type them in a command prompt.</param>
    /// <param name="limit">How long it may take; default: two minutes.</param>
    public WineResult Run(string program, string arguments = "", TimeSpan? limit = null)
    {
        // the code goes into a file: what else runs in this Windows writes into the same output
        string name = $@"C:\qcw-run-{scripts + 1}.code";
        string script = WriteScript(
            $"\"{program}\" {arguments}", out Dictionary<string, string?> variables, $">{name} echo %errorlevel%\r\n");
        string output = Wine.Run(Prefix, DriveC, variables, limit ?? Wine.Longest, "cmd", "/c", script)
            .Replace("\r\n", "\n", StringComparison.Ordinal);
        return File.Exists(HostPath(name))
            ? new WineResult(int.Parse(File.ReadAllText(HostPath(name)), CultureInfo.InvariantCulture), output)
            : throw new AssertionException($"{program} {arguments} under Wine left no exit code:\n{output}");
    }

    /// <summary>Runs a program that must succeed.</summary>
    public string RunOk(string program, string arguments = "")
    {
        WineResult result = Run(program, arguments);
        Assert.That(result.ExitCode, Is.Zero, $"{program} {arguments}\n{result.Output}");
        return result.Output;
    }

    /// <summary>Starts a program and does not wait for it. It ends with the session at the latest.</summary>
    public void Start(string program, string arguments = "")
    {
        string script = WriteScript($"start \"\" /b \"{program}\" {arguments}", out Dictionary<string, string?> variables);
        Wine.Run(Prefix, DriveC, variables, Wine.Longest, "cmd", "/c", script);
    }

    /// <summary>
    /// Runs an NSIS uninstaller and waits for its end. It copies itself to a temporary folder and runs on from there after the call
    /// has returned; what it does last is to delete itself. Its exit code is lost on the way.
    /// </summary>
    public void Uninstall(string uninstaller)
    {
        RunOk(uninstaller, "/S");
        Wait.Until(() => !File.Exists(HostPath(uninstaller)), $"{uninstaller} has removed itself");
    }

    public void Dispose()
    {
        Wine.StopServer(Prefix, kill: true);
        folder.Dispose();
    }

    /// <summary>cmd reads batch files in a code page, so a command with other letters comes to it as a variable.</summary>
    private string WriteScript(string command, out Dictionary<string, string?> variables, string last = "")
    {
        variables = new(Variables);
        if (!Ascii.IsValid(command))
        {
            variables["COMMAND_WITH_LETTERS"] = command;
            command = "%COMMAND_WITH_LETTERS%";
        }

        string script = $@"C:\qcw-run-{++scripts}.bat";
        File.WriteAllText(HostPath(script), $"@echo off\r\n{command}\r\n{last}", Encoding.ASCII);
        return script;
    }
}

/// <summary>How a Windows program ended.</summary>
/// <param name="ExitCode">The Windows exit code, all 32 bits.</param>
/// <param name="Output">What it printed, both streams, lines ended by LF.</param>
public sealed record WineResult(int ExitCode, string Output);
