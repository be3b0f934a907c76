using Cake.Core;
using Cake.Core.IO;
using Cake.Core.Tooling;

namespace Cake.Docker;

/// <summary>Finds and runs the docker program.</summary>
internal sealed class DockerProgram(ICakeContext context)
    : Tool<AutoToolSettings>(context.FileSystem, context.Environment, context.ProcessRunner, context.Tools)
{
    private readonly bool isUnix = context.Environment.Platform.IsUnix();

    /// <summary>Runs a command to its end.</summary>
    public void Run(string command, AutoToolSettings settings, params IEnumerable<string> arguments) =>
        Run(settings, Line(command, settings, arguments));

    /// <summary>Runs a command and returns the lines it prints.</summary>
    public string[] Read(string command, AutoToolSettings settings, params IEnumerable<string> arguments)
    {
        string[] output = [];
        Run(
            settings,
            Line(command, settings, arguments),
            new ProcessSettings { RedirectStandardOutput = true },
            process => output = [.. process.GetStandardOutput()]);
        return output;
    }

    protected override string GetToolName() => "Docker";

    /// <summary>In WSL both are on the path; the one of the system asking comes first.</summary>
    protected override IEnumerable<string> GetToolExecutableNames() =>
        isUnix ? ["docker", "docker.exe"] : ["docker.exe", "docker"];

    private static ProcessArgumentBuilder Line(string command, AutoToolSettings settings, IEnumerable<string> arguments)
    {
        var line = new ProcessArgumentBuilder().Append(command);
        SettingsArguments.AppendTo(line, settings);
        foreach (string argument in arguments)
        {
            line.Append(argument);
        }

        return line;
    }
}
