using Qcw.Integration.Tests.Utils;

namespace Qcw.Integration.Tests.WindowsJourney;

/// <summary>journey.ps1, run by PowerShell 7 with Wine in the place of Windows, or of nothing.</summary>
internal static class JourneyScript
{
    /// <summary>The script.</summary>
    public static string File { get; } = Path.Combine(Repository.Root, "tests", "Acceptance.Windows", "journey.ps1");

    /// <summary>Runs it to its end.</summary>
    /// <param name="folder">Where it is started.</param>
    /// <param name="runner">What runs Windows' programs; null: it is not told.</param>
    /// <param name="variables">More of the environment.</param>
    /// <param name="arguments">What it is told.</param>
    /// <returns>The exit code, and both streams.</returns>
    public static (int ExitCode, string Output) Run(
        string folder, string? runner, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>(variables) { ["QCW_JOURNEY_RUNNER"] = runner };
        ProcessResult result = Pwsh.Run(folder, ["-File", File, .. arguments], environment: environment, limit: TimeSpan.FromMinutes(8));
        return (result.ExitCode, result.StandardOutput + result.StandardError);
    }

    /// <summary>What Windows PowerShell 5.1 does not understand in it.</summary>
    public static string[] SyntaxProblems() => SyntaxGuard.Problems(Path.GetDirectoryName(File)!, "-MayCall", "utilsScript");
}
