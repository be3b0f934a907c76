namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// What only an MSI knows about a product. All texts of a description that becomes an MSI are ASCII, because an MSI's tables have no code
/// page.
/// </summary>
/// <param name="Edition">For whom it installs.</param>
/// <param name="Architecture">The processor that its programs run on.</param>
/// <param name="UpgradeCode">How Windows finds other versions. Each edition has its own; it never changes.</param>
/// <param name="RegistryKey">Below HKLM or HKCU, by edition: <c>Software\qcw\Podman</c>. It remembers the folder and the choices.</param>
public sealed record MsiPart(MsiEdition Edition, Architecture Architecture, Guid UpgradeCode, string RegistryKey)
{
    /// <summary>The property and directory that is the install folder.</summary>
    public const string InstallFolder = "INSTALLDIR";

    /// <summary>The settings that the command line can give.</summary>
    public IReadOnlyList<MsiChoice> Choices { get; init; } = [];

    /// <summary>A line that is written among the settings of the user or of the machine, or null.</summary>
    public MsiConfigurationEntry? Configuration { get; init; }

    /// <summary>What people do so that no program of the product runs: the beginning of a sentence, at most 100 characters.</summary>
    public string Closing { get; init; } = "Close it";

    /// <summary>Where Apps &amp; Features sends people for help; null for the homepage.</summary>
    public Uri? Help { get; init; }

    /// <summary>A sentence in Apps &amp; Features, or empty.</summary>
    public string Comments { get; init; } = string.Empty;

    /// <summary>The oldest Windows that it installs on.</summary>
    public OldestWindows OldestWindows { get; init; } = OldestWindows.Ten;

    /// <summary>The registry root that the edition writes to: <c>HKLM</c> or <c>HKCU</c>.</summary>
    internal string RegistryRoot => Edition == MsiEdition.PerMachine ? "HKLM" : "HKCU";
}

/// <summary>For whom an MSI installs.</summary>
public enum MsiEdition
{
    /// <summary>All users of the machine: Program Files, HKLM, the machine's PATH. Needs administrator rights.</summary>
    PerMachine,

    /// <summary>The user who runs it: the local application data, HKCU, the user's PATH. Needs no rights.</summary>
    PerUser,
}

/// <summary>
/// A setting of the command line, <c>PROPERTY=value</c>. A value from the command line wins over the one that an earlier installation
/// remembers, and that one wins over the default. A value that is not in <paramref name="Values"/> stops the installation.
/// </summary>
/// <param name="Property">Upper-case letters, digits and <c>_</c>: Windows Installer passes on only such properties.</param>
/// <param name="Values">The values that are accepted; letter case counts.</param>
/// <param name="Default">One of the values.</param>
/// <param name="RegistryName">The value in the product's registry key that remembers the setting.</param>
public sealed record MsiChoice(string Property, IReadOnlyList<string> Values, string Default, string RegistryName)
{
    /// <summary>The other product whose presence changes the default, or null.</summary>
    public MsiNeighbour? Neighbour { get; init; }
}

/// <summary>
/// A product of somebody else that is affected by a <see cref="MsiChoice"/>. If it is installed, for all users or for the user who installs
/// ours, the choice has another default.
/// </summary>
/// <param name="RegistryKeys">The keys below HKLM or HKCU in which the product registers itself; one of them is enough.</param>
/// <param name="RegistryName">The value in these keys that exists, and is not empty, while the product is installed.</param>
/// <param name="Default">The choice's default beside the product: one of the choice's values.</param>
public sealed record MsiNeighbour(IReadOnlyList<string> RegistryKeys, string RegistryName, string Default);

/// <summary>
/// One line <c>key="value"</c> of a section in a file of the product's own, among the settings of the user or of the machine. The value
/// is that of a <see cref="MsiChoice"/>, in quotes, as TOML requires for text.
/// </summary>
/// <param name="Folder">
/// Below the roaming application data of the user, or the application data of the machine, with <c>/</c>:
/// <c>containers/containers.conf.d</c>. It is made if necessary, and removed when empty.
/// </param>
/// <param name="FileName">A name that nobody else uses: the uninstaller deletes the file if it holds nothing but what was written.</param>
/// <param name="Section">The section's name, without brackets.</param>
/// <param name="Key">The key of the line.</param>
/// <param name="Property">The choice whose value is written.</param>
/// <param name="ExceptFor">The value of the choice for which nothing is written.</param>
public sealed record MsiConfigurationEntry(string Folder, string FileName, string Section, string Key, string Property, string ExceptFor)
{
    /// <summary>True: the edition for all users writes the file among the settings of the machine (<c>%ProgramData%</c>).</summary>
    public bool MachineWide { get; init; }

    /// <summary>Lists of folders that are written with the line.</summary>
    public IReadOnlyList<MsiConfigurationFolders> Folders { get; init; } = [];

    /// <summary>Windows' folder of the settings, as a property of Windows Installer.</summary>
    internal string RootOf(MsiEdition edition) =>
        MachineWide && edition == MsiEdition.PerMachine ? "CommonAppDataFolder" : "AppDataFolder";

    /// <summary>The lines in order: section, key, and the value as Windows Installer formats it.</summary>
    internal IEnumerable<(string Section, string Key, string Value)> Lines =>
        [(Section, Key, $"\"[{Property}]\""), .. Folders.Select(folders => (folders.Section, folders.Key, folders.Value))];
}

/// <summary>
/// A line <c>key=['folder', …, {append=true}]</c>: a list that adds to what the program has by itself, as the configuration of container
/// tools reads it.
/// </summary>
/// <param name="Section">The section's name, without brackets.</param>
/// <param name="Key">The key of the line.</param>
/// <param name="Paths">
/// The folders, with <c>\</c>, without apostrophes and brackets. One may begin with <see cref="ProgramFiles"/>.
/// </param>
public sealed record MsiConfigurationFolders(string Section, string Key, IReadOnlyList<string> Paths)
{
    /// <summary>The property that is the folder of 64-bit programs, <c>\</c> at its end.</summary>
    public const string ProgramFiles = "[ProgramFiles64Folder]";

    /// <summary>The list as it stands in the file, but for <see cref="ProgramFiles"/>.</summary>
    internal string Text => $"[{string.Join(',', Paths.Select(path => $"'{path}'"))},{{append=true}}]";

    /// <summary>The list as Windows Installer formats it, where a bracket is the name of a property unless it is escaped.</summary>
    internal string Value => $@"[\[]{Text[1..^1]}[\]]";

    /// <summary>The list as it is written on a machine whose folder of programs is <c>C:\Program Files</c>, or as long as that.</summary>
    internal string Written => Text.Replace(ProgramFiles, @"C:\Program Files\", StringComparison.Ordinal);
}
