using Qcw.Build.Packaging;

namespace Qcw.Build.Releasing.Manifests;

/// <summary>What package managers are told about something that is shipped.</summary>
/// <param name="Identifier">winget's: <c>Publisher.Package</c>. It stays for ever.</param>
/// <param name="Name">As under Apps &amp; Features.</param>
/// <param name="Version">Upstream's version text.</param>
/// <param name="Format">Of all its installers.</param>
/// <param name="Installers">One for each architecture and scope.</param>
public sealed record Package(
    string Identifier,
    string Name,
    string Version,
    InstallerFormat Format,
    IReadOnlyList<PackageInstaller> Installers)
{
    /// <summary>SPDX's identifier.</summary>
    public required string Licence { get; init; }

    /// <summary>The licence's text.</summary>
    public required Uri LicenceUrl { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>A paragraph.</summary>
    public required string Description { get; init; }

    /// <summary>Words to be found by.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The page about the installer, a path in the repository.</summary>
    public required string Guide { get; init; }

    /// <summary>What winget shows after an installation.</summary>
    public required string InstallationNotes { get; init; }

    /// <summary>What an installation with nothing but defaults puts on PATH.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];

    /// <summary>The oldest Windows that all its installers accept.</summary>
    public OldestWindows OldestWindows { get; init; } = OldestWindows.Ten;

    /// <summary>What Scoop does with it.</summary>
    public required ScoopApp Scoop { get; init; }
}

/// <summary>One installer of a package, with what it writes under Apps &amp; Features.</summary>
/// <param name="File">The installer.</param>
/// <param name="ForAllUsers">True: it installs for all users of a machine; false: for one of them.</param>
/// <param name="ProductCode">Its key under Apps &amp; Features.</param>
/// <param name="DisplayName">As it writes it.</param>
/// <param name="DisplayPublisher">As it writes it.</param>
/// <param name="DisplayVersion">As it writes it; an MSI writes less than the package's version.</param>
public sealed record PackageInstaller(
    ReleasedFile File, bool ForAllUsers, string ProductCode, string DisplayName, string DisplayPublisher, string DisplayVersion)
{
    /// <summary>An MSI's upgrade code; null: it has none.</summary>
    public string? UpgradeCode { get; init; }

    /// <summary>The folder that holds what is installed once the installer was taken apart, with <c>/</c>; null: on top.</summary>
    public string? ExtractedFolder { get; init; }
}

/// <summary>How an installer is made, which decides how it is started and taken apart.</summary>
public enum InstallerFormat
{
    /// <summary>A setup program made with NSIS.</summary>
    Nsis,

    /// <summary>A Windows Installer package.</summary>
    Msi,
}

/// <summary>What Scoop does with a package: it unpacks a zip, or takes the installer apart. Paths have <c>/</c>.</summary>
/// <param name="Name">The manifest's name, by which it is installed.</param>
/// <param name="Notes">What is shown after an installation, line by line.</param>
public sealed record ScoopApp(string Name, IReadOnlyList<string> Notes)
{
    /// <summary>Programs that get a launcher (a shim) in Scoop's folder on PATH.</summary>
    public IReadOnlyList<string> Programs { get; init; } = [];

    /// <summary>Folders that go on PATH themselves; <c>.</c>: the package's own.</summary>
    public IReadOnlyList<string> PathFolders { get; init; } = [];

    /// <summary>Start-menu entries: a file and the entry's name.</summary>
    public IReadOnlyList<(string File, string Name)> Shortcuts { get; init; } = [];

    /// <summary>Zips of what is installed, one an architecture; empty: the installers for all users are taken apart.</summary>
    public IReadOnlyList<ReleasedFile> Archives { get; init; } = [];

    /// <summary>What is only the installer's own, and removed.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    /// <summary>Other packages that go with it: what for, and their names.</summary>
    public IReadOnlyList<(string Purpose, string Name)> Suggestions { get; init; } = [];
}
