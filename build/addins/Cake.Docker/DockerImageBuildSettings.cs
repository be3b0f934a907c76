namespace Cake.Docker;

/// <summary>Options of <c>docker image build</c>.</summary>
public sealed class DockerImageBuildSettings : AutoToolSettings
{
    /// <summary><c>NAME=VALUE</c>, or <c>NAME</c> alone: its value is that of the environment.</summary>
    public string[] BuildArg { get; set; } = null!;

    /// <summary>Containers of the build are removed also where it fails.</summary>
    public bool? ForceRm { get; set; }

    /// <summary>The network that the build's commands are in.</summary>
    public string Network { get; set; } = null!;

    /// <summary>Names of the image.</summary>
    public string[] Tag { get; set; } = null!;
}
