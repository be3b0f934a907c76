namespace Qcw.Build.Packaging;

/// <summary>A file that an installer brings.</summary>
/// <param name="Source">Full path on the build machine; it does not get into the installer.</param>
/// <param name="Target">Path inside the install folder, with <c>/</c>: <c>share/keymaps/de</c>.</param>
public sealed record InstalledFile(string Source, string Target)
{
    /// <summary>The target's folder, empty for the install folder itself.</summary>
    public string TargetFolder => Target.Contains('/', StringComparison.Ordinal) ? Target[..Target.LastIndexOf('/')] : string.Empty;

    /// <summary>The target's file name.</summary>
    public string TargetName => Target[(Target.LastIndexOf('/') + 1)..];
}
