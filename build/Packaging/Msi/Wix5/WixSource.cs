using System.Globalization;
using System.Xml.Linq;

namespace Qcw.Build.Packaging.Msi.Wix5;

/// <summary>Writes the source for WiX 5, whose schema is called version 4. Experimental, like <see cref="WixBuilder"/>.</summary>
internal sealed class WixSource(MsiPlan plan)
{
    private static readonly XNamespace Wix = "http://wixtoolset.org/schemas/v4/wxs";

    private readonly InstallerDescription description = plan.Description;
    private readonly MsiRules rules = plan.Rules;

    private bool PerMachine => plan.Msi.Edition == MsiEdition.PerMachine;

    /// <summary>The source.</summary>
    /// <param name="productCode">The product's GUID.</param>
    public string Text(Guid productCode) => XmlText.Of(Element(
        "Wix",
        [],
        [
            Element(
                "Package",
                [
                    ("Name", description.Name), ("Manufacturer", description.Publisher), ("Version", plan.Version), ("Language", "1033"),
                    ("ProductCode", productCode.Text()), ("UpgradeCode", plan.Msi.UpgradeCode.Text()),
                    ("Scope", PerMachine ? "perMachine" : "perUser"), ("InstallerVersion", "500"), ("Compressed", "yes"),
                ],
                [
                    Element(
                        "SummaryInformation",
                        [
                            ("Description", $"{description.Name} {description.Version}"), ("Manufacturer", description.Publisher),
                            ("Keywords", "Installer"),
                        ]),
                    Element("Media", [("Id", "1"), ("Cabinet", "product.cab"), ("EmbedCab", "yes"), ("CompressionLevel", "high")]),
                    Element(
                        "MajorUpgrade",
                        [
                            ("AllowSameVersionUpgrades", "yes"), ("DowngradeErrorMessage", rules.DowngradeMessage),
                            ("MigrateFeatures", "yes"),
                            ("Schedule", rules.Checks.Count == 0 ? "afterInstallInitialize" : "afterInstallExecute"),
                        ]),
                    .. rules.LaunchConditions.Select(condition =>
                        Element("Launch", [("Condition", condition.Condition), ("Message", condition.Message)])),
                    .. rules.Searches.Select(Search),
                    .. plan.Msi.Configuration is { } entry ? new[] { ConfigurationSearch(entry) } : [],
                    .. rules.Public.Select(property => Element("Property", [("Id", property), ("Secure", "yes")])),
                    .. rules.Properties.Select(property => Element("Property", [("Id", property.Id), ("Value", property.Value)])),
                    .. rules.EarlyActions.Select((action, index) =>
                        SetProperty(action, index == 0 ? "AppSearch" : rules.EarlyActions[index - 1].Action, "both")),
                    SetProperty(rules.InstallLocation, "CostFinalize", "execute"),
                    .. Checks(),
                    .. plan.Layout.Folders.Select(folder => folder.Name is null
                        ? Element("StandardDirectory", [("Id", folder.Id)], Contents(folder))
                        : Element("StandardDirectory", [("Id", "TARGETDIR")], Directory(folder))),
                    Feature(description.Sections[0], description.AllSections.Skip(1)),
                ]),
        ]));

    private static XElement Search(MsiRegistrySearch search) => Element(
        "Property",
        [("Id", search.Property), ("Secure", "yes")],
        Element(
            "RegistrySearch",
            [
                ("Id", search.Id), ("Root", search.Root), ("Key", search.Key), ("Name", search.Name), ("Type", "raw"),
                ("Bitness", "always64"),
            ]));

    private XElement ConfigurationSearch(MsiConfigurationEntry entry) => Element(
        "Property",
        [("Id", MsiRules.ConfigurationFound), ("Secure", "yes")],
        Element(
            "DirectorySearch",
            [("Id", MsiRules.ConfigurationFound), ("Path", rules.ConfigurationPathOf(entry)), ("Depth", "0")],
            Element("FileSearch", [("Name", entry.FileName), ("MaxSize", Number(rules.LongestConfiguration))])));

    private static XElement SetProperty(MsiSetProperty action, string after, string sequence) => Element(
        "SetProperty",
        [
            ("Id", action.Property), ("Action", action.Action), ("Value", action.Value), ("Condition", action.Condition), ("After", after),
            ("Sequence", sequence),
        ]);

    private IEnumerable<XElement> Checks() => rules.Checks.Count == 0
        ? []
        :
        [
            .. rules.Checks.Select(check => Element(
                "CustomAction",
                [
                    ("Id", check.Action), ("Directory", plan.Layout.Folders[0].Id), ("ExeCommand", check.CommandLine),
                    ("Execute", "deferred"), ("Impersonate", PerMachine ? "no" : "yes"), ("Return", "check"),
                ])),
            Element(
                "InstallExecuteSequence",
                [],
                [
                    .. rules.Checks.Select(check => Element(
                        "Custom",
                        [
                            ("Action", check.Action), ("Condition", MsiRules.WhereInstalled),
                            ("Sequence", Number(check.Sequence)),
                        ])),
                    Element(
                        "InstallExecute",
                        [("Condition", MsiRules.WhereInstalled), ("Sequence", Number(rules.ChecksEnd))]),
                ]),
            Element("UI", [], Element("Error", [("Id", Number(MsiRules.ProgramFailed)), ("Message", rules.InUseMessage)])),
        ];

    private IEnumerable<XElement> Contents(MsiDirectory folder) =>
    [
        .. folder.Components.Select(Component),
        .. folder.Children.Select(Directory),
    ];

    private XElement Directory(MsiDirectory folder) =>
        Element("Directory", [("Id", folder.Id), ("Name", folder.Name)], Contents(folder));

    private XElement Component(MsiComponent component) => Element(
        "Component",
        [
            ("Id", component.Id), ("Guid", component.Code.Text()), ("Bitness", "always64"),
            ("Condition", component.Condition), ("Transitive", component.Condition is null ? null : "yes"),
        ],
        [
            .. component.File is { } file ? new[] { File(component, file) } : [],
            .. component.Registry.Select((value, index) => Element(
                "RegistryValue",
                [
                    ("Root", component.RegistryRoot), ("Key", plan.Msi.RegistryKey), ("Name", value.Name), ("Type", "string"),
                    ("Value", value.Text), ("KeyPath", index == 0 ? "yes" : null),
                ])),
            .. component.Shortcuts.Select(shortcut => Element(
                "Shortcut",
                [
                    ("Id", MsiNames.Identifier("shortcut", shortcut.Name)), ("Name", shortcut.Name),
                    ("Target", plan.Layout.TargetOf(shortcut)), ("Arguments", shortcut.Arguments), ("Description", shortcut.Description),
                ])),
            .. component.AddsPath ? new[] { PathEntry() } : [],
            .. component.Configuration is { } entry ? Configuration(entry, component.Folder) : [],
            .. component.EmptyFolders.Select(folder => Element(
                "RemoveFolder",
                [("Id", MsiNames.Identifier("remove", $"{component.Id}{folder}")), ("Directory", folder), ("On", "uninstall")])),
        ]);

    private XElement File(MsiComponent component, InstalledFile file) => Element(
        "File",
        [
            ("Id", component.FileId), ("Name", file.TargetName), ("Source", plan.Layout.StagedNames[file].Replace('/', '\\')),
            ("KeyPath", "yes"),
        ]);

    private XElement PathEntry() => Element(
        "Environment",
        [
            ("Id", MsiTables.PathRow), ("Name", "PATH"), ("Value", $"[{MsiPart.InstallFolder}]"), ("Action", "set"), ("Part", "last"),
            ("Permanent", "no"), ("System", PerMachine ? "yes" : "no"),
        ]);

    private static IEnumerable<XElement> Configuration(MsiConfigurationEntry entry, string folder) =>
    [
        Element("CreateFolder", []),
        .. entry.Lines.Select((line, index) => Element(
            "IniFile",
            [
                ("Id", MsiTables.ConfigurationRowOf(index)), ("Action", "addLine"), ("Directory", folder), ("Name", entry.FileName),
                ("Section", line.Section), ("Key", line.Key), ("Value", line.Value),
            ])),
        Element(
            "RemoveFile",
            [
                ("Id", MsiTables.ConfigurationRow + ".remove"), ("Name", entry.FileName), ("Property", MsiRules.ConfigurationFolder),
                ("On", "uninstall"),
            ]),
    ];

    private XElement Feature(InstallerSection section, IEnumerable<InstallerSection> children) => Element(
        "Feature",
        [
            ("Id", section.Id), ("Title", section.Title), ("Description", section.Description),
            ("Level", Number(MsiLayout.LevelOf(section))),
            ("AllowAdvertise", "no"), ("AllowAbsent", section.Choice == SectionChoice.Required ? "no" : "yes"),
            ("ConfigurableDirectory", section.Choice == SectionChoice.Required ? MsiPart.InstallFolder : null),
        ],
        [
            .. plan.Layout.ComponentsOf(section).Select(component => Element("ComponentRef", [("Id", component.Id)])),
            .. children.Select(child => Feature(child, [])),
        ]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static XElement Element(
        string name, IEnumerable<(string Name, string? Value)> attributes, params IEnumerable<XElement> children) =>
        XmlText.Element(Wix + name, attributes, children);
}
