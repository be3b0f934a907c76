using System.Text.Json;
using Cake.Docker;
using Qcw.Build.Compiling.Builders.Msys2;

namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>Docker, or Podman, which takes the same commands: Cake.Docker composes them.</summary>
/// <param name="name"><c>docker</c> or <c>podman</c>.</param>
/// <param name="program">Its full path.</param>
/// <param name="run">Runs a program.</param>
public sealed class CakeEngine(string name, string program, Func<ProcessRequest, ProcessResult> run) : IContainerEngine
{
    // an engine that hangs must not hang the build
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly string[] Proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];

    // an engine's own errors; a program in a container that ends so too is not told apart
    private const int EngineFailed = 125;

    public string Name => name;

    private bool IsPodman => name == "podman";

    public EngineState Ask()
    {
        try
        {
            return EngineState.Works(
                Read(IsPodman ? "info --format {{.Host.OS}}" : "version --format {{.Server.Os}}").StandardOutput.Trim());
        }
        catch (ProcessFailedException e)
        {
            return EngineState.Fails(EngineFailures.Connection(name, e.Message) ?? $"{name} does not work: {e.Message}");
        }
    }

    public ImageFacts? FindImage(string reference)
    {
        ProcessResult result = Read(
            "image inspect --format \"{{.Id}} {{json .RootFS.Layers}}\" " + ArgumentText.Quote(reference), allowFailure: true);
        if (result.ExitCode != 0)
        {
            return EngineFailures.Connection(name, result.StandardError) is { } problem ? throw new BuildException(problem) : null;
        }

        string[] parts = result.StandardOutput.Trim().Split(' ', 2);
        return new ImageFacts(parts[0].Replace("sha256:", string.Empty, StringComparison.Ordinal), string.Join(' ', Layers()));

        string[] Layers()
        {
            try
            {
                return JsonSerializer.Deserialize<string[]>(parts[^1]) ?? [];
            }
            catch (JsonException e)
            {
                throw new BuildException(
                    $"{name} does not list the layers of the image {reference}; it printed: {result.StandardOutput}", e);
            }
        }
    }

    public void Pull(string reference, Action<string> onLine) => Try($"fetch {reference}", () =>
        Context(new ProcessRequest(program) { OnLine = onLine }).DockerPull(With(new DockerImagePullSettings()), reference));

    public void Import(string archive, string image) => Try($"import {archive}", () =>
        Command($"import {ArgumentText.Quote(archive)} {image}"));

    public void Build(ImageBuild build, Action<string> onLine)
    {
        DockerImageBuildSettings settings = With(new DockerImageBuildSettings
        {
            // the proxies by name alone: their values, which may hold a password, are the environment's
            BuildArg = ["BASE=" + build.Base, .. Proxies.Where(proxy => Environment.GetEnvironmentVariable(proxy) is not null)],
            ForceRm = true,
            Tag = [build.Name],
        });
        if (!build.HasNetwork)
        {
            settings.Network = "none";
        }

        settings.EnvironmentVariables = new Dictionary<string, string>
        {
            // Debian 12 has no buildx, which the newer way to build needs
            ["DOCKER_BUILDKIT"] = "0",
            // in its own format Podman would leave out which shell runs the commands, and with it that a pipe fails as a whole
            ["BUILDAH_FORMAT"] = "docker",
        };
        Try(
            $"build the image {build.Name}",
            () => Context(new ProcessRequest(program) { OnLine = onLine, LogFile = build.LogFile }).DockerBuild(settings, build.Folder));
    }

    public string Run(ContainerRun container, Action<string> onLine)
    {
        var request = new ProcessRequest(program) { OnLine = onLine, LogFile = container.LogFile, Title = container.Title };
        var runner = new EngineProcessRunner(request, run);
        try
        {
            string[] arguments = [.. container.Arguments.Select(ArgumentText.Quote)];
            new EngineContext(runner).DockerRunWithoutResult(
                With(container.IsWindows ? WindowsRunSettings.Of(container) : RunSettings.Of(container, IsPodman, IsRootless())),
                container.Image, arguments[0], arguments[1..]);
        }
        catch (ProcessFailedException e) when (e.ExitCode is EngineFailed or null)
        {
            throw EngineFailures.Explain(name, $"run a container of {container.Image}", e);
        }

        return runner.Result.StandardOutput;
    }

    public void CopyOut(string image, string container, string label, IReadOnlyDictionary<string, string> folders)
    {
        Try($"copy files out of {image}", () =>
        {
            try
            {
                Command($"create --label {ArgumentText.Quote(label)} --name {container} {image}");
                foreach ((string from, string to) in folders)
                {
                    Command($"cp {ArgumentText.Quote($"{container}:{from}")} {ArgumentText.Quote(to)}");
                }
            }
            finally
            {
                Remove(container);
            }
        });
    }

    public void Rename(string image, string name) => Try($"rename {image}", () =>
    {
        Command($"tag {image} {name}");
        Command($"rmi {image}");
    });

    public IReadOnlyList<ListedContainer> List(string label)
    {
        string[] ids = Context(new ProcessRequest(program) { Timeout = Patience })
            .DockerPs(With(new DockerContainerPsSettings { All = true, Filter = "label=" + label, Quiet = true }))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        // one may end, and be gone, between the two commands: then there is no line about it
        string format = $"\"{{{{.Id}}}} {{{{.State.Running}}}} {{{{index .Config.Labels `{label}`}}}}\"";
        string told = ids.Length == 0
            ? string.Empty
            : Read($"container inspect --format {format} {string.Join(' ', ids)}", allowFailure: true).StandardOutput;
        return
        [
            .. told.Split('\n')
                .Select(line => line.Split(' '))
                .Where(parts => parts.Length == 3)
                .Select(parts => new ListedContainer(parts[0], parts[1] == "true", parts[2])),
        ];
    }

    public void Remove(string container) =>
        Context(new ProcessRequest(program) { AllowFailure = true, Timeout = Patience })
            .DockerRm(
                With(new DockerContainerRmSettings { Force = true, Volumes = true, HandleExitCode = _ => true }),
                container);

    private bool IsRootless() =>
        IsPodman
            ? !Environment.IsPrivilegedProcess
            : Read("info --format \"{{json .SecurityOptions}}\"").StandardOutput.Contains("name=rootless", StringComparison.Ordinal);

    private void Command(string command) =>
        Context(new ProcessRequest(program)).DockerCustomCommand(With(new DockerCustomCommandSettings()), command);

    private ProcessResult Read(string command, bool allowFailure = false)
    {
        var runner = new EngineProcessRunner(new ProcessRequest(program) { AllowFailure = allowFailure, Timeout = Patience }, run);
        new EngineContext(runner).DockerCustomCommand(With(new DockerCustomCommandSettings { HandleExitCode = _ => true }), command);
        return runner.Result;
    }

    private EngineContext Context(ProcessRequest template) => new(new EngineProcessRunner(template, run));

    private T With<T>(T settings)
        where T : AutoToolSettings
    {
        settings.ToolPath = program;
        return settings;
    }

    private void Try(string what, Action action)
    {
        try
        {
            action();
        }
        catch (ProcessFailedException e)
        {
            throw EngineFailures.Explain(name, what, e);
        }
    }
}
