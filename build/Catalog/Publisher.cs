namespace Qcw.Build.Catalog;

/// <summary>Who publishes what is built here, and where: the one place that says so.</summary>
public static class Publisher
{
    /// <summary>In Apps &amp; Features, and the first part of winget's package identifiers.</summary>
    public const string Name = "qcw";

    /// <summary>Where the maintainers are written to, as the patches of this repository name it.</summary>
    public const string Email = "qcw@users.noreply.github.com";

    /// <summary>The repository: its releases have the files.</summary>
    public const string Repository = "https://github.com/arixmkii/qcw";

    /// <summary>Where releases are published: a tag and a file's name follow.</summary>
    public const string Downloads = Repository + "/releases/download";

    /// <summary>What GitHub answers about the release that it calls the latest.</summary>
    public const string LatestRelease = "https://api.github.com/repos/arixmkii/qcw/releases/latest";

    /// <summary>For people.</summary>
    public static Uri Homepage { get; } = new(Repository);
}
