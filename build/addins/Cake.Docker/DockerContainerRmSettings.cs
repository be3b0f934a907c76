namespace Cake.Docker;

/// <summary>Options of <c>docker rm</c>.</summary>
public sealed class DockerContainerRmSettings : AutoToolSettings
{
    /// <summary>Also containers that run.</summary>
    public bool? Force { get; set; }

    /// <summary>Also the anonymous volumes of the containers.</summary>
    public bool? Volumes { get; set; }
}
