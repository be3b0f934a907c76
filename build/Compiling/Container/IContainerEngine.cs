namespace Qcw.Build.Compiling.Container;

/// <summary>A program that runs containers, docker or podman. Its failures are <see cref="BuildException"/>s that say what to do.</summary>
public interface IContainerEngine
{
    /// <summary><c>docker</c> or <c>podman</c>.</summary>
    string Name { get; }

    /// <summary>Asks it whether it works. Never throws for an engine that does not.</summary>
    EngineState Ask();

    /// <summary>An image that it has, by name, name with digest, or id; null where it has none.</summary>
    ImageFacts? FindImage(string reference);

    /// <summary>Gets an image from its registry.</summary>
    /// <param name="reference">With a digest.</param>
    /// <param name="onLine">Called with each line of output.</param>
    void Pull(string reference, Action<string> onLine);

    /// <summary>Makes an image from the files of a root folder.</summary>
    /// <param name="archive">Full path of a tar archive.</param>
    /// <param name="image">The image's name.</param>
    void Import(string archive, string image);

    /// <summary>Builds an image.</summary>
    void Build(ImageBuild build, Action<string> onLine);

    /// <summary>Runs a container to its end. A program that fails in it is a <see cref="Processes.ProcessFailedException"/>.</summary>
    /// <returns>What it printed to standard output.</returns>
    string Run(ContainerRun container, Action<string> onLine);

    /// <summary>Copies folders out of an image, through a container that is not started.</summary>
    /// <param name="image">Its name.</param>
    /// <param name="container">The container's name.</param>
    /// <param name="label">What marks it as ours.</param>
    /// <param name="folders">Paths in the image, and where they go: full paths that do not exist yet.</param>
    void CopyOut(string image, string container, string label, IReadOnlyDictionary<string, string> folders);

    /// <summary>Gives an image another name.</summary>
    void Rename(string image, string name);

    /// <summary>All containers that have a label, running or not.</summary>
    IReadOnlyList<ListedContainer> List(string label);

    /// <summary>Kills and removes a container; nothing happens where there is none of that name.</summary>
    void Remove(string container);
}
