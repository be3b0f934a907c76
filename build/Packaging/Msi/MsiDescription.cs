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

/// <summary>A text in the product's registry key.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Text">What is written; <c>[PROPERTY]</c> stands for a property of the installation.</param>
public sealed record MsiRegistryValue(string Name, string Text);

/// <summary>A part of an MSI that people choose or leave out.</summary>
/// <param name="Id">Letters, digits and <c>_</c>, at most 38: what <c>ADDLOCAL=</c> takes, letter cases count. Keep it over versions; choices are carried over by it.</param>
/// <param name="Title">At most 64 characters.</param>
/// <param name="Description">A sentence for people.</param>
/// <param name="Choice">Whether it is installed by default. The first feature of an MSI is the required one, all others are not.</param>
/// <param name="Files">What it brings; may be empty.</param>
public sealed record MsiFeature(string Id, string Title, string Description, SectionChoice Choice, IReadOnlyList<InstalledFile> Files);

/// <summary>
/// A product of somebody else that shares what a <see cref="MsiChoice"/> decides. Where it is installed, for all users or for the one who
/// installs, the choice has another default.
/// </summary>
/// <param name="RegistryKeys">Where it registers itself, below HKLM or HKCU; one that is found is enough.</param>
/// <param name="RegistryName">The value of these keys that is there, and not empty, as long as it is installed.</param>
/// <param name="Default">The choice's default beside it: one of the choice's values.</param>
public sealed record MsiNeighbour(IReadOnlyList<string> RegistryKeys, string RegistryName, string Default);

/// <summary>For whom an MSI installs.</summary>
public enum MsiEdition
{
    /// <summary>All users of the machine: Program Files, HKLM, the machine's PATH; needs administrator rights.</summary>
    PerMachine,

    /// <summary>The user who runs it: the local application data, HKCU, the user's PATH; needs no rights.</summary>
    PerUser,
}

/// <summary>An entry in the product's folder of the Start menu.</summary>
/// <param name="Name">What people read; the link's file name without its ending.</param>
/// <param name="Target">An installed file by its path inside the install folder, with <c>/</c>, or <see cref="CommandPrompt"/>.</param>
/// <param name="Arguments">For the program, or empty. <c>[INSTALLDIR]</c> stands for the install folder with a backslash at its end.</param>
/// <param name="Description">Shown while the pointer is on it.</param>
/// <param name="Feature">The id of the feature that brings it.</param>
public sealed record MsiShortcut(string Name, string Target, string Arguments, string Description, string Feature)
{
    /// <summary>Windows' command prompt.</summary>
    public const string CommandPrompt = ":command-prompt";
}

/// <summary>
/// One line <c>key="value"</c> of a section in a file of the product's own, among the user's settings. The value is that of a
/// <see cref="MsiChoice"/>; it is quoted, as TOML wants its texts.
/// </summary>
/// <param name="Folder">Below the user's roaming application data, with <c>/</c>: <c>containers/containers.conf.d</c>. Made if need be, removed if empty.</param>
/// <param name="FileName">Nobody else's name: the file is deleted at the end if it has nothing but this line.</param>
/// <param name="Section">The section, without brackets.</param>
/// <param name="Key">The key.</param>
/// <param name="Property">The choice whose value is written.</param>
/// <param name="ExceptFor">The value of the choice for which nothing is written.</param>
public sealed record MsiConfigurationEntry(string Folder, string FileName, string Section, string Key, string Property, string ExceptFor);

/// <summary>
/// A setting of the command line, <c>PROPERTY=value</c>. What is given there wins over what an earlier installation remembers, this
/// over the default; any other value is refused.
/// </summary>
/// <param name="Property">Upper-case letters, digits and <c>_</c>: Windows Installer passes on only such properties.</param>
/// <param name="Values">What it may be; letter cases count.</param>
/// <param name="Default">One of them.</param>
/// <param name="RegistryName">The value in the product's registry key that remembers it.</param>
public sealed record MsiChoice(string Property, IReadOnlyList<string> Values, string Default, string RegistryName)
{
    /// <summary>Beside what the default is another one; null: nothing.</summary>
    public MsiNeighbour? Neighbour { get; init; }
}
