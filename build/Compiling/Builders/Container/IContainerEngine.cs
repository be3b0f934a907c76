using System.Globalization;
using System.Text.RegularExpressions;

namespace Qcw.Build.Compiling.Builders.Container;

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

    /// <summary>Runs a container to its end. A program that fails in it is a <see cref="ProcessFailedException"/>.</summary>
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

/// <summary>An image that an engine has.</summary>
/// <param name="Id">64 hex digits. It covers the time of its making, so it differs between machines.</param>
/// <param name="Content">The digests of its layers' files, in order: two images with the same content are the same base.</param>
public sealed record ImageFacts(string Id, string Content);

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

/// <summary>A container that an engine has.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Runs">False where it has ended or was never started.</param>
/// <param name="Owner">The value of <see cref="ContainerOwner.Label"/>.</param>
public sealed record ListedContainer(string Id, bool Runs, string Owner);

/// <summary>A file or folder of the host that a container sees at the same path.</summary>
public sealed record Mount(string Path, bool Writable);

/// <summary>A container to run: bash, without a network, removed at its end. Only what is mounted writable can be written to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">Name of the image.</param>
/// <param name="Label">What marks it as ours, <c>NAME=VALUE</c>.</param>
/// <param name="Arguments">Of bash.</param>
public sealed record ContainerRun(string Name, string Image, string Label, IReadOnlyList<string> Arguments)
{
    /// <summary>Full paths of the host that it sees at the same place.</summary>
    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>Variables, beside the image's own.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>True: a Windows container, with MSYS2.</summary>
    public bool IsWindows { get; init; }

    /// <summary>The folder it starts in; null: the image's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What it may use.</summary>
    public ContainerLimits Limits { get; init; } = ContainerLimits.None;

    /// <summary>Gets all output, or null.</summary>
    public string? LogFile { get; init; }

    /// <summary>What a message about its failure calls it.</summary>
    public required string Title { get; init; }
}

/// <summary>What a container may use of the machine.</summary>
/// <param name="Memory">A number with b, k, m or g, swap included; null: all.</param>
/// <param name="Cpus">Processors, a fraction allowed; null: all.</param>
public sealed partial record ContainerLimits(string? Memory, double? Cpus)
{
    /// <summary>Everything.</summary>
    public static ContainerLimits None { get; } = new(null, null);

    /// <summary>The value of <c>--memory</c>, checked.</summary>
    /// <exception cref="UsageException">It is no size that an engine takes.</exception>
    public static string MemoryOf(string text) =>
        MemoryPattern().IsMatch(text)
            ? text.ToLowerInvariant()
            : throw new UsageException($"--memory: found \"{text}\", expected a whole number with m or g, as in 4g");

    /// <summary>The value of <c>--cpus</c>, checked.</summary>
    /// <exception cref="UsageException">It is no number of processors.</exception>
    public static double CpusOf(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double cpus) && cpus is >= 0.1 and <= 1024
            ? cpus
            : throw new UsageException($"--cpus: found \"{text}\", expected a number from 0.1 to 1024, as in 2 or 1.5");

    [GeneratedRegex("^[1-9][0-9]{0,9}[bkmgBKMG]$")]
    private static partial Regex MemoryPattern();
}
