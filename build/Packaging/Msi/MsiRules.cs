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

    /// <summary>
    /// The directory that the configuration file's folder is below. It is a property of its own, so that Windows' folder of settings, which
    /// may be out of reach, is looked at only if something is written there.
    /// </summary>
    public const string Settings = "QcwSettings";

    /// <summary>Windows Installer's number of the error that a program of the package has failed.</summary>
    public const int ProgramFailed = 1722;

    private const int FirstCheck = 1501; // behind InstallInitialize, 1500

    private const string WindowsBuild = "QCW_WINDOWS_BUILD";

    private static readonly string[] Roots = ["HKLM", "HKCU"];

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
        .. WholeSearches(description),
    ];

    /// <summary>The actions between the searches and the launch conditions, in order.</summary>
    public IReadOnlyList<MsiSetProperty> EarlyActions { get; } =
    [
        Remember(MsiPart.InstallFolder),
        Close(MsiPart.InstallFolder),
        .. msi.Choices.SelectMany(Decide),
        .. msi.Configuration is { } entry ? new[] { Place(entry, msi.Edition), Mark(entry, msi.Edition) } : [],
    ];

    /// <summary>
    /// The commands that fail where an installed program is in use, one for each. They run with the rights of the installation, before
    /// anything is changed. Without them Windows replaces what is free and leaves the rest to the next restart: programs of two versions.
    /// </summary>
    public IReadOnlyList<MsiCommand> Checks { get; } =
        [.. description.Files.Select(file => file.Target).Where(IsProgram).Order(StringComparer.Ordinal)
            .Select((target, index) => Check(target, FirstCheck + index))];

    /// <summary>The number in the sequence at which the checks are carried out: behind the last one.</summary>
    public int ChecksEnd => FirstCheck + Checks.Count;

    /// <summary>When <see cref="Checks"/> run: on an upgrade in the new version only.</summary>
    public static string WhereInstalled => $"{Remembered(MsiPart.InstallFolder)} AND NOT UPGRADINGPRODUCTCODE";

    /// <summary>What is said if one of <see cref="Checks"/> fails, in place of Windows Installer's advice to call the vendor.</summary>
    public string InUseMessage { get; } =
        $"A program of {description.Name} is running, so nothing was changed. {msi.Closing}, then start this again. (Check: [2])";

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
        .. Folder,
        Audience(msi.Edition),
        .. description.PartOf is { } whole ? new[] { NotBeside(description, whole) } : [],
        .. msi.Configuration is { } entry ? new[] { Reachable(entry, msi.Edition) } : [],
        .. msi.Choices.Select(choice => new MsiLaunchCondition(
            string.Join(" OR ", choice.Values.Select(value => $"{choice.Property}=\"{value}\"").Prepend("REMOVE=\"ALL\"")),
            $"{choice.Property} must be one of {string.Join(", ", choice.Values)}, in lower case; it is '[{choice.Property}]'.")),
    ];

    /// <summary>The message for people who start an older version over a newer one.</summary>
    public string DowngradeMessage =>
        $"A newer version of {description.Name} is installed. To go back to {description.Version}, "
        + "uninstall the newer one in Apps & Features, then start this again.";

    /// <summary>
    /// The properties that Apps &amp; Features shows, and two for the case that a file is in use: Windows is never restarted, and nobody's
    /// programs are ended.
    /// </summary>
    public IReadOnlyList<(string Id, string Value)> Properties { get; } =
    [
        ("ARPURLINFOABOUT", description.Homepage.AbsoluteUri),
        ("ARPHELPLINK", (msi.Help ?? description.Homepage).AbsoluteUri),
        .. msi.Comments.Length == 0 ? Array.Empty<(string, string)>() : [("ARPCOMMENTS", msi.Comments)],
        ("ARPSIZE", MsiContent.KilobytesOf(description)),
        ("REBOOT", "ReallySuppress"),
        ("MSIRESTARTMANAGERCONTROL", "Disable"),
    ];

    /// <summary>The properties that the command line may set.</summary>
    public IReadOnlyList<string> Public { get; } = [.. msi.Choices.Select(choice => choice.Property).Prepend(MsiPart.InstallFolder)];

    /// <summary>
    /// The properties that the process with administrator rights takes over from the process that was started. It does not repeat the
    /// searches, so their results are among them.
    /// </summary>
    public IReadOnlyList<string> SecureProperties =>
    [
        .. Public,
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

    private static MsiRegistrySearch[] WholeSearches(InstallerDescription description) => description.PartOf is { } whole
        ?
        [
            .. Roots.Select(root => new MsiRegistrySearch(
                "QCW_WHOLE_" + root, root, InstallerDescription.UninstallKeyOf(whole.Id), "InstallLocation")),
        ]
        : [];

    private static MsiLaunchCondition NotBeside(InstallerDescription description, IncludingProduct whole) => new(
        "Installed OR NOT (" + string.Join(" OR ", WholeSearches(description).Select(search => search.Property)) + ")",
        $"{description.Name} is part of {whole.Name}, which is installed in '"
            + string.Concat(WholeSearches(description).Select(search => $"[{search.Property}]"))
            + "'. Install a newer version of that, or uninstall it first.");

    private static MsiSetProperty Mark(MsiConfigurationEntry entry, MsiEdition edition) =>
        new("MarkConfiguration", ConfigurationFolder, PathOf(entry, edition) + '\\', ConfigurationFound);

    // also where the line of an earlier installation is to be taken out
    private static MsiSetProperty Place(MsiConfigurationEntry entry, MsiEdition edition) => new(
        "PlaceSettings", Settings, $"[{entry.RootOf(edition)}]",
        $"{entry.Property}<>\"{entry.ExceptFor}\" "
            + $"OR ({Remembered(entry.Property)} AND {Remembered(entry.Property)}<>\"{entry.ExceptFor}\")");

    private static MsiLaunchCondition Reachable(MsiConfigurationEntry entry, MsiEdition edition) => new(
        $"REMOVE=\"ALL\" OR {entry.Property}=\"{entry.ExceptFor}\" OR {entry.RootOf(edition)}",
        $"Windows names no folder for settings ({entry.RootOf(edition)}): sign in as a user who has one, or give "
            + $"{entry.Property}={entry.ExceptFor}, which writes none.");

    // one that is remembered may have been accepted by an older version: it can be uninstalled, and left by giving another one
    private static MsiLaunchCondition[] Folder { get; } =
    [
        new(
            $"REMOVE=\"ALL\" OR NOT ({MsiPart.InstallFolder} >< \";\" OR {MsiPart.InstallFolder} >< \"%\")",
            $"{MsiPart.InstallFolder} must be a folder without ; and %, which mean something else on PATH; it is "
                + $"'[{MsiPart.InstallFolder}]'. Give another one."),
        new(
            $"REMOVE=\"ALL\" OR NOT {MsiPart.InstallFolder} OR ({MsiPart.InstallFolder} >< \":\\\" "
                + $"AND NOT ({MsiPart.InstallFolder} >> \":\\\") AND NOT ({MsiPart.InstallFolder} >< \"/\"))",
            $"{MsiPart.InstallFolder} must be the full path of a folder on a drive, with backslashes; it is '[{MsiPart.InstallFolder}]'."),
        new(
            $"NOT Installed OR REMOVE=\"ALL\" OR NOT {Remembered(MsiPart.InstallFolder)} "
                + $"OR {MsiPart.InstallFolder} ~= {Remembered(MsiPart.InstallFolder)}",
            $"It is installed in '[{Remembered(MsiPart.InstallFolder)}]', and stays there: to move it, uninstall it, then install it with "
                + $"{MsiPart.InstallFolder}."),
    ];

    // the other edition is another product, with its own registry key and upgrades
    private static MsiLaunchCondition Audience(MsiEdition edition) => edition == MsiEdition.PerMachine
        ? new(
            "Installed OR (ALLUSERS=\"1\" AND MSIINSTALLPERUSER<>\"1\")",
            "This MSI installs for all users: give neither ALLUSERS nor MSIINSTALLPERUSER. For one user there is another MSI, "
                + "whose name ends in -user.")
        : new(
            "Installed OR NOT ALLUSERS",
            "This MSI installs for one user: do not give ALLUSERS. For all users there is another MSI, whose name does not end in -user.");

    private static bool IsProgram(string target) => target.EndsWith(".exe", StringComparison.OrdinalIgnoreCase);

    // exit is part of what cannot be done where the file cannot be opened for writing, as that of a running program cannot
    private static MsiCommand Check(string target, int sequence)
    {
        string file = $"[{Remembered(MsiPart.InstallFolder)}]{target.Replace('/', '\\')}";
        return new(
            MsiNames.Identifier("free", target),
            $"\"[System64Folder]cmd.exe\" /d /v:off /s /c \"if exist \"{file}\" (>>\"{file}\" exit 0 & exit 1)\"",
            sequence);
    }

    private static string PathOf(MsiConfigurationEntry entry, MsiEdition edition) =>
        $@"[{entry.RootOf(edition)}]{entry.Folder.Replace('/', '\\')}";

    private static MsiSetProperty Remember(string property) =>
        new($"Remember.{property}", property, $"[{Remembered(property)}]", $"NOT {property} AND {Remembered(property)}");

    // as Windows Installer writes a folder, so that it can be compared with the one that is remembered
    private static MsiSetProperty Close(string folder) =>
        new($"Close.{folder}", folder, $"[{folder}]\\", $"{folder} AND NOT ({folder} >> \"\\\")");

    private static string Remembered(string property) => "QCW_REMEMBERED_" + property;
}

/// <summary>A property that an action sets if its condition holds.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="Property">The property.</param>
/// <param name="Value">The value; <c>[PROPERTY]</c> stands for another property.</param>
/// <param name="Condition">The condition; null for always.</param>
internal sealed record MsiSetProperty(string Action, string Property, string Value, string? Condition);

/// <summary>A program that is run, and stops the installation if its exit code is not 0.</summary>
/// <param name="Action">The action's name.</param>
/// <param name="CommandLine">The program and its arguments; <c>[PROPERTY]</c> stands for a property.</param>
/// <param name="Sequence">Its number in the sequence of the installation.</param>
internal sealed record MsiCommand(string Action, string CommandLine, int Sequence);

/// <summary>A property that receives the text of a registry value before anything is decided.</summary>
internal sealed record MsiRegistrySearch(string Property, string Root, string Key, string Name)
{
    public string Id => Property + ".search";
}

/// <summary>A condition that must hold for the installation to start, and the message that is shown if it does not.</summary>
internal sealed record MsiLaunchCondition(string Condition, string Message);
