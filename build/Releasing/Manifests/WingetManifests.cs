using System.Globalization;
using Qcw.Build.Packaging.Msi;
using Qcw.Build.Packaging.Nsis;
using YamlDotNet.Serialization;

namespace Qcw.Build.Releasing.Manifests;

/// <summary>Writes the three files that winget wants of a package: version, installers, and texts in English (schema 1.12.0).</summary>
public static class WingetManifests
{
    private const string SchemaVersion = "1.12.0";
    private const string Locale = "en-US";
    private const string InstallPath = "<INSTALLPATH>"; // winget puts the folder there that its user wants

    private static readonly ISerializer Yaml = new SerializerBuilder().WithQuotingNecessaryStrings().WithNewLine("\n").Build();

    /// <summary>The three files, in the folders of winget's own repository.</summary>
    /// <exception cref="BuildException">A field breaks a rule of the schema; the message names it.</exception>
    public static IReadOnlyList<ManifestFile> Write(Package package, ManifestAddresses addresses)
    {
        string folder =
            $"winget/manifests/{char.ToLowerInvariant(package.Identifier[0])}/{package.Identifier.Replace('.', '/')}/"
            + $"{package.Version}/{package.Identifier}";
        return
        [
            File(folder + ".yaml", package, "version", WingetRules.Version, [("DefaultLocale", Locale)]),
            File(folder + ".installer.yaml", package, "installer", WingetRules.Installer, Installer(package, addresses)),
            File($"{folder}.locale.{Locale}.yaml", package, "defaultLocale", WingetRules.DefaultLocale, Texts(package, addresses)),
        ];
    }

    private static ManifestFile File(
        string path, Package package, string type, IReadOnlyList<FieldRule> rules, IEnumerable<(string Name, object? Value)> fields)
    {
        OrderedDictionary<string, object> tree = ManifestFields.Of([
            ("PackageIdentifier", package.Identifier),
            ("PackageVersion", package.Version),
            .. fields,
            ("ManifestType", type),
            ("ManifestVersion", SchemaVersion),
        ]);
        FieldRules.Check(path, tree, rules);
        return new ManifestFile(
            path,
            $"# yaml-language-server: $schema=https://aka.ms/winget-manifest.{type}.{SchemaVersion}.schema.json\n\n{Yaml.Serialize(tree)}");
    }

    private static IEnumerable<(string Name, object? Value)> Installer(Package package, ManifestAddresses addresses) =>
    [
        ("Platform", new[] { "Windows.Desktop" }),
        ("MinimumOSVersion", string.Create(CultureInfo.InvariantCulture, $"10.0.{package.OldestWindows.Build}.0")),
        ("InstallerType", package.Format == InstallerFormat.Nsis ? "nullsoft" : "wix"),
        ("InstallModes", new[] { "interactive", "silent", "silentWithProgress" }),
        ("InstallerSwitches", package.Format == InstallerFormat.Nsis ? SetupSwitches() : MsiSwitches()),
        ("ExpectedReturnCodes", package.Format == InstallerFormat.Nsis ? SetupCodes() : null), // winget knows those of Windows Installer
        ("UpgradeBehavior", "install"), // ours remove the version that is there themselves, and keep what was chosen for it
        ("Commands", package.Commands.ToArray()),
        ("UnsupportedArguments", package.Format == InstallerFormat.Nsis ? new[] { "log" } : null),
        ("Installers", package.Installers.Select(installer => Entry(package, installer, addresses)).ToArray<object>()),
    ];

    // the folder goes last, where winget puts it: NSIS takes all that follows for it
    private static OrderedDictionary<string, object> SetupSwitches() =>
        ManifestFields.Of(("Silent", "/S"), ("SilentWithProgress", "/S"), ("InstallLocation", "/D=" + InstallPath));

    private static OrderedDictionary<string, object> MsiSwitches() =>
        ManifestFields.Of(("InstallLocation", $"{MsiPart.InstallFolder}=\"{InstallPath}\""));

    private static object[] SetupCodes() =>
        [
            Code(NsisExitCode.Cancelled, "cancelledByUser"),
            Code(NsisExitCode.Usage, "invalidParameter"),
            Code(NsisExitCode.Windows, "systemNotSupported"),
            Code(NsisExitCode.Downgrade, "downgrade"),
            Code(NsisExitCode.InUse, "packageInUse"),
            Code(NsisExitCode.Rights, "cancelledByUser"),
            Code(NsisExitCode.Part, "alreadyInstalled"),
        ];

    private static OrderedDictionary<string, object> Code(NsisExitCode code, string response) =>
        ManifestFields.Of(("InstallerReturnCode", (int)code), ("ReturnResponse", response));

    private static OrderedDictionary<string, object> Entry(Package package, PackageInstaller installer, ManifestAddresses addresses) =>
        ManifestFields.Of(
            ("Architecture", installer.File.Architecture == Architecture.Arm64 ? "arm64" : "x64"),
            ("Scope", installer.ForAllUsers ? "machine" : "user"), ("InstallerUrl", addresses.Download(installer.File.Name)),
            ("InstallerSha256", installer.File.Sha256.ToUpperInvariant()), // as winget's own tools write it
            ("InstallerSwitches", package.Format == InstallerFormat.Nsis ? EditionSwitch(installer) : null),
            ("ProductCode", installer.ProductCode),
            (
                "AppsAndFeaturesEntries",
                new object[]
                {
                    ManifestFields.Of(
                        ("DisplayName", installer.DisplayName),
                        ("Publisher", installer.DisplayPublisher),
                        ("DisplayVersion", installer.DisplayVersion),
                        ("ProductCode", installer.ProductCode),
                        ("UpgradeCode", installer.UpgradeCode)),
                }),
            ("ElevationRequirement", package.Format == InstallerFormat.Nsis && installer.ForAllUsers ? "elevatesSelf" : null));

    // it adds to the switches of the whole manifest, and winget puts it before the folder
    private static OrderedDictionary<string, object> EditionSwitch(PackageInstaller installer) =>
        ManifestFields.Of(("Custom", installer.ForAllUsers ? "/AllUsers" : "/CurrentUser"));

    private static IEnumerable<(string Name, object? Value)> Texts(Package package, ManifestAddresses addresses) =>
        [
            ("PackageLocale", Locale),
            ("Publisher", Publisher.Name),
            ("PublisherUrl", Publisher.Repository),
            ("PublisherSupportUrl", Publisher.Repository + "/issues"),
            ("PackageName", package.Name),
            ("PackageUrl", Publisher.Repository),
            ("License", package.Licence),
            ("LicenseUrl", package.LicenceUrl.AbsoluteUri),
            ("ShortDescription", package.Summary),
            ("Description", package.Description),
            ("Tags", package.Tags.ToArray()),
            ("ReleaseNotesUrl", addresses.Notes),
            ("InstallationNotes", package.InstallationNotes),
            (
                "Documentations",
                new object[] { ManifestFields.Of(("DocumentLabel", "The installer"), ("DocumentUrl", addresses.Page(package.Guide))) }),
        ];
}
