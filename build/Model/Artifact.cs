namespace Qcw.Build.Model;

/// <summary>A file of the release.</summary>
/// <param name="Path">Full path under <c>artifacts/release</c>.</param>
/// <param name="Component">The component it was made from; null: it is qcw's own.</param>
public sealed record Artifact(string Path, Component? Component);
