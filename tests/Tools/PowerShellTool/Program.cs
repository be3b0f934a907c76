using System.Management.Automation;
using System.Management.Automation.Runspaces;
using Qcw.Tools.PowerShellTool;

// Runs a PowerShell script with PowerShell's own engine, as `pwsh` would. usage:
//   PowerShellTool file SCRIPT [-Name [value]]...   as a file
//   PowerShellTool text SCRIPT [-Name [value]]...   as text that was downloaded: & ([scriptblock]::Create($text)) -Name value
//   PowerShellTool iex SCRIPT                       as iex runs it: in the caller's own scope, and then says what is left there
// What the script returns goes to standard output, its last error to standard error; exit code 99 stands for an error that was thrown.
using var host = new ConsoleHost();
using Runspace runspace = RunspaceFactory.CreateRunspace(host, InitialSessionState.CreateDefault2());
runspace.Open();
RootDrive.Ensure(runspace.SessionStateProxy);
using var shell = PowerShell.Create(runspace);
shell.Runspace.SessionStateProxy.Path.SetLocation(Environment.CurrentDirectory);
_ = args[0] switch
{
    "file" => shell.AddCommand(args[1]),
    "text" => shell.AddScript("$text = $args[0]; $named = $args[1]; & ([scriptblock]::Create($text)) @named")
        .AddArgument(await File.ReadAllTextAsync(args[1])).AddArgument(Arguments.Table(args[2..])),
    "iex" => shell.AddScript(await File.ReadAllTextAsync(args[1])),
    _ => throw new ArgumentException($"{args[0]}: file, text or iex is expected"),
};
if (args[0] == "file")
{
    shell.AddParameters(Arguments.Table(args[2..]));
}

try
{
    foreach (PSObject result in shell.Invoke())
    {
        await Console.Out.WriteLineAsync(result.ToString());
    }
}
catch (RuntimeException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 99;
}

if (args[0] == "iex")
{
    await Console.Out.WriteLineAsync(
        $"left behind: {string.Join(' ', runspace.SessionStateProxy.InvokeCommand.GetCommands("*-*", CommandTypes.Function, true).Select(command => command.Name).Where(name => name != "Clear-Host"))}"
        + $"; ErrorActionPreference {runspace.SessionStateProxy.GetVariable("ErrorActionPreference")}");
}

return host.ExitCode ?? (runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? 0);
