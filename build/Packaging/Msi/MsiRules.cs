namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// What an MSI decides before it installs: which settings are remembered, what the default is on this machine, and what stops it. Windows
/// Installer cannot prefer the command line to a remembered value by itself. So a remembered value is read into a property of its own, and
/// an action copies it where the command line gives nothing.
/// </summary>
internal sealed class MsiRules(InstallerDescription description, MsiPart msi)
{
    /// <summary>The property that is set if the same or an older version is installed.</summary>
    public const string OlderFound = "QCW_OLDER_FOUND";

    /// <summary>The property that is set if a newer version is installed.</summary>
    public const string NewerFound = "QCW_NEWER_FOUND";

    /// <summary>The path of the configuration file, set if the file is no longer than what the installer writes.</summary>
    public const string ConfigurationFound = "QCW_CONFIGURATION_FOUND";

    /// <summary>The folder of the configuration file that may be deleted.</summary>
    public const string ConfigurationFolder = "QCW_CONFIGURATION_FOLDER";

    private const string WindowsBuild = "QCW_WINDOWS_BUILD";

    /// <summary>
    /// The values that are read from the registry first. Windows' build is one of them, because Windows Installer itself reports the build
    /// of Windows 8.1 on every later Windows.
    /// </summary>
    public IReadOnlyList<MsiRegistrySearch> Searches { get; } =
    [
        new(WindowsBuild, "HKLM", @"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "CurrentBuildNumber"),
        new(Remembered(MsiPart.InstallFolder), msi.RegistryRoot, msi.RegistryKey, "InstallDir"),
        .. msi.Choices.Select(choice =>
            new MsiRegistrySearch(Remembered(choice.Property), msi.RegistryRoot, msi.RegistryKey, choice.RegistryName)),
        .. msi.Choices.SelectMany(NeighbourSearches),
    ];

    /// <summary>The actions between the searches and the launch conditions, in order.</summary>
    public IReadOnlyList<MsiSetProperty> EarlyActions { get; } =
    [
        Remember(MsiPart.InstallFolder),
        .. msi.Choices.SelectMany(Decide),
        .. msi.Configuration is { } entry ? new[] { Mark(entry, msi.Edition) } : [],
    ];

    /// <summary>The action that tells Apps &amp; Features the install folder. It runs when the folders are known.</summary>
    public MsiSetProperty InstallLocation { get; } = new("SetInstallLocation", "ARPINSTALLLOCATION", $"[{MsiPart.InstallFolder}]", null);

    /// <summary>The condition that no newer version is installed. WiX 5 writes it by itself.</summary>
    public MsiLaunchCondition NotNewer => new($"Installed OR NOT {NewerFound}", DowngradeMessage);

    /// <summary>The other launch conditions.</summary>
    public IReadOnlyList<MsiLaunchCondition> LaunchConditions { get; } =
    [
        new("Installed OR VersionNT64", $"{description.Name} needs a 64-bit Windows."),
        new(
            $"Installed OR {WindowsBuild} >= {msi.OldestWindows.Build}",
            $"{description.Name} needs {msi.OldestWindows.Name} (build {msi.OldestWindows.Build}) or newer; "
                + $"this is build [{WindowsBuild}]."),
        .. msi.Choices.Select(choice => new MsiLaunchCondition(
            string.Join(" OR ", choice.Values.Select(value => $"{choice.Property}=\"{value}\"").Prepend("REMOVE=\"ALL\"")),
            $"{choice.Property} must be one of {string.Join(", ", choice.Values)}, in lower case; it is '[{choice.Property}]'.")),
    ];

    /// <summary>The message for people who start an older version over a newer one.</summary>
    public string DowngradeMessage =>
        $"A newer version of {description.Name} is installed. To go back to {description.Version}, "
        + "uninstall the newer one in Apps & Features, then start this again.";

    /// <summary>The properties that Apps &amp; Features shows.</summary>
    public IReadOnlyList<(string Id, string Value)> Properties { get; } =
    [
        ("ARPURLINFOABOUT", description.Homepage.AbsoluteUri),
        ("ARPHELPLINK", (msi.Help ?? description.Homepage).AbsoluteUri),
        .. msi.Comments.Length == 0 ? Array.Empty<(string, string)>() : [("ARPCOMMENTS", msi.Comments)],
        ("ARPSIZE", MsiContent.KilobytesOf(description)),
    ];

    /// <summary>The properties that the command line may set.</summary>
    public IReadOnlyList<string> Settings { get; } = [.. msi.Choices.Select(choice => choice.Property).Prepend(MsiPart.InstallFolder)];

    /// <summary>
    /// The properties that the process with administrator rights takes over from the process that was started. It does not repeat the
    /// searches, so their results are among them.
    /// </summary>
    public IReadOnlyList<string> SecureProperties =>
    [
        .. Settings,
        .. Searches.Select(search => search.Property),
        .. msi.Configuration is null ? Array.Empty<string>() : [ConfigurationFound],
        OlderFound,
        NewerFound,
    ];

    /// <summary>The largest size of our lines in the configuration file, in bytes.</summary>
    public int LongestConfiguration { get; } = msi.Configuration is { } line
        ? $"[{line.Section}]\r\n{line.Key}=\"\"\r\n".Length
            + msi.Choices.First(choice => choice.Property == line.Property).Values.Max(value => value.Length)

            // Windows may write an empty line before a section
            + line.Folders.Sum(folders => $"\r\n[{folders.Section}]\r\n{folders.Key}={folders.Written}\r\n".Length)
        : 0;

    /// <summary>The folder of the configuration file, as Windows Installer formats it.</summary>
    public string ConfigurationPathOf(MsiConfigurationEntry entry) => PathOf(entry, msi.Edition);

    // no action changes what the command line or an action before it has set
    private static IEnumerable<MsiSetProperty> Decide(MsiChoice choice) =>
    [
        Remember(choice.Property),
        .. NeighbourSearches(choice).Select(search => new MsiSetProperty(
            $"Yield.{search.Property}", choice.Property, choice.Neighbour!.Default, $"NOT {choice.Property} AND {search.Property}")),
        new($"Default.{choice.Property}", choice.Property, choice.Default, $"NOT {choice.Property}"),
    ];

    // both roots in either edition: the two products share the settings of a user, who may have either
    private static IEnumerable<MsiRegistrySearch> NeighbourSearches(MsiChoice choice) => choice.Neighbour is not { } neighbour
        ? []
        : neighbour.RegistryKeys.SelectMany(key => new[] { (Root: "HKLM", Key: key), (Root: "HKCU", Key: key) })
            .Select((place, index) => new MsiRegistrySearch(
                $"QCW_NEIGHBOUR_{index + 1}_{choice.Property}", place.Root, place.Key, neighbour.RegistryName));

    private static MsiSetProperty Mark(MsiConfigurationEntry entry, MsiEdition edition) =>
        new("MarkConfiguration", ConfigurationFolder, PathOf(entry, edition) + '\\', ConfigurationFound);

    private static string PathOf(MsiConfigurationEntry entry, MsiEdition edition) =>
        $@"[{entry.RootOf(edition)}]{entry.Folder.Replace('/', '\\')}";

    private static MsiSetProperty Remember(string property) =>
        new($"Remember.{property}", property, $"[{Remembered(property)}]", $"NOT {property} AND {Remembered(property)}");

    private static string Remembered(string property) => "QCW_REMEMBERED_" + property;
}

/// <summary>A property that an action sets if its condition holds.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Property">The property.</param>
/// <param name="Value">The value; <c>[PROPERTY]</c> stands for another property.</param>
/// <param name="Condition">The condition; null for always.</param>
internal sealed record MsiSetProperty(string Action, string Property, string Value, string? Condition);

/// <summary>A property that receives the text of a registry value before anything is decided.</summary>
internal sealed record MsiRegistrySearch(string Property, string Root, string Key, string Name)
{
    public string Id => Property + ".search";
}

/// <summary>A condition that must hold for the installation to start, and the message that is shown if it does not.</summary>
internal sealed record MsiLaunchCondition(string Condition, string Message);
