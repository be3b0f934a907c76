using System.Globalization;

namespace Qcw.Build.Packaging.Msi;

/// <summary>A description taken apart into the folders and components of an MSI.</summary>
internal sealed class MsiLayout
{
    private readonly InstallerDescription description;
    private readonly MsiPart msi;

    public MsiLayout(InstallerDescription description, MsiPart msi)
    {
        this.description = description;
        this.msi = msi;
        bool perMachine = msi.Edition == MsiEdition.PerMachine;
        MsiDirectory programs = new(perMachine ? "ProgramFiles64Folder" : "LocalAppDataFolder", null);
        MsiDirectory parent = perMachine ? programs : programs.Child("Programs", "UserPrograms");
        MsiDirectory installFolder = parent.Child(description.Id, MsiPart.InstallFolder);
        MsiDirectory menu = new("ProgramMenuFolder", null);
        MsiDirectory settings = new(MsiRules.Settings, ".");
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

    /// <summary>Windows' own folders that receive something, and the one of the settings.</summary>
    public IReadOnlyList<MsiDirectory> Folders { get; }

    /// <summary>Everything that is installed.</summary>
    public IReadOnlyList<MsiComponent> Components { get; }

    /// <summary>The path of each file's copy, relative to the work folder, so that no path of this machine gets into a source.</summary>
    public IReadOnlyDictionary<InstalledFile, string> StagedNames { get; }

    /// <summary>The components of a section, sorted.</summary>
    public IEnumerable<MsiComponent> ComponentsOf(InstallerSection section) =>
        Components.Where(component => component.Feature == section.Id).OrderBy(component => component.Id, StringComparer.Ordinal);

    /// <summary>A shortcut's target as a formatted text: <c>[#file]</c> is the path of an installed file.</summary>
    public string TargetOf(InstallerShortcut shortcut)
    {
        if (shortcut.Target == InstallerShortcut.CommandPrompt)
        {
            return "[System64Folder]cmd.exe";
        }

        MsiComponent target = Components.First(component =>
            string.Equals(component.File?.Target, shortcut.Target, StringComparison.OrdinalIgnoreCase));
        return $"[#{target.FileId}]";
    }

    /// <summary>
    /// The install level: a section of level 1 is installed unless the command line says otherwise, one of a higher level only if it says
    /// so.
    /// </summary>
    public static int LevelOf(InstallerSection section) => section.Choice == SectionChoice.OffByDefault ? 1000 : 1;

    private void AddFiles(MsiDirectory installFolder)
    {
        foreach ((InstalledFile file, string section) in description.Sections
            .SelectMany(section => section.Files.Select(file => (file, section.Id)))
            .OrderBy(item => item.file.Target, StringComparer.Ordinal))
        {
            installFolder.Descendant(file.TargetFolder).Add(Component("file", file.Target, section) with { File = file });
        }
    }

    private void AddRegistration(MsiDirectory installFolder) =>
        installFolder.Add(Component("registry", "product", description.Sections[0].Id) with
        {
            Registry =
            [
                new("InstallDir", $"[{MsiPart.InstallFolder}]"),
                new("Version", description.Version.Text),
                .. msi.Choices.Select(choice => new MsiRegistryValue(choice.RegistryName, $"[{choice.Property}]")),
            ],
        });

    private void AddPath(MsiDirectory installFolder)
    {
        if (description.Path is not null)
        {
            installFolder.Add(Component("environment", "PATH", InstallerPath.Id) with
            {
                AddsPath = true,
                Registry = [new("PathEntry", $"[{MsiPart.InstallFolder}]")],
            });
        }
    }

    private void AddShortcuts(MsiDirectory menu)
    {
        foreach (IGrouping<string, InstallerShortcut> section in description.Shortcuts.GroupBy(shortcut => shortcut.Section))
        {
            MsiDirectory folder = menu.Child(description.MenuFolder, "MenuFolder");
            folder.Add(Component("menu", section.Key, section.Key) with
            {
                Shortcuts = [.. section.OrderBy(shortcut => shortcut.Name, StringComparer.Ordinal)],
                EmptyFolders = [folder.Id],
                Registry = [new($"StartMenu.{section.Key}", description.MenuFolder)],
            });
        }
    }

    // a line among one user's settings has its key path in that user's registry
    private void AddConfiguration(MsiDirectory settings)
    {
        if (msi.Configuration is { } entry)
        {
            // another folder is another component
            string root = entry.RootOf(msi.Edition);
            bool ofUser = root == "AppDataFolder";
            string place = ofUser ? entry.Folder : $"{root}/{entry.Folder}";
            string[] parts = entry.Folder.Split('/');
            IEnumerable<string> innermostFirst = Enumerable.Range(1, parts.Length).Reverse()
                .Select(depth => string.Join('/', parts.Take(depth)));
            MsiDirectory folder = settings.Descendant(entry.Folder);
            folder.Add(Component("configuration", $"{place}/{entry.FileName}", description.Sections[0].Id) with
            {
                Configuration = entry,
                EmptyFolders = [.. innermostFirst.Select(path => settings.Descendant(path).Id)],
                RegistryRoot = ofUser ? "HKCU" : msi.RegistryRoot,
                Registry = [new("ConfigurationFile", $"[{folder.Id}]{entry.FileName}")],
                Condition = $"{entry.Property}<>\"{entry.ExceptFor}\"",
            });
        }
    }

    private MsiComponent Component(string kind, string name, string section)
    {
        string identity = $"{msi.UpgradeCode}/{msi.Edition}/{kind}/{name.ToLowerInvariant()}";
        return new MsiComponent(MsiNames.Identifier(kind, name), NameBasedGuid.Create(NameBasedGuid.Qcw, identity), section)
        {
            RegistryRoot = msi.RegistryRoot,
        };
    }

    private static IEnumerable<MsiComponent> ComponentsIn(MsiDirectory folder) =>
        folder.Components.Concat(folder.Children.SelectMany(ComponentsIn));
}

/// <summary>What Windows Installer installs, counts and removes as one.</summary>
/// <param name="Id">The identifier in the tables.</param>
/// <param name="Code">The GUID. The same thing has the same one in all versions.</param>
/// <param name="Feature">The id of the section that it belongs to.</param>
internal sealed record MsiComponent(string Id, Guid Code, string Feature)
{
    /// <summary>The identifier of the folder that it is in.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>The only file, which is the key path. Null if the first value of <see cref="Registry"/> is the key path.</summary>
    public InstalledFile? File { get; init; }

    /// <summary>The file's identifier.</summary>
    public string FileId => Id + ".file";

    /// <summary>The root of the registry values: <c>HKLM</c> or <c>HKCU</c>.</summary>
    public string RegistryRoot { get; init; } = "HKLM";

    /// <summary>The values in the product's registry key.</summary>
    public IReadOnlyList<MsiRegistryValue> Registry { get; init; } = [];

    /// <summary>The shortcuts, which are in the component's folder.</summary>
    public IReadOnlyList<InstallerShortcut> Shortcuts { get; init; } = [];

    /// <summary>Whether the component appends the install folder to PATH.</summary>
    public bool AddsPath { get; init; }

    /// <summary>The line that it writes into a file in its folder, or null. The folder is made.</summary>
    public MsiConfigurationEntry? Configuration { get; init; }

    /// <summary>The identifiers of the folders that are removed with it if they are empty, the innermost first.</summary>
    public IReadOnlyList<string> EmptyFolders { get; init; } = [];

    /// <summary>When it is installed, or null for always. A repair evaluates it again.</summary>
    public string? Condition { get; init; }
}

/// <summary>A text in the product's registry key.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Text">The text to write; <c>[PROPERTY]</c> stands for a property of the installation.</param>
internal sealed record MsiRegistryValue(string Name, string Text);

/// <summary>A folder of the target machine.</summary>
/// <param name="id">The identifier; for one of Windows' own folders the name of the property that leads there.</param>
/// <param name="name">The folder's name; null for one of Windows' own folders.</param>
internal sealed class MsiDirectory(string id, string? name)
{
    private readonly List<MsiDirectory> children = [];
    private readonly List<MsiComponent> components = [];

    public string Id => id;

    public string? Name => name;

    public IReadOnlyList<MsiDirectory> Children => children;

    public IReadOnlyList<MsiComponent> Components => components;

    /// <summary>The subfolder of that name. It is added if it does not exist.</summary>
    public MsiDirectory Child(string childName, string childId)
    {
        MsiDirectory? child = children.Find(item => string.Equals(item.Name, childName, StringComparison.OrdinalIgnoreCase));
        if (child is null)
        {
            children.Add(child = new MsiDirectory(childId, childName));
        }

        return child;
    }

    /// <summary>The folder at a path with <c>/</c> in this one, added if necessary. The path also gives the identifiers.</summary>
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
