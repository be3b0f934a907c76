using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Finds and runs the docker program.</summary>
internal sealed class DockerProgram(IFileSystem fileSystem, ICakeEnvironment environment, IProcessRunner processRunner, IToolLocator tools)
    : Tool<AutoToolSettings>(fileSystem, environment, processRunner, tools)
{
    private readonly bool isUnix = environment.Platform.IsUnix();

    public string List(DockerContainerPsSettings settings)
    {
        var arguments = new ProcessArgumentBuilder().Append("ps");
        if (settings.All == true)
        {
            arguments.Append("--all");
        }

        if (settings.Quiet == true)
        {
            arguments.Append("--quiet");
        }

        var output = string.Empty;
        Run(
            settings,
            arguments,
            new ProcessSettings { RedirectStandardOutput = true },
            process => output = string.Join('\n', process.GetStandardOutput()));
        return output;
    }

    protected override string GetToolName() => "Docker";

    /// <summary>In WSL both are on the path; the one of the system asking comes first.</summary>
    protected override IEnumerable<string> GetToolExecutableNames() =>
        isUnix ? ["docker", "docker.exe"] : ["docker.exe", "docker"];
}
