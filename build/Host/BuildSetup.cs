using Qcw.Build.Compiling.Builders;

namespace Qcw.Build.Host;

/// <summary>What is known before Cake starts, checked: handed to the context through Cake's container.</summary>
/// <param name="Options">What the command line said.</param>
/// <param name="Paths">Where everything stands.</param>
/// <param name="Line">The versions, with the command line's one-offs.</param>
/// <param name="Graph">The graph of tasks.</param>
/// <param name="Tools">The tools of this machine.</param>
/// <param name="Builder">Where recipes run; null: no task runs one.</param>
/// <param name="Messages">What a person sees of the build.</param>
public sealed record BuildSetup(BuildOptions Options, Paths Paths, ReleaseLine Line, TaskGraph Graph, ToolFinder Tools, ChosenBuilder? Builder, BuildLog Messages);

/// <summary>Carries the exception that ended the run from Cake's teardown to the exit code; Cake itself only knows 1.</summary>
public sealed class Outcome
{
    /// <summary>Null where nothing failed.</summary>
    public Exception? Failure { get; set; }
}
