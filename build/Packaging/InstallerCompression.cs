namespace Qcw.Build.Packaging;

/// <summary>How an installer's contents are packed.</summary>
public enum InstallerCompression
{
    /// <summary>Smallest, about three times as slow: for releases.</summary>
    Lzma,

    /// <summary>Fast: for tests and for work on the installer itself.</summary>
    Zlib,
}
