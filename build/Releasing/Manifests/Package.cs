namespace Qcw.Build.Releasing.Manifests;

/// <summary>What package managers are told about something that is shipped.</summary>
/// <param name="Identifier">winget's: <c>Publisher.Package</c>. It stays for ever.</param>
/// <param name="Name">As under Apps &amp; Features.</param>
/// <param name="Version">Upstream's version text.</param>
/// <param name="Format">Of all its installers.</param>
/// <param name="Installers">One for each architecture and scope.</param>
public sealed record Package(string Identifier, string Name, string Version, InstallerFormat Format, IReadOnlyList<PackageInstaller> Installers)
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

    /// <summary>What Scoop does with it.</summary>
    public required ScoopApp Scoop { get; init; }
}
