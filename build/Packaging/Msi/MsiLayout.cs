using System.Globalization;

namespace Qcw.Build.Packaging.Msi;

/// <summary>A description taken apart into folders and components, which both ways of making an MSI write down.</summary>
internal sealed class MsiLayout
{
    private const string RoamingData = "AppDataFolder";

    private readonly MsiDescription description;
    private readonly string root;

    public MsiLayout(MsiDescription description)
    {
        this.description = description;
        root = description.Edition == MsiEdition.PerMachine ? "HKLM" : "HKCU";
        MsiDirectory programs = new(description.Edition == MsiEdition.PerMachine ? "ProgramFiles64Folder" : "LocalAppDataFolder", null);
        MsiDirectory parent = description.Edition == MsiEdition.PerMachine ? programs : programs.Child("Programs", "UserPrograms");
        MsiDirectory installFolder = parent.Child(description.Id, MsiDescription.InstallFolder);
        MsiDirectory menu = new("ProgramMenuFolder", null);
        MsiDirectory settings = new(RoamingData, null);
        AddFiles(installFolder);
        AddRegistration(installFolder);
        AddPath(installFolder);
        AddShortcuts(menu);
        AddConfiguration(settings);
        Folders = [.. new[] { programs, menu, settings }.Where(folder => folder.Children.Count > 0)];
        Components = [.. Folders.SelectMany(ComponentsIn)];
        StagedNames = Components.Select(component => component.File).OfType<InstalledFile>()
            .OrderBy(file => file.Target, StringComparer.Ordinal)
            .Select((file, index) => (file, name: "files/" + index.ToString("D5", CultureInfo.InvariantCulture)))
            .ToDictionary(item => item.file, item => item.name);
    }

    /// <summary>Windows' own folders that something is put into.</summary>
    public IReadOnlyList<MsiDirectory> Folders { get; }

    /// <summary>Everything that is installed.</summary>
    public IReadOnlyList<MsiComponent> Components { get; }

    /// <summary>Where the copy of each file stands, relative to the work folder: paths of this machine are in no source.</summary>
    public IReadOnlyDictionary<InstalledFile, string> StagedNames { get; }

    /// <summary>The components of a feature, sorted.</summary>
    public IEnumerable<MsiComponent> ComponentsOf(MsiFeature feature) =>
        Components.Where(component => component.Feature == feature.Id).OrderBy(component => component.Id, StringComparer.Ordinal);

    private void AddFiles(MsiDirectory installFolder)
    {
        foreach ((InstalledFile file, string feature) in description.Features
            .SelectMany(feature => feature.Files.Select(file => (file, feature.Id))).OrderBy(item => item.file.Target, StringComparer.Ordinal))
        {
            installFolder.Descendant(file.TargetFolder).Add(Component("file", file.Target, feature) with { File = file });
        }
    }

    private void AddRegistration(MsiDirectory installFolder) =>
        installFolder.Add(Component("registry", "product", description.Features[0].Id) with
        {
            Registry =
            [
                new("InstallDir", $"[{MsiDescription.InstallFolder}]"),
                new("Version", description.Version),
                .. description.Choices.Select(choice => new MsiRegistryValue(choice.RegistryName, $"[{choice.Property}]")),
                .. description.RegistryValues,
            ],
        });

    private void AddPath(MsiDirectory installFolder)
    {
        if (description.PathFeature is { } feature)
        {
            installFolder.Add(Component("environment", "PATH", feature.Id) with
            {
                AddsPath = true,
                Registry = [new("PathEntry", $"[{MsiDescription.InstallFolder}]")],
            });
        }
    }

    private void AddShortcuts(MsiDirectory menu)
    {
        foreach (IGrouping<string, MsiShortcut> feature in description.Shortcuts.GroupBy(shortcut => shortcut.Feature))
        {
            MsiDirectory folder = menu.Child(description.MenuFolder, "MenuFolder");
            folder.Add(Component("menu", feature.Key, feature.Key) with
            {
                Shortcuts = [.. feature.OrderBy(shortcut => shortcut.Name, StringComparer.Ordinal)],
                EmptyFolders = [folder.Id],
                Registry = [new($"StartMenu.{feature.Key}", description.MenuFolder)],
            });
        }
    }

    // among one user's settings, whatever the edition: hence a key path of that user
    private void AddConfiguration(MsiDirectory settings)
    {
        if (description.Configuration is { } entry)
        {
            MsiDirectory folder = settings.Descendant(entry.Folder);
            string[] ways = [.. Enumerable.Range(1, entry.Folder.Split('/').Length).Reverse().Select(depth => string.Join('/', entry.Folder.Split('/').Take(depth)))];
            folder.Add(Component("configuration", $"{entry.Folder}/{entry.FileName}", description.Features[0].Id) with
            {
                Configuration = entry,
                EmptyFolders = [.. ways.Select(way => settings.Descendant(way).Id)],
                RegistryRoot = "HKCU",
                Registry = [new("ConfigurationFile", $"[{folder.Id}]{entry.FileName}")],
                Condition = $"{entry.Property}<>\"{entry.ExceptFor}\"",
            });
        }
    }

    private MsiComponent Component(string kind, string name, string feature) =>
        new(MsiNames.Identifier(kind, name), NameBasedGuid.Create(NameBasedGuid.Qcw, $"{description.UpgradeCode}/{description.Edition}/{kind}/{name.ToLowerInvariant()}"), feature)
        {
            RegistryRoot = root,
        };

    private static IEnumerable<MsiComponent> ComponentsIn(MsiDirectory folder) => folder.Components.Concat(folder.Children.SelectMany(ComponentsIn));
}

/// <summary>What Windows Installer installs, counts and removes as one.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Code">Its GUID: the same for the same thing over all versions.</param>
/// <param name="Feature">The id of the feature it belongs to.</param>
internal sealed record MsiComponent(string Id, Guid Code, string Feature)
{
    /// <summary>The identifier of the folder it stands in.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>Its only file, by which it is found (its key path); null: <see cref="Registry"/> has the key path first.</summary>
    public InstalledFile? File { get; init; }

    /// <summary>The file's identifier.</summary>
    public string FileId => Id + ".file";

    /// <summary>The root of its registry values: <c>HKLM</c> or <c>HKCU</c>.</summary>
    public string RegistryRoot { get; init; } = "HKLM";

    /// <summary>Its values in the product's registry key.</summary>
    public IReadOnlyList<MsiRegistryValue> Registry { get; init; } = [];

    /// <summary>Its shortcuts, which stand in its folder.</summary>
    public IReadOnlyList<MsiShortcut> Shortcuts { get; init; } = [];

    /// <summary>True: it appends the install folder to PATH.</summary>
    public bool AddsPath { get; init; }

    /// <summary>The line it writes into a file in its folder, which is made.</summary>
    public MsiConfigurationEntry? Configuration { get; init; }

    /// <summary>Identifiers of folders that are removed with it if they are empty, the innermost first.</summary>
    public IReadOnlyList<string> EmptyFolders { get; init; } = [];

    /// <summary>When it is installed at all; null: always. Evaluated again by a repair.</summary>
    public string? Condition { get; init; }
}

/// <summary>A folder of the target machine.</summary>
/// <param name="id">Its identifier; for one of Windows' own folders the name of the property that leads there.</param>
/// <param name="name">Its name; null for one of Windows' own folders.</param>
internal sealed class MsiDirectory(string id, string? name)
{
    private readonly List<MsiDirectory> children = [];
    private readonly List<MsiComponent> components = [];

    public string Id => id;

    public string? Name => name;

    public IReadOnlyList<MsiDirectory> Children => children;

    public IReadOnlyList<MsiComponent> Components => components;

    /// <summary>The folder of that name in this one.</summary>
    public MsiDirectory Child(string childName, string childId)
    {
        MsiDirectory? child = children.Find(item => string.Equals(item.Name, childName, StringComparison.OrdinalIgnoreCase));
        if (child is null)
        {
            children.Add(child = new MsiDirectory(childId, childName));
        }

        return child;
    }

    /// <summary>The folder at a path with <c>/</c> in this one; the path also gives the identifiers.</summary>
    public MsiDirectory Descendant(string path)
    {
        MsiDirectory folder = this;
        string whole = string.Empty;
        foreach (string part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            whole = whole.Length == 0 ? part : $"{whole}/{part}";
            folder = folder.Child(part, MsiNames.Identifier("folder", $"{id}/{whole}"));
        }

        return folder;
    }

    public void Add(MsiComponent component) => components.Add(component with { Folder = id });
}

/// <summary>How features are chosen by default.</summary>
internal static class MsiFeatures
{
    /// <summary>Features of level 1 are installed unless the command line says otherwise; others only if it says so.</summary>
    public static int Level(MsiFeature feature) => feature.Choice == SectionChoice.OffByDefault ? 1000 : 1;
}

/// <summary>What shortcuts lead to.</summary>
internal static class MsiShortcuts
{
    /// <summary>The target as a formatted text: <c>[#file]</c> is the path of an installed file.</summary>
    public static string Target(MsiShortcut shortcut, MsiLayout layout) =>
        shortcut.Target == MsiShortcut.CommandPrompt
            ? "[System64Folder]cmd.exe"
            : $"[#{layout.Components.First(component => string.Equals(component.File?.Target, shortcut.Target, StringComparison.OrdinalIgnoreCase)).FileId}]";
}
