using Cake.Core;

namespace Cake.Docker;

/// <summary>Commands of the docker program. Arguments that hold spaces are quoted by the caller.</summary>
/// <exception cref="CakeException">There is no docker program, or it ended with an error.</exception>
public static class DockerAliases
{
    /// <summary>The containers an engine runs, as <c>docker ps</c> prints them.</summary>
    public static string DockerPs(this ICakeContext context, DockerContainerPsSettings? settings) =>
        string.Join('\n', Program(context).Read("ps", settings ?? new DockerContainerPsSettings()));

    /// <summary>Runs a command in a new container; what it prints is left where the process runner puts it.</summary>
    public static void DockerRunWithoutResult(
        this ICakeContext context,
        DockerContainerRunSettings? settings,
        string image,
        string command,
        params string[] args)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        ArgumentNullException.ThrowIfNull(args);
        Program(context)
            .Run("run", settings ?? new DockerContainerRunSettings(), string.IsNullOrEmpty(command) ? [image] : [image, command, .. args]);
    }

    /// <summary>Removes containers.</summary>
    public static void DockerRm(this ICakeContext context, DockerContainerRmSettings? settings, params string[] containers)
    {
        ArgumentNullException.ThrowIfNull(containers);
        Program(context).Run("rm", settings ?? new DockerContainerRmSettings(), containers);
    }

    /// <summary>Builds an image from the folder <paramref name="path"/>.</summary>
    public static void DockerBuild(this ICakeContext context, DockerImageBuildSettings? settings, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Program(context).Run("image build", settings ?? new DockerImageBuildSettings(), $"\"{path}\"");
    }

    /// <summary>Gets an image from a registry.</summary>
    public static void DockerPull(this ICakeContext context, DockerImagePullSettings? settings, string imageReference)
    {
        ArgumentException.ThrowIfNullOrEmpty(imageReference);
        Program(context).Run("pull", settings ?? new DockerImagePullSettings(), imageReference);
    }

    /// <summary>Any other command, given as one text; the result is what it prints, line by line.</summary>
    public static IEnumerable<string> DockerCustomCommand(this ICakeContext context, DockerCustomCommandSettings settings, string command)
    {
        ArgumentException.ThrowIfNullOrEmpty(command);
        return Program(context).Read(command, settings);
    }

    private static DockerProgram Program(ICakeContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new DockerProgram(context);
    }
}
