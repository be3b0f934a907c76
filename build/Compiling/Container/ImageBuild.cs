namespace Qcw.Build.Compiling.Container;

/// <summary>An image to build.</summary>
/// <param name="Folder">The recipe <c>Dockerfile</c> and the files it copies, and nothing else.</param>
/// <param name="Base">The base image's id; the recipe gets it as <c>BASE</c>.</param>
/// <param name="Name">The image's name.</param>
/// <param name="LogFile">Gets all output.</param>
public sealed record ImageBuild(string Folder, string Base, string Name, string LogFile)
{
    /// <summary>False: nothing can be fetched while it is built.</summary>
    public bool HasNetwork { get; init; } = true;
}
