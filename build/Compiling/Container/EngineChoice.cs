namespace Qcw.Build.Compiling.Container;

/// <summary>Chooses what runs containers: <c>--engine auto|docker|podman</c>.</summary>
/// <param name="find">The engine of a name, or null where its program is not installed.</param>
public sealed class EngineChoice(Func<string, IContainerEngine?> find)
{
    private static readonly string[] Names = ["docker", "podman"];

    /// <summary>The engine to use.</summary>
    /// <param name="wanted"><c>auto</c>: docker if it answers, else podman.</param>
    /// <exception cref="UsageException">None works; the message says why, for each that was tried.</exception>
    public IContainerEngine Choose(string wanted)
    {
        var problems = new List<string>();
        foreach (string name in wanted == "auto" ? Names : [wanted])
        {
            IContainerEngine? engine = find(name);
            EngineState state = engine?.Ask() ?? EngineState.Fails($"{name} is not installed (Debian: apt-get install {(name == "docker" ? "docker.io" : name)})");
            if (engine is not null && state.RunsLinux)
            {
                return engine;
            }

            problems.Add(state.Problem ?? $"{name} runs {state.Containers} containers here, and the compilers' image is for Linux: switch it to Linux containers");
        }

        throw new UsageException($"no container engine works: {string.Join("; ", problems)}");
    }

    /// <summary>For people: what each engine says of itself.</summary>
    public IEnumerable<string> Describe() => Names.Select(name => find(name) is not { } engine
        ? $"{name} is not installed"
        : engine.Ask() is { Problem: { } problem } ? problem : $"{name} answers and runs {engine.Ask().Containers} containers");
}
