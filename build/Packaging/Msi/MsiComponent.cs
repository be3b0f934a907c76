namespace Qcw.Build.Packaging.Msi;

/// <summary>What Windows Installer installs, counts and removes as one.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Code">Its GUID: the same for the same thing over all versions.</param>
/// <param name="Feature">The id of the feature it belongs to.</param>
internal sealed record MsiComponent(string Id, Guid Code, string Feature)
{
    /// <summary>The identifier of the folder it stands in.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>Its only file, by which it is found (its key path); null: <see cref="Registry"/> has the key path first.</summary>
    public InstalledFile? File { get; init; }

    /// <summary>The file's identifier.</summary>
    public string FileId => Id + ".file";

    /// <summary>The root of its registry values: <c>HKLM</c> or <c>HKCU</c>.</summary>
    public string RegistryRoot { get; init; } = "HKLM";

    /// <summary>Its values in the product's registry key.</summary>
    public IReadOnlyList<MsiRegistryValue> Registry { get; init; } = [];

    /// <summary>Its shortcuts, which stand in its folder.</summary>
    public IReadOnlyList<MsiShortcut> Shortcuts { get; init; } = [];

    /// <summary>True: it appends the install folder to PATH.</summary>
    public bool AddsPath { get; init; }

    /// <summary>The line it writes into a file in its folder, which is made.</summary>
    public MsiConfigurationEntry? Configuration { get; init; }

    /// <summary>Identifiers of folders that are removed with it if they are empty, the innermost first.</summary>
    public IReadOnlyList<string> EmptyFolders { get; init; } = [];

    /// <summary>When it is installed at all; null: always. Evaluated again by a repair.</summary>
    public string? Condition { get; init; }
}
