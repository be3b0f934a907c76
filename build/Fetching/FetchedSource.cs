namespace Qcw.Build.Fetching;

/// <summary>A verified source on disk, what the phases after fetching work from.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Path">Full path of the file or folder.</param>
/// <param name="ContentHash">
/// 64 lower-case hex digits that change with the bytes: sha256 of an archive, of a folder's contents, or of a commit id and its
/// sparse patterns.
/// </param>
public sealed record FetchedSource(FetchedKind Kind, string Path, string ContentHash);
