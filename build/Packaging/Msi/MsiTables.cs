using System.Globalization;
using Qcw.Build.Packaging.Pe;

namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// The tables of an MSI that wixl 0.101 does not write, and changes to those that it writes incompletely. The numbers are those of
/// Microsoft's "Windows Installer database tables".
/// </summary>
internal sealed class MsiTables(MsiPlan plan)
{
    /// <summary>The key of the row that changes PATH.</summary>
    public const string PathRow = "AppendToPath";

    /// <summary>The key of the row that writes the first line of the configuration file.</summary>
    public const string ConfigurationRow = "ConfigurationLine";

    /// <summary>The key of the row that writes a line of the configuration file.</summary>
    /// <param name="line">0 for the first one.</param>
    public static string ConfigurationRowOf(int line) => line == 0 ? ConfigurationRow : $"{ConfigurationRow}.{line + 1}";

    private const int Transitive = 64; // the component's condition is evaluated again by a repair
    private const int ProgramInFolder = 34;
    private const int InScript = 1024;
    private const int NoImpersonate = 2048;
    private const int NoAdvertise = 8;
    private const int NotAbsent = 16;
    private const int OnUninstall = 2;
    private const int OnlyDetect = 2;
    private const int MigrateFeatures = 1;
    private const int IncludeMinimum = 256;
    private const int IncludeMaximum = 512;

    /// <summary>The tables that wixl writes and <see cref="Complete"/> changes.</summary>
    public static IReadOnlyList<string> Changed { get; } =
    [
        "AppSearch", "Component", "CustomAction", "Directory", "Feature", "File", "InstallExecuteSequence", "MsiFileHash", "Property",
        "Shortcut",
    ];

    /// <summary>The tables that replace what wixl writes, or that it does not know.</summary>
    public IEnumerable<IdtTable> New() =>
    [
        Upgrade(),
        new(
            "Error", ["Error i2", "Message L0"], 1,
            plan.Rules.Checks.Take(1).Select(_ => new[] { Number(MsiRules.ProgramFailed), plan.Rules.InUseMessage })),
        new("Environment", ["Environment s72", "Name l255", "Value L255", "Component_ s72"], 1, plan.Layout.Components
            .Where(component => component.AddsPath)
            .Select(component => new[] { PathRow, PathName, $"[~];[{MsiPart.InstallFolder}]", component.Id })),
        IniFile(),
        RemoveFile(),
        new("DrLocator", ["Signature_ s72", "Parent S72", "Path S255", "Depth I2"], 3, Configurations
            .Select(item => new[] { MsiRules.ConfigurationFound, "", plan.Rules.ConfigurationPathOf(item.Entry), "0" })),
        Signature(),
    ];

    /// <summary>Completes the tables of <see cref="Changed"/>, by name.</summary>
    /// <param name="tables">What wixl has written.</param>
    /// <param name="versionOf">The version resource of a component's file, or null.</param>
    public void Complete(IReadOnlyDictionary<string, IdtTable> tables, Func<InstalledFile, PeVersion?> versionOf)
    {
        IdtTable components = tables["Component"];
        foreach (MsiComponent component in plan.Layout.Components.Where(component => component.Condition is not null))
        {
            string[] row = components.Row(component.Id);
            components.Set(row, "Condition", component.Condition!);
            int attributes = int.Parse(components.Get(row, "Attributes"), CultureInfo.InvariantCulture);
            components.Set(row, "Attributes", Number(attributes | Transitive));
        }

        foreach (InstallerSection section in plan.Description.AllSections)
        {
            int attributes = NoAdvertise | (section.Choice == SectionChoice.Required ? NotAbsent : 0);
            tables["Feature"].Set(tables["Feature"].Row(section.Id), "Attributes", Number(attributes));
        }

        foreach (string[] action in Actions.Where(action => tables["InstallExecuteSequence"].Rows.All(row => row[0] != action[0])))
        {
            tables["InstallExecuteSequence"].Add(action);
        }

        AddChecks(tables["CustomAction"], tables["InstallExecuteSequence"]);
        foreach (MsiConfigurationEntry _ in Configurations.Select(item => item.Entry))
        {
            tables["AppSearch"].Add(MsiRules.ConfigurationFound, MsiRules.ConfigurationFound);
        }

        tables["Property"].Remove("SecureCustomProperties");
        tables["Property"].Add("SecureCustomProperties", string.Join(';', plan.Rules.SecureProperties));
        SetNames(tables);
        SetVersions(tables, versionOf);
    }

    // their script runs at once: RemoveExistingProducts is allowed behind InstallExecute, or before there is any script
    private void AddChecks(IdtTable actions, IdtTable sequence)
    {
        if (plan.Rules.Checks.Count == 0)
        {
            return;
        }

        int type = ProgramInFolder | InScript | (plan.Msi.Edition == MsiEdition.PerMachine ? NoImpersonate : 0);
        foreach (MsiCommand check in plan.Rules.Checks)
        {
            actions.Add(check.Action, Number(type), plan.Layout.Folders[0].Id, check.CommandLine, "");
            sequence.Add(check.Action, MsiRules.WhereInstalled, Number(check.Sequence));
        }

        sequence.Add("InstallExecute", MsiRules.WhereInstalled, Number(plan.Rules.ChecksEnd));
    }

    // = set, - remove with the component, * the machine's; [~] is the present value, so our folder comes last
    private string PathName => plan.Msi.Edition == MsiEdition.PerMachine ? "=-*PATH" : "=-PATH";

    private IEnumerable<(MsiComponent Component, MsiConfigurationEntry Entry)> Configurations =>
        plan.Layout.Components.Where(component => component.Configuration is not null)
            .Select(component => (component, component.Configuration!));

    private IdtTable Upgrade()
    {
        string code = plan.Msi.UpgradeCode.Text();
        return new IdtTable(
            "Upgrade",
            ["UpgradeCode s38", "VersionMin S20", "VersionMax S20", "Language S255", "Attributes i4", "Remove S255", "ActionProperty s72"],
            5,
            [
                [code, "0.0.0", plan.Version, "", Number(MigrateFeatures | IncludeMinimum | IncludeMaximum), "", MsiRules.OlderFound],
                [code, plan.Version, "", "", Number(OnlyDetect), "", MsiRules.NewerFound],
            ]);
    }

    private IdtTable IniFile() => new(
        "IniFile",
        ["IniFile s72", "FileName l255", "DirProperty S72", "Section l96", "Key l128", "Value l255", "Action i2", "Component_ s72"],
        1,
        Configurations.SelectMany(item => item.Entry.Lines.Select((line, index) => new[]
        {
            ConfigurationRowOf(index), MsiNames.ShortAndLong(item.Entry.FileName), item.Component.Folder, line.Section, line.Key,
            line.Value, "0", item.Component.Id, // 0: written whether or not the line exists
        })));

    private IdtTable RemoveFile() => new(
        "RemoveFile",
        ["FileKey s72", "Component_ s72", "FileName L255", "DirProperty s72", "InstallMode i2"],
        1,
        [
            // the file first: a folder that has it is not empty
            .. Configurations.Select(item => new[]
            {
                ConfigurationRow + ".remove", item.Component.Id, MsiNames.ShortAndLong(item.Entry.FileName), MsiRules.ConfigurationFolder,
                Number(OnUninstall),
            }),
            .. plan.Layout.Components.SelectMany(component => component.EmptyFolders.Select(folder => new[]
            {
                MsiNames.Identifier("remove", $"{component.Id}{folder}"), component.Id, "", folder, Number(OnUninstall),
            })),
        ]);

    // the long name only: with short|long Windows Installer does not reliably find the file
    private IdtTable Signature() => new(
        "Signature",
        [
            "Signature s72", "FileName s255", "MinVersion S20", "MaxVersion S20", "MinSize I4", "MaxSize I4", "MinDate I4", "MaxDate I4",
            "Languages S255",
        ],
        1,
        Configurations.Select(item => new[]
        {
            MsiRules.ConfigurationFound, item.Entry.FileName, "", "", "", Number(plan.Rules.LongestConfiguration), "", "", "",
        }));

    private static string[][] Actions =>
    [
        ["RemoveIniValues", "", "3100"], ["RemoveEnvironmentStrings", "", "3300"],
        ["WriteIniValues", "", "5100"], ["WriteEnvironmentStrings", "", "5200"],
    ];

    private static void SetNames(IReadOnlyDictionary<string, IdtTable> tables)
    {
        foreach ((string table, string column) in new[] { ("File", "FileName"), ("Directory", "DefaultDir"), ("Shortcut", "Name") })
        {
            foreach (string[] row in tables[table].Rows.Where(row => tables[table].Get(row, column) is not ("." or "SourceDir")))
            {
                tables[table].Set(row, column, MsiNames.ShortAndLong(tables[table].Get(row, column)));
            }
        }
    }

    // a file without a version in the table counts as unversioned, and Windows keeps an installed file that has one
    private void SetVersions(IReadOnlyDictionary<string, IdtTable> tables, Func<InstalledFile, PeVersion?> versionOf)
    {
        foreach (MsiComponent component in plan.Layout.Components.Where(component => component.File is not null))
        {
            if (versionOf(component.File!) is { } version)
            {
                string[] row = tables["File"].Row(component.FileId);
                tables["File"].Set(row, "Version", version.Numbers);
                tables["File"].Set(row, "Language", version.Language);
                tables["MsiFileHash"].Remove(component.FileId);
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
