namespace Qcw.Build.Packaging.Nsis;

/// <summary>The exit codes of a setup program. NSIS itself defines 0 and 1, <c>installer.nsi</c> the others.</summary>
public enum NsisExitCode
{
    /// <summary>Everything that was chosen is installed.</summary>
    Done = 0,

    /// <summary>Closed by the user.</summary>
    Cancelled = 1,

    /// <summary>Something could not be written or removed.</summary>
    Failed = 2,

    /// <summary>The command line has something unknown.</summary>
    Usage = 3,

    /// <summary>Windows is too old, for the letters of the install folder or altogether, or not a 64-bit one.</summary>
    Windows = 4,

    /// <summary>A newer version is installed.</summary>
    Downgrade = 5,

    /// <summary>A file of the version that is installed is in use.</summary>
    InUse = 6,

    /// <summary>An administrator's rights are needed for all users, and were not given.</summary>
    Rights = 7,

    /// <summary>A product is installed that has this one inside.</summary>
    Part = 8,
}
