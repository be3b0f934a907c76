using Cake.Core;

namespace Cake.Docker;

/// <summary>Commands of the docker program.</summary>
public static class DockerAliases
{
    /// <summary>The containers an engine runs, as <c>docker ps</c> prints them.</summary>
    /// <exception cref="CakeException">There is no docker program, or no engine answers it.</exception>
    public static string DockerPs(this ICakeContext context, DockerContainerPsSettings? settings)
    {
        ArgumentNullException.ThrowIfNull(context);
        var program = new DockerProgram(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools);
        return program.List(settings ?? new DockerContainerPsSettings());
    }
}
