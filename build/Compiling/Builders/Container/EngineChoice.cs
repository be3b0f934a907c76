namespace Qcw.Build.Compiling.Builders.Container;

/// <summary>Chooses what runs containers: <c>--engine auto|docker|podman</c>.</summary>
/// <param name="find">The engine of a name, or null where its program is not installed.</param>
public sealed class EngineChoice(Func<string, IContainerEngine?> find)
{
    private static readonly string[] Names = ["docker", "podman"];

    /// <summary>The engine to use.</summary>
    /// <param name="wanted"><c>auto</c>: docker if it answers, else podman.</param>
    /// <param name="containers">The system that its containers have to have: <c>linux</c> or <c>windows</c>.</param>
    /// <exception cref="UsageException">None works; the message says why, for each that was tried.</exception>
    public IContainerEngine Choose(string wanted, string containers = "linux")
    {
        var problems = new List<string>();
        foreach (string name in wanted == "auto" ? Names : [wanted])
        {
            IContainerEngine? engine = find(name);
            EngineState state = engine?.Ask() ?? EngineState.Fails($"{name} is not installed ({HowToGet(name)})");
            if (engine is not null && state.Problem is null && state.Containers == containers)
            {
                return engine;
            }

            problems.Add(state.Problem ?? Unfit(name, state.Containers, containers));
        }

        throw new UsageException($"no container engine works: {string.Join("; ", problems)}");
    }

    private static string Unfit(string name, string has, string wanted) =>
        wanted == "linux"
            ? $"{name} runs {has} containers here, and the compilers' image is for Linux: "
                + "switch it to Linux containers, or use --builder=msys2, which needs Windows ones"
            : $"{name} runs {has} containers here, and MSYS2 needs Windows ones: "
                + "switch it to Windows containers (Docker Desktop: \"Switch to Windows containers\" in its menu)";

    private static string HowToGet(string name) => OperatingSystem.IsWindows()
        ? ToolCatalog.Find(name).Elsewhere
        : $"Debian: apt-get install {ToolCatalog.Find(name).DebianPackage}";

    /// <summary>For people: what each engine says of itself.</summary>
    public IEnumerable<string> Describe() => Names.Select(name => find(name)?.Ask() switch
    {
        null => $"{name} is not installed",
        { Problem: { } problem } => problem,
        { Containers: var containers } => $"{name} answers and runs {containers} containers",
    });
}

/// <summary>The container engines of this machine.</summary>
public static class InstalledEngines
{
    /// <summary>Chooses among them.</summary>
    public static EngineChoice Of(ToolFinder tools)
    {
        return new EngineChoice(name =>
            tools.Find(ToolCatalog.Find(name)).Path is { } path ? new CakeEngine(name, path, ProcessRunner.Run) : null);
    }
}
