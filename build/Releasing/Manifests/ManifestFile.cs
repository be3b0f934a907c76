namespace Qcw.Build.Releasing.Manifests;

/// <summary>A manifest.</summary>
/// <param name="Path">Below the folder of all manifests, with <c>/</c>.</param>
/// <param name="Text">Lines ended by LF.</param>
public sealed record ManifestFile(string Path, string Text);
