using Qcw.Build.Packaging.Msi;

namespace Qcw.Build.Packaging.Nsis;

/// <summary>What only a setup program knows about a product; by default nothing.</summary>
public sealed record NsisPart
{
    /// <summary>The oldest Windows that it installs on.</summary>
    public OldestWindows OldestWindows { get; init; } = OldestWindows.Ten;

    /// <summary>
    /// Numbers with dots between, which say what is newer; null for <see cref="UpstreamVersion.Order"/> of the product's version.
    /// </summary>
    public string? Order { get; init; }

    /// <summary>The setting <c>/PROPERTY=value</c> of the command line, or null.</summary>
    public MsiChoice? Choice { get; init; }

    /// <summary>The file that the value of <see cref="Choice"/> is written into, or null.</summary>
    public MsiConfigurationEntry? Configuration { get; init; }

    /// <summary>Installers whose products this one has inside. They are uninstalled before it is installed.</summary>
    public IReadOnlyList<ReplacedProduct> Replaces { get; init; } = [];

    /// <summary>What people have made with the product, which the uninstaller asks about; null: nothing.</summary>
    public InstallerMachines? Machines { get; init; }
}

/// <summary>An installer's product that is inside another one too.</summary>
/// <param name="Name">In Apps &amp; Features.</param>
/// <param name="RegistryKey">Below HKLM or HKCU, by edition: <c>Software\qcw\Podman</c>. It is there while the product is.</param>
/// <param name="FolderValue">The value of that key that is the install folder.</param>
/// <param name="Programs">Files in that folder, with <c>/</c>. None may be in use when the product is replaced.</param>
public sealed record ReplacedProduct(string Name, string RegistryKey, string FolderValue, IReadOnlyList<string> Programs)
{
    /// <summary>The upgrade codes of its MSIs, one an edition; empty: a setup program installs it, and its uninstaller is known.</summary>
    public IReadOnlyDictionary<MsiEdition, Guid> UpgradeCodes { get; init; } = new Dictionary<MsiEdition, Guid>();

    /// <summary>The value of that key that remembers the choice that both have, or null.</summary>
    public string? ChoiceValue { get; init; }
}

/// <summary>The virtual machines that people have made with the product. Each is named after a file that the product has written.</summary>
/// <param name="Files">Below the user's folder, with <c>/</c> and a <c>*</c> in place of the name.</param>
/// <param name="Program">The installed program that removes one, with <c>/</c>.</param>
/// <param name="Arguments">For that program, before the name.</param>
/// <param name="Variable">A variable of the environment that it is started with.</param>
/// <param name="Value">The variable's value.</param>
/// <param name="Stays">Folders below the user's that stay whatever is answered, with <c>/</c>.</param>
public sealed record InstallerMachines(
    string Files, string Program, string Arguments, string Variable, string Value, IReadOnlyList<string> Stays);
