using Cake.Core.IO;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>
/// Runs what Cake.Docker composes as everything else is run: with a log, line by line, and ended when the host is. Cake's own runner knows
/// none of that.
/// </summary>
/// <param name="template">Everything but program, arguments and environment.</param>
/// <param name="run">Runs it.</param>
internal sealed class EngineProcessRunner(ProcessRequest template, Func<ProcessRequest, ProcessResult> run) : IProcessRunner
{
    /// <summary>What the last program left.</summary>
    public ProcessResult Result { get; private set; } = new(0, string.Empty, string.Empty);

    public IProcess Start(FilePath filePath, ProcessSettings settings)
    {
        Result = run(
            template with
            {
                Program = filePath.FullPath,
                Patience = Timeout.InfiniteTimeSpan, // the work is the engine's server's, which is no child of this program
                Arguments = ArgumentText.Split(settings.Arguments.Render()),
                Environment = (settings.EnvironmentVariables ?? new Dictionary<string, string>()).ToDictionary(
                    pair => pair.Key,
                    string? (pair) => pair.Value),
            });
        return new EngineProcess(Result);
    }
}
