namespace Cake.Docker;

/// <summary>Options of <c>docker run</c>.</summary>
public sealed class DockerContainerRunSettings : AutoToolSettings
{
    /// <summary>Capabilities to take away.</summary>
    public string[]? CapDrop { get; set; }

    /// <summary>Whole processors; Windows containers only.</summary>
    public long? CpuCount { get; set; }

    /// <summary>Length of the scheduler's period, in microseconds.</summary>
    public long? CpuPeriod { get; set; }

    /// <summary>Processor time in each period, in microseconds.</summary>
    public long? CpuQuota { get; set; }

    /// <summary>The program to run instead of the image's own.</summary>
    public string? Entrypoint { get; set; }

    /// <summary><c>NAME=VALUE</c>.</summary>
    public string[]? Env { get; set; }

    /// <summary><c>NAME=VALUE</c>.</summary>
    public string[]? Label { get; set; }

    /// <summary>At most this much memory: a number with b, k, m or g.</summary>
    public string? Memory { get; set; }

    /// <summary>At most this much memory and swap together.</summary>
    public string? MemorySwap { get; set; }

    /// <summary>Folders of the host: <c>type=bind,source=HOST,target=CONTAINER[,readonly]</c>.</summary>
    public string[]? Mount { get; set; }

    /// <summary>The container's name.</summary>
    public string? Name { get; set; }

    /// <summary>The network it is in.</summary>
    public string? Network { get; set; }

    /// <summary>At most this many processes and threads.</summary>
    public long? PidsLimit { get; set; }

    /// <summary>The image's own files cannot be changed.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Removed at its end.</summary>
    public bool? Rm { get; set; }

    /// <summary>What the kernel lets it do.</summary>
    public string[]? SecurityOpt { get; set; }

    /// <summary>Seconds between asking it to stop and killing it.</summary>
    public int? StopTimeout { get; set; }

    /// <summary>Folders in memory: <c>PATH:OPTIONS</c>.</summary>
    public string[]? Tmpfs { get; set; }

    /// <summary>Limits of the process: <c>NAME=SOFT:HARD</c>.</summary>
    public string[]? Ulimit { get; set; }

    /// <summary>Who it runs as: <c>UID:GID</c>.</summary>
    public string? User { get; set; }

    /// <summary>Which users it knows.</summary>
    public string? Userns { get; set; }

    /// <summary>Folders and files of the host: <c>HOST:CONTAINER[:ro]</c>.</summary>
    public string[]? Volume { get; set; }

    /// <summary>The folder it starts in.</summary>
    public string? Workdir { get; set; }
}
