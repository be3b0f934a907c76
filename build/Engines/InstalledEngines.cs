using Qcw.Build.Compiling.Container;
using Qcw.Build.Processes;
using Qcw.Build.Tools;

namespace Qcw.Build.Engines;

/// <summary>The container engines of this machine.</summary>
public static class InstalledEngines
{
    /// <summary>Chooses among them.</summary>
    public static EngineChoice Of(ToolFinder tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        return new EngineChoice(name => tools.Find(ToolCatalog.Find(name)).Path is { } path ? new CakeEngine(name, path, ProcessRunner.Run) : null);
    }
}
