namespace Qcw.Integration.Tests.Utils;

/// <summary>
/// Windows PowerShell 5.1 is on every Windows, and on no machine that tests this: what it does not understand is found in the syntax
/// tree, by SyntaxGuard.ps1.
/// </summary>
internal static class SyntaxGuard
{
    /// <summary>What is found in the scripts of a folder, a line each.</summary>
    public static string[] Problems(string folder, params string[] options)
    {
        string guard = Path.Combine(Repository.Root, "tests", "Integration.Tests", "Utils", "SyntaxGuard.ps1");
        ProcessResult result = Pwsh.Run(folder, ["-File", guard, folder, .. options]);
        Assert.That(result.ExitCode, Is.Zero, result.StandardError);
        return result.StandardOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
