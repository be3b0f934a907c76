namespace Qcw.Build.Fetching;

/// <summary>A verified file in the cache.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Sha256">64 lower-case hex digits.</param>
/// <param name="From">Where it was fetched from now, or null: it was there.</param>
public sealed record FetchedFile(string Path, string Sha256, string? From);
