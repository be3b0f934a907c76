using System.Diagnostics;
using System.Runtime.Versioning;

namespace Qcw.Integration.Tests.Shims;

/// <summary>A repository with a copy of build.sh, and a PATH that holds a fake dotnet and only the tools build.sh may use.</summary>
internal sealed class ShimSandbox : IDisposable
{
    private static readonly string[] Tools =
    [
        "bash", "cat", "chmod", "cut", "dirname", "env", "find", "flock", "grep", "id", "ls", "mkdir", "mv", "paste", "rm", "sed",
        "sha256sum", "sleep", "sort", "sync", "tar", "touch", "tr", "xargs",
    ];

    // with a blank in its name
    private readonly TemporaryFolder folder = new("qcw shim ");

    public ShimSandbox()
    {
        Root = folder.Create("a repository");
        ToolFolder = folder.Create("tools");
        Directory.CreateDirectory(Path.Combine(Root, "build", "Tasks"));
        foreach (var file in (string[])["build/Build.csproj", "build/Program.cs", "build/Tasks/Default.cs", "global.json"])
        {
            File.WriteAllText(Path.Combine(Root, file), file);
        }

        File.Copy(Path.Combine(Repository.Root, "build.sh"), Path.Combine(Root, "build.sh"));
        folder.Write("a repository/build/Host/msbuild-environment.txt", MSBuildVariables);
        Home = folder.Create("home");
        foreach (var tool in Tools)
        {
            File.CreateSymbolicLink(Path.Combine(ToolFolder, tool), FindTool(tool));
        }

        // a copy: another user may not be let into this checkout
        File.Copy(Repository.Fixture("shims", "fake-dotnet.sh"), Path.Combine(ToolFolder, "dotnet"));
    }

    /// <summary>The list of what MSBuild gets, with the variables of the fake dotnet.</summary>
    public static string MSBuildVariables { get; } =
        File.ReadAllText(Path.Combine(Repository.Root, "build", "Host", "msbuild-environment.txt")) + "FAKE_*\n";

    public string Root { get; }

    public string Home { get; }

    public string ToolFolder { get; }

    public string Memory => Path.Combine(Root, "build", ".cake-addins");

    /// <summary>The names of the variables that each call of dotnet got, by its first argument.</summary>
    public ILookup<string, string[]> Environments => File.ReadAllLines(Log + ".environment")
        .Select(line => line.Split(':', 2)).ToLookup(parts => parts[0], parts => parts[1].Trim().Split(' '));

    private string Log => folder["log"];

    /// <summary>Whom build.sh runs as, where it is not the tests' own user: see <see cref="LetIn"/>.</summary>
    public string? User { get; set; }

    public IReadOnlyList<string> Calls => File.Exists(Log) ? File.ReadAllLines(Log) : [];

    /// <summary>The folders of the hosts that were built, and what killed runs left.</summary>
    public IReadOnlyList<string> Hosts =>
        Directory.Exists(HostSource("bin/hosts")) ? Directory.GetDirectories(HostSource("bin/hosts")) : [];

    public string HostSource(string name) => Path.Combine(Root, "build", name);

    /// <summary>Starts build.sh from a folder that is not the repository.</summary>
    public Process Start(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        string[] command = [Path.Combine(ToolFolder, "bash"), Path.Combine(Root, "build.sh"), .. arguments];
        if (User is not null)
        {
            command = [FindTool("setpriv"), "--reuid=" + User, "--regid=" + User, "--clear-groups", .. command];
        }

        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = ToolFolder;
        start.Environment["HOME"] = Home;
        start.Environment["FAKE_LOG"] = Log;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Runs build.sh to its end. <see cref="ShimResult.Calls"/> has only what this run asked for.</summary>
    public async Task<ShimResult> RunAsync(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var before = Calls.Count;
        using var process = Start(arguments, environment);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new ShimResult(process.ExitCode, await output, await error, [.. Calls.Skip(before)]);
    }

    /// <summary>Lets other users see everything, and write what is not of the repository.</summary>
    [SupportedOSPlatform("linux")]
    public void LetIn()
    {
        File.SetUnixFileMode(folder.Path, (UnixFileMode)0b111_111_111);
        File.SetUnixFileMode(Home, (UnixFileMode)0b111_111_111);
        foreach (string log in new[] { Log, Log + ".environment" })
        {
            File.AppendAllText(log, string.Empty);
            File.SetUnixFileMode(log, (UnixFileMode)0b110_110_110);
        }
    }

    public void Dispose() => folder.Dispose();

    private static string FindTool(string name) => Environment.GetEnvironmentVariable("PATH")!.Split(':')
        .Select(path => Path.Combine(path, name))
        .First(File.Exists);
}
