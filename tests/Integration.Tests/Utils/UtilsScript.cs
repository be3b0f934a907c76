using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>qcw-utils.ps1 as a release has it, in a folder of its own, run by PowerShell's engine (tests/Tools/PowerShellTool).</summary>
internal sealed class UtilsScript
{
    private readonly string file;

    /// <summary>Writes it.</summary>
    public UtilsScript(TemporaryFolder folder, UtilsStamp stamp)
    {
        file = folder["script/qcw-utils.ps1"];
        WorkingDirectory = Directory.CreateDirectory(folder["work"]).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, Text(stamp));
    }

    /// <summary>The folder it is started in.</summary>
    public string WorkingDirectory { get; }

    /// <summary>How it is started: <c>file</c>, <c>text</c> or <c>iex</c>.</summary>
    public string Mode { get; init; } = "file";

    /// <summary>The script with a stamp.</summary>
    public static string Text(UtilsStamp stamp) => UtilsScriptText.Assemble(Path.Combine(Repository.Root, "build", "Components", "Utils", "script"), stamp);

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code (99: it threw), and both streams.</returns>
    public (int ExitCode, string Output) Run(params string[] arguments) => RunFile(file, arguments);

    /// <summary>Runs another copy of it.</summary>
    public (int ExitCode, string Output) RunFile(string script, params string[] arguments) => Start(script, string.Empty, arguments);

    /// <summary>Runs it and answers its question.</summary>
    public (int ExitCode, string Output) Answer(string answer, params string[] arguments) => Start(file, answer, arguments);

    private (int ExitCode, string Output) Start(string script, string typed, string[] arguments)
    {
        ProcessResult result = ProcessRunner.Run(new ProcessRequest(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, "PowerShellTool.dll"), Mode, script, .. arguments])
        {
            WorkingDirectory = WorkingDirectory,
            StandardInput = typed,
            AllowFailure = true,
            Timeout = TimeSpan.FromMinutes(1),
        });
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    /// <summary>Runs it to an end that must be good.</summary>
    public string RunOk(params string[] arguments)
    {
        (int code, string output) = Run(arguments);
        Assert.That(code, Is.Zero, output);
        return output;
    }

    /// <summary>Runs it to an end that must be bad.</summary>
    public string RunFailing(params string[] arguments)
    {
        (int code, string output) = Run(arguments);
        Assert.That(code, Is.EqualTo(Mode == "file" ? 1 : 99), output);
        return output;
    }
}
