namespace Cake.Docker;

/// <summary>Options of a command that is given as text: it has none of its own.</summary>
public sealed class DockerCustomCommandSettings : AutoToolSettings;
