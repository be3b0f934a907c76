using Qcw.Build.Compiling.Go;

namespace Qcw.Build.Components;

/// <summary>How gocat is compiled.</summary>
internal static class GocatBuild
{
    /// <summary>gocat.exe.</summary>
    public static GoBuild For(ReleaseLine line) => new(
        line.Component("gocat"), "gocat", "SumUp Ltd.", [new GoProgram("gocat", "./", "Relays between TCP ports and Unix sockets")]);
}
