namespace Qcw.Build.Model;

/// <summary>The Go that a line's programs are built with: newer and older ones fail to build them, or build other programs.</summary>
/// <param name="Minimum">The oldest that fits.</param>
/// <param name="Below">The oldest that is too new.</param>
/// <param name="Sdk">What is fetched where the host has no Go that fits; null: nothing.</param>
public sealed record GoVersions(Version Minimum, Version Below, GoSdk? Sdk)
{
    /// <summary>True for a version that builds the line.</summary>
    public bool Fits(Version version) => version >= Minimum && version < Below;

    /// <summary>For messages.</summary>
    public string Wanted => $"Go {Minimum} or newer, below {Below}";
}

/// <summary>A release of Go, as its authors publish it for several hosts.</summary>
/// <param name="Version">Three numbers: <c>1.20.14</c>.</param>
/// <param name="Archives">By host, in Go's words: <c>linux-amd64</c>, <c>windows-amd64</c>.</param>
public sealed record GoSdk(string Version, IReadOnlyDictionary<string, ArchiveSource> Archives)
{
    /// <summary>The name of the component that an SDK is fetched as; no component of a line may have it.</summary>
    public const string ComponentName = "go";

    /// <summary>The SDK for a host as something that can be fetched, or null where the line pins none for it.</summary>
    public Component? For(string host) =>
        Archives.TryGetValue(host, out ArchiveSource? archive) ? new Component(ComponentName, Version, archive, [], [], []) : null;
}
