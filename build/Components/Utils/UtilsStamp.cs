namespace Qcw.Build.Components;

/// <summary>What <c>qcw-utils.ps1</c> knows of the release it belongs to.</summary>
/// <param name="Tag">The tag that the release's files are published under; empty: none, so nothing can be downloaded.</param>
/// <param name="XzFile">The archive of XZ Utils; empty: not known.</param>
/// <param name="XzSha256">Its sha256: 64 lower-case hex digits; empty: not known.</param>
public sealed record UtilsStamp(string Tag, string XzFile, string XzSha256)
{
    /// <summary>A script that belongs to no release.</summary>
    public static UtilsStamp None { get; } = new(string.Empty, string.Empty, string.Empty);

    /// <summary>Where releases are published: a tag and a file's name follow.</summary>
    public string Downloads { get; init; } = Publisher.Downloads;
}
