namespace Qcw.Build.Compiling.Container;

/// <summary>Whether a container engine works.</summary>
/// <param name="Problem">Why it does not, and what to do; null where it does.</param>
/// <param name="Containers">The system of its containers: <c>linux</c> or <c>windows</c>; empty where it does not work.</param>
public sealed record EngineState(string? Problem, string Containers)
{
    /// <summary>An engine that answers.</summary>
    public static EngineState Works(string containers) => new(null, containers);

    /// <summary>An engine that does not.</summary>
    public static EngineState Fails(string problem) => new(problem, string.Empty);
}
