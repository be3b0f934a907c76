namespace Qcw.Build.Packaging;

/// <summary>One DLL that a PE image names in its import tables.</summary>
/// <param name="Dll">The name as it stands in the image: <c>KERNEL32.dll</c>.</param>
/// <param name="IsDelayed">True where the image loads it at the first call, not at its start.</param>
public sealed record PeImport(string Dll, bool IsDelayed);
