using System.Text.Json.Serialization;

namespace Qcw.Build.Fetching.Mirroring;

/// <summary>One thing in a mirror: a file with its sha256, or a git repository with a commit that it has.</summary>
/// <param name="Path">Relative to the mirror's top, with slashes.</param>
/// <param name="Component">What it is an input of.</param>
/// <param name="Upstream">Where it is from.</param>
public sealed record MirrorEntry(string Path, string Component, string Upstream)
{
    /// <summary>Of a file: 64 lower-case hex digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sha256 { get; init; }

    /// <summary>Of a repository: the full id.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Commit { get; init; }
}

/// <summary>A file that a mirror gets.</summary>
/// <param name="Path">Where it stands in the mirror, relative and with slashes; <see cref="MirrorLayout"/> has the folders.</param>
/// <param name="Component">What it is an input of; for people and the inventory.</param>
/// <param name="Upstream">Where it is from: an address, or words where it has none.</param>
/// <param name="Source">Full path of the verified file that is copied.</param>
/// <param name="Sha256">What it was verified to be, 64 lower-case hex digits: the copy is compared with it.</param>
public sealed record MirrorFile(string Path, string Component, string Upstream, string Source, string Sha256);

/// <summary>What became of one thing in a mirror.</summary>
/// <param name="Changed">True where something was written.</param>
/// <param name="Text">For people.</param>
internal sealed record MirrorState(bool Changed, string Text)
{
    /// <summary>It was there and right.</summary>
    public static readonly MirrorState UpToDate = new(false, "up to date");

    /// <summary>It was not.</summary>
    public static MirrorState Written(string text) => new(true, text);
}
