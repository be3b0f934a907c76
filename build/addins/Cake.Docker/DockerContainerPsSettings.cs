namespace Cake.Docker;

/// <summary>Options of <c>docker ps</c>.</summary>
public sealed class DockerContainerPsSettings : AutoToolSettings
{
    /// <summary>Also the containers that do not run.</summary>
    public bool? All { get; set; }

    /// <summary>Only those that fit: <c>label=NAME</c>.</summary>
    public string Filter { get; set; } = null!;

    /// <summary>Only the ids.</summary>
    public bool? Quiet { get; set; }
}
