namespace Qcw.Build.Packaging;

/// <summary>Everything an installer is made from, without a word about how.</summary>
/// <param name="Id">Registry key under Apps &amp; Features and default name of the install folder; keep it over versions, it is how an older one is found.</param>
/// <param name="Name">For people.</param>
/// <param name="Version">Upstream's version text; see <see cref="InstallerVersion"/> for what can be ordered.</param>
/// <param name="Publisher">In Apps &amp; Features and in the file's properties.</param>
/// <param name="Homepage">In Apps &amp; Features.</param>
/// <param name="LicenseFile">Text of the licence page, UTF-8; full path.</param>
/// <param name="Sections">In the order of the components page.</param>
/// <param name="SourceDateEpoch">Time of every installed file, seconds since 1970-01-01 UTC.</param>
public sealed record InstallerDescription(
    string Id,
    string Name,
    string Version,
    string Publisher,
    Uri Homepage,
    string LicenseFile,
    IReadOnlyList<InstallerSection> Sections,
    long SourceDateEpoch)
{
    /// <summary>The section that the installer adds by itself where <see cref="PathFolder"/> is given.</summary>
    public const string PathSectionId = "path";

    /// <summary>The uninstaller's file name in the install folder.</summary>
    public const string UninstallerName = "uninstall.exe";

    /// <summary>Start-menu entries.</summary>
    public IReadOnlyList<InstallerShortcut> Shortcuts { get; init; } = [];

    /// <summary>The folder inside the install folder that goes on PATH when the user asks; empty: the install folder itself; null: nothing to ask.</summary>
    public string? PathFolder { get; init; }

    /// <summary>The installed exe whose icon Apps &amp; Features shows; null: the uninstaller's.</summary>
    public string? DisplayIcon { get; init; }

    /// <summary>Ids of all sections that can be left out, in order: what <c>/COMPONENTS=</c> takes.</summary>
    public IReadOnlyList<string> OptionalSectionIds =>
    [
        .. Sections.Where(section => section.Choice != SectionChoice.Required).Select(section => section.Id),
        .. PathFolder is null ? Array.Empty<string>() : [PathSectionId],
    ];
}

/// <summary>A part of an installer that people choose or leave out.</summary>
/// <param name="Id">Lower-case letters, digits and <c>-</c>: what <c>/COMPONENTS=</c> takes. Keep it over versions; choices are remembered by it.</param>
/// <param name="Title">In the list of components.</param>
/// <param name="Description">A sentence for people, shown while the pointer is on the title.</param>
/// <param name="Choice">Whether it is installed by default.</param>
/// <param name="Files">What it brings; may be empty for a section that has shortcuts only.</param>
public sealed record InstallerSection(
    string Id, string Title, string Description, SectionChoice Choice, IReadOnlyList<InstalledFile> Files);

/// <summary>An entry in the product's folder of the Start menu, for all users.</summary>
/// <param name="Name">What people read; the link's file name without its ending.</param>
/// <param name="Target">
/// An installed file by its path inside the install folder (left out where that file was not chosen),
/// <see cref="CommandPrompt"/> or <see cref="Uninstaller"/>.
/// </param>
/// <param name="Arguments">For the program, or empty.</param>
/// <param name="Section">The id of the section that brings it.</param>
public sealed record InstallerShortcut(string Name, string Target, string Arguments, string Section)
{
    /// <summary>Windows' command prompt, opened in the install folder.</summary>
    public const string CommandPrompt = ":command-prompt";

    /// <summary>The product's uninstaller.</summary>
    public const string Uninstaller = ":uninstaller";
}

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

/// <summary>How an installer's contents are packed.</summary>
public enum InstallerCompression
{
    /// <summary>Smallest, about three times as slow: for releases.</summary>
    Lzma,

    /// <summary>Fast: for tests and for work on the installer itself.</summary>
    Zlib,
}
