namespace Qcw.Build.Lines;

/// <summary>A one-off from the command line, for a component or a library of the line.</summary>
/// <param name="Component">Its name in the line.</param>
/// <param name="Version">What <c>--&lt;component&gt;-version</c> said, or null: the line's version with <c>+local</c> behind it.</param>
/// <param name="Path">
/// What <c>--&lt;component&gt;-source</c> said, or null: an archive or a directory, absolute or from the current directory.
/// </param>
public sealed record SourceOverride(string Component, string? Version, string? Path);
