namespace Qcw.Build.Packaging;

/// <summary>Whether a section of an installer is installed, before a person or the command line chooses.</summary>
public enum SectionChoice
{
    /// <summary>Always; it cannot be deselected.</summary>
    Required,

    /// <summary>Unless it is deselected.</summary>
    OnByDefault,

    /// <summary>Only if it is selected.</summary>
    OffByDefault,
}
