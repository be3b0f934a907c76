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
