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
