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
