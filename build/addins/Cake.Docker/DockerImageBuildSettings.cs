namespace Cake.Docker;

/// <summary>Options of <c>docker image build</c>.</summary>
public sealed class DockerImageBuildSettings : AutoToolSettings
{
    /// <summary><c>NAME=VALUE</c>, or <c>NAME</c> alone: its value is that of the environment.</summary>
    public string[]? BuildArg { get; set; }

    /// <summary>The recipe's path; default: <c>Dockerfile</c> in the folder.</summary>
    public string? File { get; set; }

    /// <summary><c>NAME=VALUE</c>.</summary>
    public string[]? Label { get; set; }

    /// <summary>Names of the image.</summary>
    public string[]? Tag { get; set; }
}
