using System.Globalization;
using System.Xml.Linq;

namespace Qcw.Build.Packaging.Msi;

/// <summary>
/// Writes the WiX 3 source that wixl 0.101 turns into an MSI. What that wixl does not know, or accepts and does wrong, is left to
/// <see cref="MsiTables"/>.
/// </summary>
internal sealed class WixlSource(MsiPlan plan)
{
    private const int FirstEarlyAction = 51; // after AppSearch (50), before LaunchConditions (100)
    private static readonly XNamespace Wix = "http://schemas.microsoft.com/wix/2006/wi";

    private readonly InstallerDescription description = plan.Description;
    private readonly MsiRules rules = plan.Rules;

    /// <summary>The source.</summary>
    /// <param name="productCode">The product's GUID.</param>
    public string Text(Guid productCode) => XmlText.Of(Element(
        "Wix",
        [],
        Element(
            "Product",
            [
                ("Id", productCode.Text()), ("Name", description.Name), ("Language", "1033"), ("Version", plan.Version),
                ("Manufacturer", description.Publisher), ("UpgradeCode", plan.Msi.UpgradeCode.Text()),
            ],
            [
                Element(
                    "Package",
                    [
                        ("InstallerVersion", "500"), ("Compressed", "yes"),
                        ("InstallScope", plan.Msi.Edition == MsiEdition.PerMachine ? "perMachine" : "perUser"),
                        ("Description", $"{description.Name} {description.Version}"), ("Keywords", "Installer"),
                    ]),
                Element("Media", [("Id", "1"), ("Cabinet", "product.cab"), ("EmbedCab", "yes")]),
                .. rules.LaunchConditions.Prepend(rules.NotNewer)
                    .Select(launch => new XElement(Wix + "Condition", new XAttribute("Message", launch.Message), launch.Condition)),
                .. rules.Searches.Select(Search),
                .. rules.Properties.Select(property => Element("Property", [("Id", property.Id), ("Value", property.Value)])),
                .. rules.EarlyActions.Append(rules.InstallLocation).Select(action => Element(
                    "CustomAction", [("Id", action.Action), ("Property", action.Property), ("Value", action.Value)])),
                Element("InstallUISequence", [], Early()),
                Element(
                    "InstallExecuteSequence",
                    [],
                    [
                        .. Early(), Scheduled(rules.InstallLocation, 1001), Standard("MigrateFeatureStates", 1200),

                        // after InstallInitialize, so that a rollback restores them, and after the checks
                        Standard("RemoveExistingProducts", rules.ChecksEnd + 1),
                    ]),
                Element("Directory", [("Id", "TARGETDIR"), ("Name", "SourceDir")], plan.Layout.Folders.Select(Folder)),
                Feature(description.Sections[0], description.AllSections.Skip(1)),
            ])));

    private static XElement Search(MsiRegistrySearch search) => Element(
        "Property",
        [("Id", search.Property)],
        Element(
            "RegistrySearch",
            [("Id", search.Id), ("Root", search.Root), ("Key", search.Key), ("Name", search.Name), ("Type", "raw"), ("Win64", "yes")]));

    private IEnumerable<XElement> Early() =>
    [
        Standard("FindRelatedProducts", 25),
        Standard("AppSearch", 50),
        .. rules.EarlyActions.Select((action, index) => Scheduled(action, FirstEarlyAction + index)),
        Standard("LaunchConditions", 100),
    ];

    private static XElement Standard(string action, int number) => Element(action, [("Sequence", Number(number))]);

    private static XElement Scheduled(MsiSetProperty action, int number) =>
        new(Wix + "Custom", new XAttribute("Action", action.Action), new XAttribute("Sequence", Number(number)), action.Condition);

    private XElement Folder(MsiDirectory folder) => Element(
        "Directory",
        [("Id", folder.Id), ("Name", folder.Name)],
        [.. folder.Components.Select(Component), .. folder.Children.Select(Folder)]);

    private XElement Component(MsiComponent component) => Element(
        "Component",
        [("Id", component.Id), ("Guid", component.Code.Text()), ("Win64", "yes")],
        [
            .. component.Configuration is null ? Array.Empty<XElement>() : [Element("CreateFolder", [])],
            .. component.File is { } file ? new[] { File(component, file) } : [],
            .. component.Shortcuts.Select(Shortcut),
            .. component.Registry.Select((value, index) => Element(
                "RegistryValue",
                [
                    ("Root", component.RegistryRoot), ("Key", plan.Msi.RegistryKey), ("Name", value.Name), ("Type", "string"),
                    ("Value", value.Text), ("KeyPath", index == 0 ? "yes" : null),
                ])),
        ]);

    private XElement File(MsiComponent component, InstalledFile file) => Element(
        "File",
        [("Id", component.FileId), ("Name", file.TargetName), ("Source", plan.Layout.StagedNames[file]), ("KeyPath", "yes")]);

    private XElement Shortcut(InstallerShortcut shortcut) => Element(
        "Shortcut",
        [
            ("Id", MsiNames.Identifier("shortcut", shortcut.Name)), ("Name", shortcut.Name), ("Target", plan.Layout.TargetOf(shortcut)),
            ("Arguments", shortcut.Arguments), ("Description", shortcut.Description),
        ]);

    private XElement Feature(InstallerSection section, IEnumerable<InstallerSection> children) => Element(
        "Feature",
        [
            ("Id", section.Id), ("Title", section.Title), ("Description", section.Description),
            ("Level", Number(MsiLayout.LevelOf(section))),
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
