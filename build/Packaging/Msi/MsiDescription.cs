using Qcw.Build.Model;

namespace Qcw.Build.Packaging.Msi;

/// <summary>Everything an MSI is made from, without a word about how. All texts are ASCII: the tables have no code page.</summary>
/// <param name="Id">Default name of the install folder; keep it over versions.</param>
/// <param name="Name">For people; it says whose build it is.</param>
/// <param name="Version">Upstream's version text; see <see cref="MsiVersion"/> for what Windows Installer compares.</param>
/// <param name="Publisher">In Apps &amp; Features.</param>
/// <param name="Homepage">In Apps &amp; Features.</param>
/// <param name="Edition">For whom it installs.</param>
/// <param name="Architecture">What its programs run on.</param>
/// <param name="UpgradeCode">How another version is found. One for each edition, never changed.</param>
/// <param name="RegistryKey">Below HKLM or HKCU, by edition: <c>Software\qcw\Podman</c>. Remembers folder and choices.</param>
/// <param name="Features">The first one is required and the parent of the others.</param>
/// <param name="SourceDateEpoch">Time of everything in it, seconds since 1970-01-01 UTC.</param>
public sealed record MsiDescription(
    string Id,
    string Name,
    string Version,
    string Publisher,
    Uri Homepage,
    MsiEdition Edition,
    Architecture Architecture,
    Guid UpgradeCode,
    string RegistryKey,
    IReadOnlyList<MsiFeature> Features,
    long SourceDateEpoch)
{
    /// <summary>The property and directory that is the install folder.</summary>
    public const string InstallFolder = "INSTALLDIR";

    /// <summary>The oldest Windows that is accepted: Windows 10, version 1803.</summary>
    public const int OldestWindowsBuild = 17134;

    /// <summary>The feature that appends the install folder to PATH; null: nothing is offered. It brings no files.</summary>
    public MsiFeature? PathFeature { get; init; }

    /// <summary>The folder in the Start menu that has the shortcuts.</summary>
    public string MenuFolder { get; init; } = Name;

    /// <summary>Start-menu entries.</summary>
    public IReadOnlyList<MsiShortcut> Shortcuts { get; init; } = [];

    /// <summary>Settings of the command line.</summary>
    public IReadOnlyList<MsiChoice> Choices { get; init; } = [];

    /// <summary>A line that is written among the user's settings, or null.</summary>
    public MsiConfigurationEntry? Configuration { get; init; }

    /// <summary>More values in the registry key; <c>InstallDir</c>, <c>Version</c> and those of the choices are always there.</summary>
    public IReadOnlyList<MsiRegistryValue> RegistryValues { get; init; } = [];

    /// <summary>Where help is found, in Apps &amp; Features; null: the homepage.</summary>
    public Uri? Help { get; init; }

    /// <summary>A sentence in Apps &amp; Features.</summary>
    public string Comments { get; init; } = string.Empty;

    /// <summary>Full path of an .ico file for Apps &amp; Features, or null.</summary>
    public string? Icon { get; init; }

    /// <summary>Every feature, that of PATH last.</summary>
    public IReadOnlyList<MsiFeature> AllFeatures => PathFeature is null ? Features : [.. Features, PathFeature];
}
