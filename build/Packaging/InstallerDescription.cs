using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Nsis;

namespace Qcw.Build.Packaging;

/// <summary>
/// Everything that an installer is made from, whatever its format. <see cref="Nsis.NsisInstaller"/> and <see cref="MsiInstaller"/> write it
/// down.
/// </summary>
/// <param name="Id">
/// The default name of the install folder, and a setup program's key under Apps &amp; Features. It must stay the same in all versions: a
/// newer version finds an older one by it.
/// </param>
/// <param name="Name">The product's name for people, in Apps &amp; Features.</param>
/// <param name="Version">Upstream's version.</param>
/// <param name="Publisher">In Apps &amp; Features and in the file's properties.</param>
/// <param name="Homepage">In Apps &amp; Features.</param>
/// <param name="Sections">In the order in which they are offered. In an MSI the first one is required and the others are not.</param>
/// <param name="SourceDateEpoch">The time of every installed file, seconds since 1970-01-01 UTC.</param>
public sealed record InstallerDescription(
    string Id,
    string Name,
    UpstreamVersion Version,
    string Publisher,
    Uri Homepage,
    IReadOnlyList<InstallerSection> Sections,
    long SourceDateEpoch)
{
    /// <summary>The name of the uninstaller that a setup program puts into the install folder. An MSI has none.</summary>
    public const string UninstallerName = "uninstall.exe";

    private readonly string? menuFolder;

    /// <summary>The text of the licence page, UTF-8; a full path. A setup program needs it; an MSI has no pages.</summary>
    public string? LicenceFile { get; init; }

    /// <summary>The entries in the Start menu.</summary>
    public IReadOnlyList<InstallerShortcut> Shortcuts { get; init; } = [];

    /// <summary>The folder in the Start menu that holds the shortcuts. The default is <see cref="Name"/>.</summary>
    public string MenuFolder
    {
        get => menuFolder ?? Name;
        init => menuFolder = value;
    }

    /// <summary>The offer to change PATH, or null if the installer does not offer it.</summary>
    public InstallerPath? Path { get; init; }

    /// <summary>Further offers, each with an id of its own. Only a setup program has them.</summary>
    public IReadOnlyList<InstallerPath> MorePaths { get; init; } = [];

    /// <summary>All offers to change PATH.</summary>
    public IReadOnlyList<InstallerPath> Paths => [.. Path is null ? Array.Empty<InstallerPath>() : [Path], .. MorePaths];

    /// <summary>
    /// The installed program whose icon a setup program shows in Apps &amp; Features; null for the uninstaller's. An MSI shows Windows' own
    /// icon.
    /// </summary>
    public string? DisplayIcon { get; init; }

    /// <summary>The setup program that has this product inside, and beside which it is not installed; null: there is none.</summary>
    public IncludingProduct? PartOf { get; init; }

    /// <summary>What only an MSI knows. Null if the product is not packaged as one.</summary>
    public MsiPart? Msi { get; init; }

    /// <summary>What only a setup program knows.</summary>
    public NsisPart Nsis { get; init; } = new();

    /// <summary>The files of all sections.</summary>
    public IEnumerable<InstalledFile> Files => Sections.SelectMany(section => section.Files);

    /// <summary>All sections; those of PATH come last.</summary>
    public IReadOnlyList<InstallerSection> AllSections => [.. Sections, .. Paths.Select(path => path.Section)];

    /// <summary>The ids of the sections that can be left out, in order: the values of a setup program's <c>/COMPONENTS=</c>.</summary>
    public IReadOnlyList<string> OptionalSectionIds =>
        [.. AllSections.Where(section => section.Choice != SectionChoice.Required).Select(section => section.Id)];

    /// <summary>Below HKLM or HKCU: a setup program's key under Apps &amp; Features.</summary>
    /// <param name="id">As <see cref="Id"/>.</param>
    public static string UninstallKeyOf(string id) => $@"Software\Microsoft\Windows\CurrentVersion\Uninstall\{id}";
}

/// <summary>An installer that has another product inside.</summary>
/// <param name="Id">As <see cref="InstallerDescription.Id"/>: its key under Apps &amp; Features.</param>
/// <param name="Name">In Apps &amp; Features.</param>
public sealed record IncludingProduct(string Id, string Name);

/// <summary>The oldest Windows that an installer accepts.</summary>
/// <param name="Name">For people.</param>
/// <param name="Build">Its build number.</param>
public sealed record OldestWindows(string Name, int Build)
{
    /// <summary>What setup programs want, and an MSI unless it says otherwise.</summary>
    public static OldestWindows Ten { get; } = new("Windows 10 version 1803", 17134);

    /// <summary>The first Windows 11.</summary>
    public static OldestWindows Eleven { get; } = new("Windows 11", 22000);
}

/// <summary>A part of a product that people choose or leave out. An MSI calls it a feature.</summary>
/// <param name="Id">
/// A value of <c>/COMPONENTS=</c> or <c>ADDLOCAL=</c>: a lower-case letter, then lower-case letters, digits and <c>_</c>, at most 38
/// characters. It must stay the same in all versions: an upgrade finds the earlier choice by it.
/// </param>
/// <param name="Title">In the list of sections; at most 64 characters.</param>
/// <param name="Description">A sentence for people, shown when the section is pointed at; at most 250 characters.</param>
/// <param name="Choice">Whether it is installed by default.</param>
/// <param name="Files">The files that it installs. A section that has only shortcuts has none.</param>
public sealed record InstallerSection(
    string Id, string Title, string Description, SectionChoice Choice, IReadOnlyList<InstalledFile> Files);

/// <summary>Whether a section is installed if neither a person nor the command line chooses.</summary>
public enum SectionChoice
{
    /// <summary>Always; it cannot be deselected.</summary>
    Required,

    /// <summary>Unless it is deselected.</summary>
    OnByDefault,

    /// <summary>Only if it is selected.</summary>
    OffByDefault,
}

/// <summary>The offer to append a folder to PATH, shown as a section without files.</summary>
/// <param name="Folder">
/// Inside the install folder, with <c>/</c>; empty for the install folder itself, which is the only one that an MSI can take.
/// </param>
/// <param name="Title">In the list of sections.</param>
/// <param name="Description">A sentence for people.</param>
/// <param name="Choice">Whether PATH is changed by default; not <see cref="SectionChoice.Required"/>.</param>
public sealed record InstallerPath(string Folder, string Title, string Description, SectionChoice Choice)
{
    /// <summary>The id of the section, unless there are several.</summary>
    public const string Id = "path";

    /// <summary>The id of the section.</summary>
    public string SectionId { get; init; } = Id;

    /// <summary>The offer as a section.</summary>
    public InstallerSection Section => new(SectionId, Title, Description, Choice, []);
}

/// <summary>An entry in the product's folder of the Start menu.</summary>
/// <param name="Name">The text that people read; the link's file name without its extension.</param>
/// <param name="Target">
/// An installed file by its path inside the install folder, with <c>/</c> (no entry is made if that file is not installed),
/// <see cref="CommandPrompt"/> or <see cref="Uninstaller"/>.
/// </param>
/// <param name="Arguments">For the program, or empty. <see cref="InstallFolder"/> may be part of them.</param>
/// <param name="Section">The id of the section that it belongs to.</param>
public sealed record InstallerShortcut(string Name, string Target, string Arguments, string Section)
{
    /// <summary>The target that is Windows' command prompt, opened in the install folder by a setup program.</summary>
    public const string CommandPrompt = ":command-prompt";

    /// <summary>The target that is the product's uninstaller. An MSI has none.</summary>
    public const string Uninstaller = ":uninstaller";

    /// <summary>In <see cref="Arguments"/>: the install folder, with a backslash at its end.</summary>
    public const string InstallFolder = "[" + MsiPart.InstallFolder + "]";

    /// <summary>The text that is shown when the entry is pointed at, or empty.</summary>
    public string Description { get; init; } = string.Empty;
}
