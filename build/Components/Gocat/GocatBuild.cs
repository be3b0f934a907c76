using Qcw.Build.Compiling.Go;
using Qcw.Build.Model;

namespace Qcw.Build.Components.Gocat;

/// <summary>How gocat is compiled.</summary>
internal static class GocatBuild
{
    /// <summary>gocat.exe.</summary>
    public static GoBuild For(Line line) => new(
        line.Component("gocat"), "gocat", "SumUp Ltd.", [new GoProgram("gocat", "./", "Relays between TCP ports and Unix sockets")]);
}
