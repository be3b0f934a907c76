using System.Reflection;

namespace Qcw.Tests.Support;

/// <summary>PowerShell 7, of the version that PowerShell.props pins.</summary>
public static class Pwsh
{
    private static readonly string Program = typeof(Pwsh).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "PowerShell").Value!;

    /// <summary>Runs it to its end, whatever that is, with no settings but those of <c>profile.ps1</c>.</summary>
    /// <param name="workingDirectory">The folder it is started in.</param>
    /// <param name="arguments">As <c>pwsh</c> takes them: <c>-File SCRIPT …</c> or <c>-Command TEXT</c>.</param>
    /// <param name="typed">What it reads from standard input.</param>
    /// <param name="environment">Variables to set; a null value removes one.</param>
    /// <param name="limit">How long it may take; default: a minute.</param>
    public static ProcessResult Run(
        string workingDirectory, IEnumerable<string> arguments, string typed = "",
        IReadOnlyDictionary<string, string?>? environment = null, TimeSpan? limit = null)
    {
        var variables = new Dictionary<string, string?>(environment ?? new Dictionary<string, string?>())
        {
            ["XDG_CONFIG_HOME"] = Path.Combine(AppContext.BaseDirectory, "PowerShell"),
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["POWERSHELL_UPDATECHECK"] = "Off",
            ["NO_COLOR"] = "1",
        };
        return ProcessRunner.Run(new ProcessRequest("dotnet", [Program, .. arguments])
        {
            WorkingDirectory = workingDirectory,
            Environment = variables,
            StandardInput = typed,
            AllowFailure = true,
            Timeout = limit ?? TimeSpan.FromMinutes(1),
        });
    }
}
