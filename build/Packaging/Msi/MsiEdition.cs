namespace Qcw.Build.Packaging.Msi;

/// <summary>For whom an MSI installs.</summary>
public enum MsiEdition
{
    /// <summary>All users of the machine: Program Files, HKLM, the machine's PATH; needs administrator rights.</summary>
    PerMachine,

    /// <summary>The user who runs it: the local application data, HKCU, the user's PATH; needs no rights.</summary>
    PerUser,
}
