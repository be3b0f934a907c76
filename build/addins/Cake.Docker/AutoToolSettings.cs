using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Base of the settings of docker's commands. A setting that is left alone adds nothing to the command line.</summary>
/// <remarks>
/// As in the package, a text or a list is null until it is set and its type says that it never is. So nobody can set one to null, and the
/// compiler refuses here what it would refuse there.
/// </remarks>
public abstract class AutoToolSettings : ToolSettings
{
    private protected AutoToolSettings()
    {
    }
}
