namespace Qcw.Build.Packaging.Msi;

/// <summary>A property that an action sets, where its condition holds.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Property">What is set.</param>
/// <param name="Value">To what; <c>[PROPERTY]</c> stands for another one.</param>
/// <param name="Condition">When; null: always.</param>
internal sealed record MsiSetProperty(string Action, string Property, string Value, string? Condition);

/// <summary>A property that gets a registry value's text before anything is decided.</summary>
internal sealed record MsiRegistrySearch(string Property, string Root, string Key, string Name)
{
    public string Id => Property + ".search";
}

/// <summary>What must hold, and the sentence for when it does not.</summary>
internal sealed record MsiLaunchCondition(string Condition, string Message);

/// <summary>
/// What an MSI decides before it installs: what is remembered, what is the default here, and what stops it. Windows Installer cannot
/// prefer the command line to a remembered value by itself, so this is looked up into a property of its own, and actions
/// carry it over where the command line says nothing.
/// </summary>
internal sealed class MsiRules(MsiDescription description)
{
    /// <summary>Set where the same or an older version is installed.</summary>
    public const string OlderFound = "QCW_OLDER_FOUND";

    /// <summary>Set where a newer version is installed.</summary>
    public const string NewerFound = "QCW_NEWER_FOUND";

    /// <summary>The path of the configuration file, set where it is no longer than what the installer writes.</summary>
    public const string ConfigurationFound = "QCW_CONFIGURATION_FOUND";

    /// <summary>The folder of the configuration file that may be deleted.</summary>
    public const string ConfigurationFolder = "QCW_CONFIGURATION_FOLDER";

    private const string WindowsBuild = "QCW_WINDOWS_BUILD";

    /// <summary>Windows Installer itself gives the build of Windows 8.1 on every later Windows; the registry has the true one.</summary>
    public IReadOnlyList<MsiRegistrySearch> Searches { get; } =
    [
        new(WindowsBuild, "HKLM", @"SOFTWARE\Microsoft\Windows NT\CurrentVersion", "CurrentBuildNumber"),
        new(Remembered(MsiDescription.InstallFolder), Root(description), description.RegistryKey, "InstallDir"),
        .. description.Choices.Select(choice => new MsiRegistrySearch(Remembered(choice.Property), Root(description), description.RegistryKey, choice.RegistryName)),
        .. description.Choices.SelectMany(NeighbourSearches),
    ];

    /// <summary>In this order, between the searches and the launch conditions.</summary>
    public IReadOnlyList<MsiSetProperty> EarlyActions { get; } =
    [
        Remember(MsiDescription.InstallFolder),
        .. description.Choices.SelectMany(Decide),
        .. description.Configuration is { } entry
            ? new[] { new MsiSetProperty("MarkConfiguration", ConfigurationFolder, $@"[AppDataFolder]{entry.Folder.Replace('/', '\\')}\", ConfigurationFound) }
            : [],
    ];

    /// <summary>When the folders are known.</summary>
    public MsiSetProperty InstallLocation { get; } = new("SetInstallLocation", "ARPINSTALLLOCATION", $"[{MsiDescription.InstallFolder}]", null);

    /// <summary>That a newer version is installed, which WiX 5 writes by itself.</summary>
    public MsiLaunchCondition NotNewer => new($"Installed OR NOT {NewerFound}", DowngradeMessage);

    /// <summary>The other ones.</summary>
    public IReadOnlyList<MsiLaunchCondition> LaunchConditions { get; } =
    [
        new("Installed OR VersionNT64", $"{description.Name} needs a 64-bit Windows."),
        new(
            $"Installed OR {WindowsBuild} >= {MsiDescription.OldestWindowsBuild}",
            $"{description.Name} needs Windows 10 version 1803 (build {MsiDescription.OldestWindowsBuild}) or newer; this is build [{WindowsBuild}]."),
        .. description.Choices.Select(choice => new MsiLaunchCondition(
            string.Join(" OR ", choice.Values.Select(value => $"{choice.Property}=\"{value}\"").Prepend("REMOVE=\"ALL\"")),
            $"{choice.Property} must be one of {string.Join(", ", choice.Values)}, in lower case; it is '[{choice.Property}]'.")),
    ];

    /// <summary>For whoever starts an older version over a newer one.</summary>
    public string DowngradeMessage =>
        $"A newer version of {description.Name} is installed. To go back to {description.Version}, uninstall the newer one in Apps & Features, then start this again.";

    /// <summary>Texts of Apps &amp; Features.</summary>
    public IReadOnlyList<(string Id, string Value)> Properties { get; } =
    [
        ("ARPURLINFOABOUT", description.Homepage.AbsoluteUri),
        ("ARPHELPLINK", (description.Help ?? description.Homepage).AbsoluteUri),
        .. description.Comments.Length == 0 ? Array.Empty<(string, string)>() : [("ARPCOMMENTS", description.Comments)],
        ("ARPSIZE", MsiContent.KilobytesOf(description)),
        .. description.Icon is null ? Array.Empty<(string, string)>() : [("ARPPRODUCTICON", IconId)],
    ];

    /// <summary>The icon's identifier, which must end like the file.</summary>
    public const string IconId = "product.ico";

    /// <summary>What the command line may set.</summary>
    public IReadOnlyList<string> Settings { get; } = [.. description.Choices.Select(choice => choice.Property).Prepend(MsiDescription.InstallFolder)];

    /// <summary>
    /// What the part of Windows Installer that has the rights takes over from the one that was started. It does not repeat
    /// the searches of the latter, so their results are among it.
    /// </summary>
    public IReadOnlyList<string> SecureProperties =>
    [
        .. Settings, .. Searches.Select(search => search.Property), .. description.Configuration is null ? Array.Empty<string>() : [ConfigurationFound], OlderFound, NewerFound,
    ];

    /// <summary>What our lines take in the configuration file at most, in bytes.</summary>
    public int LongestConfiguration { get; } = description.Configuration is { } line
        ? $"[{line.Section}]\r\n{line.Key}=\"\"\r\n".Length + description.Choices.First(choice => choice.Property == line.Property).Values.Max(value => value.Length)
        : 0;

    // each one leaves alone what one before it, or the command line, has set
    private static IEnumerable<MsiSetProperty> Decide(MsiChoice choice) =>
    [
        Remember(choice.Property),
        .. NeighbourSearches(choice).Select(search =>
            new MsiSetProperty($"Yield.{search.Property}", choice.Property, choice.Neighbour!.Default, $"NOT {choice.Property} AND {search.Property}")),
        new($"Default.{choice.Property}", choice.Property, choice.Default, $"NOT {choice.Property}"),
    ];

    // both roots whatever the edition: what is shared are the settings of a user, who may have either
    private static IEnumerable<MsiRegistrySearch> NeighbourSearches(MsiChoice choice) => choice.Neighbour is not { } neighbour
        ? []
        : neighbour.RegistryKeys.SelectMany(key => new[] { (Root: "HKLM", Key: key), (Root: "HKCU", Key: key) })
            .Select((place, index) => new MsiRegistrySearch($"QCW_NEIGHBOUR_{index + 1}_{choice.Property}", place.Root, place.Key, neighbour.RegistryName));

    private static MsiSetProperty Remember(string property) =>
        new($"Remember.{property}", property, $"[{Remembered(property)}]", $"NOT {property} AND {Remembered(property)}");

    private static string Remembered(string property) => "QCW_REMEMBERED_" + property;

    private static string Root(MsiDescription description) => description.Edition == MsiEdition.PerMachine ? "HKLM" : "HKCU";
}
