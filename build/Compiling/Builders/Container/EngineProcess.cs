using Cake.Core.IO;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>A process that has ended, as Cake's tools want to see it.</summary>
internal sealed class EngineProcess(ProcessResult result) : IProcess
{
    public void WaitForExit()
    {
        // it has ended
    }

    public bool WaitForExit(int milliseconds) => true;

    public int GetExitCode() => result.ExitCode;

    public IEnumerable<string> GetStandardError() => Lines(result.StandardError);

    public IEnumerable<string> GetStandardOutput() => Lines(result.StandardOutput);

    public void Kill()
    {
        // it has ended
    }

    public void Dispose()
    {
        // it holds nothing
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
