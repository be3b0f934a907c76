namespace Qcw.Build.Fetching;

/// <summary>A file that is wanted, and how one knows that it is the right one.</summary>
/// <param name="Owner">The component, for people.</param>
/// <param name="FileName">Plain, without a folder.</param>
/// <param name="MirrorPath">Where it stands in a mirror: <c>archives/xz-5.2.9.tar.xz</c>.</param>
/// <param name="Upstream">Where it can be had, in order, behind the mirror.</param>
/// <param name="Sha256">64 lower-case hex digits, or null where only <see cref="Verify"/> knows.</param>
public sealed record FileRequest(string Owner, string FileName, string MirrorPath, IReadOnlyList<IFileOrigin> Upstream, string? Sha256)
{
    /// <summary>A further check of the bytes: throws <see cref="BuildException"/> with what is wrong.</summary>
    public Action<string>? Verify { get; init; }

    /// <summary>What a person can do where it cannot be had.</summary>
    public string Remedy { get; init; } = Remedies.Upstream;

    /// <summary>Names the file while it is under way, also for other processes.</summary>
    public string Key => Sha256 ?? DownloadCache.KeyOf([FileName, .. Upstream.Select(origin => origin.Location)]);
}
