namespace Cake.Docker;

/// <summary>Options of <c>docker run</c>.</summary>
public sealed class DockerContainerRunSettings : AutoToolSettings
{
    /// <summary>Capabilities to take away.</summary>
    public string[] CapDrop { get; set; } = null!;

    /// <summary>Whole processors; Windows containers only.</summary>
    public long? CpuCount { get; set; }

    /// <summary>Length of the scheduler's period, in microseconds.</summary>
    public long? CpuPeriod { get; set; }

    /// <summary>Processor time in each period, in microseconds.</summary>
    public long? CpuQuota { get; set; }

    /// <summary>The program to run instead of the image's own.</summary>
    public string Entrypoint { get; set; } = null!;

    /// <summary><c>NAME=VALUE</c>.</summary>
    public string[] Env { get; set; } = null!;

    /// <summary><c>NAME=VALUE</c>.</summary>
    public string[] Label { get; set; } = null!;

    /// <summary>At most this much memory: a number with b, k, m or g.</summary>
    public string Memory { get; set; } = null!;

    /// <summary>At most this much memory and swap together.</summary>
    public string MemorySwap { get; set; } = null!;

    /// <summary>Folders of the host: <c>type=bind,source=HOST,target=CONTAINER[,readonly]</c>.</summary>
    public string[] Mount { get; set; } = null!;

    /// <summary>The container's name.</summary>
    public string Name { get; set; } = null!;

    /// <summary>The network it is in.</summary>
    public string Network { get; set; } = null!;

    /// <summary>The image's own files cannot be changed.</summary>
    public bool? ReadOnly { get; set; }

    /// <summary>Removed at its end.</summary>
    public bool? Rm { get; set; }

    /// <summary>What the kernel lets it do.</summary>
    public string[] SecurityOpt { get; set; } = null!;

    /// <summary>Seconds between asking it to stop and killing it.</summary>
    public int? StopTimeout { get; set; }

    /// <summary>Folders in memory: <c>PATH:OPTIONS</c>.</summary>
    public string[] Tmpfs { get; set; } = null!;

    /// <summary>Limits of the process: <c>NAME=SOFT:HARD</c>.</summary>
    public string[] Ulimit { get; set; } = null!;

    /// <summary>Who it runs as: <c>UID:GID</c>.</summary>
    public string User { get; set; } = null!;

    /// <summary>Which users it knows.</summary>
    public string Userns { get; set; } = null!;

    /// <summary>Folders and files of the host: <c>HOST:CONTAINER[:ro]</c>.</summary>
    public string[] Volume { get; set; } = null!;

    /// <summary>The folder it starts in.</summary>
    public string Workdir { get; set; } = null!;
}
