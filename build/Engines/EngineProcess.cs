using Cake.Core.IO;
using Qcw.Build.Processes;

namespace Qcw.Build.Engines;

/// <summary>A process that has ended, as Cake's tools want to see it.</summary>
internal sealed class EngineProcess(ProcessResult result) : IProcess
{
    /// <inheritdoc/>
    public void WaitForExit()
    {
        // it has ended
    }

    /// <inheritdoc/>
    public bool WaitForExit(int milliseconds) => true;

    /// <inheritdoc/>
    public int GetExitCode() => result.ExitCode;

    /// <inheritdoc/>
    public IEnumerable<string> GetStandardError() => Lines(result.StandardError);

    /// <inheritdoc/>
    public IEnumerable<string> GetStandardOutput() => Lines(result.StandardOutput);

    /// <inheritdoc/>
    public void Kill()
    {
        // it has ended
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // it holds nothing
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
