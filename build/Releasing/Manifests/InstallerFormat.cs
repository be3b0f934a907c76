namespace Qcw.Build.Releasing.Manifests;

/// <summary>How an installer is made, which decides how it is started and taken apart.</summary>
public enum InstallerFormat
{
    /// <summary>A setup program made with NSIS.</summary>
    Nsis,

    /// <summary>A Windows Installer package.</summary>
    Msi,
}
