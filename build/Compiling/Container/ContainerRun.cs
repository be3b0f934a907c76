namespace Qcw.Build.Compiling.Container;

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
