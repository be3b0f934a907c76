using System.Text.Json;
using Qcw.Build.Components;

namespace Qcw.Integration.Tests.Utils;

/// <summary>qcw-utils.ps1 as a release has it, in a folder of its own, run by PowerShell.</summary>
internal sealed class UtilsScript
{
    // the exit code for an error that reached the session; the script's own would be 1
    private const int Thrown = 99;

    private readonly string file;
    private readonly PreparedMachine? machine;

    /// <summary>Writes it.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="stamp">The release it belongs to.</param>
    /// <param name="machine">The machine that it looks at; null: this one.</param>
    public UtilsScript(TemporaryFolder folder, UtilsStamp stamp, PreparedMachine? machine = null)
    {
        this.machine = machine;
        file = folder["script/qcw-utils.ps1"];
        WorkingDirectory = Directory.CreateDirectory(folder["work"]).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, UtilsScriptText.Assemble(machine?.Parts() ?? Parts, stamp));
    }

    /// <summary>The folder of the parts that it is put together from.</summary>
    public static string Parts { get; } = Path.Combine(Repository.Root, "build", "Components", "Utils", "script");

    /// <summary>The folder it is started in.</summary>
    public string WorkingDirectory { get; }

    /// <summary>
    /// How it is started: as a <c>file</c>, as downloaded <c>text</c> that is made a script block, or with <c>iex</c>, after which
    /// the functions that were left in the session are printed.
    /// </summary>
    public string Mode { get; init; } = "file";

    /// <summary>The script with a stamp.</summary>
    public static string Text(UtilsStamp stamp) => UtilsScriptText.Assemble(Parts, stamp);

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code (99: it threw), and both streams.</returns>
    public (int ExitCode, string Output) Run(params string[] arguments) => RunFile(file, arguments);

    /// <summary>Runs another copy of it.</summary>
    public (int ExitCode, string Output) RunFile(string script, params string[] arguments) => Start(script, string.Empty, arguments);

    /// <summary>Runs it and answers its question.</summary>
    public (int ExitCode, string Output) Answer(string answer, params string[] arguments) => Start(file, answer, arguments);

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
        Assert.That(code, Is.EqualTo(Mode == "file" ? 1 : Thrown), output);
        return output;
    }

    /// <summary>Runs <c>-Doctor -Json</c>.</summary>
    public (int ExitCode, JsonElement[] Findings) Diagnose()
    {
        (int code, string output) = Run("-Doctor", "-Json");
        return (code, [.. JsonDocument.Parse(output).RootElement.GetProperty("findings").EnumerateArray()]);
    }

    private (int ExitCode, string Output) Start(string script, string typed, string[] arguments)
    {
        string text = $"[IO.File]::ReadAllText({Quoted(script)})";
        string[] commandLine = Mode switch
        {
            "file" => ["-File", script, .. arguments],
            "text" => ["-Command", Catching($"& ([scriptblock]::Create({text})) {string.Join(' ', arguments.Select(Quoted))}")],
            "iex" =>
            [
                "-Command",
                "$before = (Get-ChildItem Function:).Name; " + Catching($"Invoke-Expression ({text})")
                + "; \"left behind: $((Get-ChildItem Function:).Name | Where-Object { $_ -notin $before }); $ErrorActionPreference\"",
            ],
            _ => throw new InvalidOperationException($"{Mode}: file, text or iex is expected"),
        };
        machine?.WriteAnswers();
        ProcessResult result = Pwsh.Run(WorkingDirectory, commandLine, typed, machine?.Environment);
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    private static string Catching(string command) =>
        $"try {{ {command} }} catch {{ [Console]::Error.WriteLine($_.Exception.Message); exit {Thrown} }}";

    private static string Quoted(string argument) =>
        argument.StartsWith('-') ? argument : $"'{argument.Replace("'", "''", StringComparison.Ordinal)}'";
}
