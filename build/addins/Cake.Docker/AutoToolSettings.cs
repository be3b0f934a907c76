using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Base of the settings of docker's commands. A setting that is left alone adds nothing to the command line.</summary>
public abstract class AutoToolSettings : ToolSettings;
