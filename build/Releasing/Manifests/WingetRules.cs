namespace Qcw.Build.Releasing.Manifests;

/// <summary>
/// What winget's schemas of version 1.12.0 say of the fields that we write: microsoft/winget-cli, schemas/JSON/manifests/v1.12.0.
/// </summary>
public static class WingetRules
{
    private const string Address = "https://.+";
    private const string Identifier = @"[^.\s\\/:*?""<>|\x01-\x1f]{1,32}(\.[^.\s\\/:*?""<>|\x01-\x1f]{1,32}){1,7}";
    private const string VersionText = @"[A-Za-z0-9.+_-]+"; // stricter than winget: Scoop's, and what an address can contain
    private const string Hash = "[A-Fa-f0-9]{64}";
    private const string OperatingSystemVersion = @"[0-9]{1,5}(\.[0-9]{1,5}){0,3}";

    /// <summary>The file that only names the others.</summary>
    public static IReadOnlyList<FieldRule> Version { get; } =
    [
        .. Common("version"),
        Text("DefaultLocale", 20) with { IsRequired = true, Allowed = ["en-US"] },
    ];

    /// <summary>The installers.</summary>
    public static IReadOnlyList<FieldRule> Installer { get; } =
    [
        .. Common("installer"),
        Text("Platform", 2) with { IsList = true, Allowed = ["Windows.Desktop", "Windows.Universal"] },
        Text("MinimumOSVersion", 23) with { Pattern = OperatingSystemVersion },
        Text("InstallerType", 20) with { IsRequired = true, Allowed = ["nullsoft", "wix"] },
        Text("InstallModes", 3) with { IsList = true, Allowed = ["interactive", "silent", "silentWithProgress"] },
        new("InstallerSwitches", FieldKind.Fields),
        Text("InstallerSwitches/Silent", 512),
        Text("InstallerSwitches/SilentWithProgress", 512),
        Text("InstallerSwitches/InstallLocation", 512) with { Pattern = ".*<INSTALLPATH>.*" },
        new("ExpectedReturnCodes", FieldKind.Fields) { IsList = true, Longest = 128 },
        new("ExpectedReturnCodes/InstallerReturnCode", FieldKind.Number) { IsRequired = true },
        Text("ExpectedReturnCodes/ReturnResponse", 40) with
        {
            IsRequired = true,
            Allowed =
            [
                "packageInUse",
                "fileInUse",
                "diskFull",
                "invalidParameter",
                "contactSupport",
                "cancelledByUser",
                "alreadyInstalled",
                "downgrade",
                "blockedByPolicy",
                "systemNotSupported",
            ],
        },
        Text("UpgradeBehavior", 20) with
        {
            Allowed = ["install", "uninstallPrevious", "deny"],
        },
        Text("Commands", 16) with
        {
            IsList = true,
            Pattern = ".{1,40}",
        },
        Text("UnsupportedArguments", 2) with
        {
            IsList = true,
            Allowed = ["log", "location"],
        },
        new("Installers", FieldKind.Fields)
        {
            IsRequired = true,
            IsList = true,
            Longest = 1024,
        },
        Text("Installers/Architecture", 10) with
        {
            IsRequired = true,
            Allowed = ["x64", "arm64"],
        },
        Text("Installers/Scope", 10) with
        {
            IsRequired = true,
            Allowed = ["user", "machine"],
        },
        Text("Installers/InstallerUrl", 2048) with
        {
            IsRequired = true,
            Pattern = Address,
        },
        Text("Installers/InstallerSha256", 64) with
        {
            IsRequired = true,
            Pattern = Hash,
        },
        new("Installers/InstallerSwitches", FieldKind.Fields),
        Text("Installers/InstallerSwitches/Custom", 2048),
        Text("Installers/ProductCode", 255) with
        {
            IsRequired = true,
        },
        new("Installers/AppsAndFeaturesEntries", FieldKind.Fields) { IsList = true, Longest = 128 },
        Text("Installers/AppsAndFeaturesEntries/DisplayName", 256),
        Text("Installers/AppsAndFeaturesEntries/Publisher", 256),
        Text("Installers/AppsAndFeaturesEntries/DisplayVersion", 128),
        Text("Installers/AppsAndFeaturesEntries/ProductCode", 255),
        Text("Installers/AppsAndFeaturesEntries/UpgradeCode", 255),
        Text("Installers/ElevationRequirement", 30) with { Allowed = ["elevationRequired", "elevationProhibited", "elevatesSelf"] },
    ];

    /// <summary>The texts.</summary>
    public static IReadOnlyList<FieldRule> DefaultLocale { get; } =
    [
        .. Common("defaultLocale"),
        Text("PackageLocale", 20) with { IsRequired = true, Allowed = ["en-US"] },
        Text("Publisher", 256) with { IsRequired = true, Shortest = 2 },
        Text("PublisherUrl", 2048) with { Pattern = Address },
        Text("PublisherSupportUrl", 2048) with { Pattern = Address },
        Text("PackageName", 256) with { IsRequired = true, Shortest = 2 },
        Text("PackageUrl", 2048) with { Pattern = Address },
        Text("License", 512) with { IsRequired = true, Shortest = 3 },
        Text("LicenseUrl", 2048) with { Pattern = Address },
        Text("ShortDescription", 256) with { IsRequired = true, Shortest = 3 },
        Text("Description", 10000) with { Shortest = 3 },
        Text("Tags", 16) with { IsList = true, Pattern = @"\S{1,40}" },
        Text("ReleaseNotesUrl", 2048) with { Pattern = Address },
        Text("InstallationNotes", 10000),
        new("Documentations", FieldKind.Fields) { IsList = true, Longest = 256 },
        Text("Documentations/DocumentLabel", 100),
        Text("Documentations/DocumentUrl", 2048) with { Pattern = Address },
    ];

    private static IReadOnlyList<FieldRule> Common(string type) =>
    [
        Text("PackageIdentifier", 128) with { IsRequired = true, Pattern = Identifier },
        Text("PackageVersion", 128) with { IsRequired = true, Pattern = VersionText },
        Text("ManifestType", 20) with { IsRequired = true, Allowed = [type] },
        Text("ManifestVersion", 20) with { IsRequired = true, Allowed = ["1.12.0"] },
    ];

    private static FieldRule Text(string path, int longest) => new(path, FieldKind.Text) { Longest = longest };
}
