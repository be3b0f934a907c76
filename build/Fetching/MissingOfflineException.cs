namespace Qcw.Build.Fetching;

/// <summary>Something is in neither the cache nor the mirror, and the network may not be used.</summary>
/// <param name="what">One line: the component and the file.</param>
/// <param name="location">Where upstream has it.</param>
/// <param name="mirrorPath">Where it would stand in a mirror.</param>
public sealed class MissingOfflineException(string what, string location, string mirrorPath)
    : BuildException($"{what} is missing, and --offline forbids the network\n    upstream: {location}\n    in a mirror: {mirrorPath}")
{
    /// <summary>The entry of a list of all that is missing.</summary>
    public string Entry { get; } = $"{what}\n    upstream: {location}\n    in a mirror: {mirrorPath}";
}
